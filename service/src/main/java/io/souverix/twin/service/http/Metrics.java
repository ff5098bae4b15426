package io.souverix.twin.service.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.souverix.twin.core.event.Rejection;
import java.util.concurrent.TimeUnit;

/// What is counted of requests and events. Thread-safe.
final class Metrics {
    private static final double[] LATENCIES = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1,
        2.5, 5, 10
    };
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter events =
            Counter.builder()
                    .name("twin_events_total")
                    .help("Events that came in over HTTP, by what came of them")
                    .labelNames("outcome")
                    .register(registry);
    private final Counter rejections =
            Counter.builder()
                    .name("twin_rejections_total")
                    .help("Rejected events by the code of the rejection")
                    .labelNames("code")
                    .register(registry);
    private final Counter requests =
            Counter.builder()
                    .name("twin_http_requests_total")
                    .help("Requests by route and status (0: the connection ended before)")
                    .labelNames("method", "route", "status")
                    .register(registry);
    private final Histogram latencies =
            Histogram.builder()
                    .name("twin_http_request_seconds")
                    .help("Time from a request's headers to the end of its answer")
                    .labelNames("method", "route")
                    .classicOnly()
                    .classicUpperBounds(LATENCIES)
                    .register(registry);

    Metrics() {
        for (String outcome : new String[] {"applied", "late", "duplicate", "rejected"}) {
            events.initLabelValues(outcome);
        }
        for (Rejection.Code code : Rejection.Code.values()) {
            rejections.initLabelValues(code.word());
        }
    }

    PrometheusRegistry registry() {
        return registry;
    }

    void taken(Tally tally) {
        count("applied", tally.applied());
        count("late", tally.late());
        count("duplicate", tally.duplicate());
        count("rejected", tally.rejected());
        tally.byCode().forEach((code, count) -> rejections.labelValues(code.word()).inc(count));
    }

    private void count(String outcome, long count) {
        if (count > 0) {
            events.labelValues(outcome).inc(count);
        }
    }

    void answered(Exchange exchange, long nanos) {
        Route route = exchange.route();
        String method = route.takes(exchange.method()) ? exchange.method() : "other";
        requests.labelValues(method, route.template(), Integer.toString(exchange.status())).inc();
        latencies.labelValues(method, route.template()).observe(nanos / NANOS_PER_SECOND);
    }
}

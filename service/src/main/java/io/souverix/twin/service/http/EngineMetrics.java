package io.souverix.twin.service.http;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.EngineStatus;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.changes.ChangeFeed;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;

/// How the engine and the JVM stand, asked when metrics are.
final class EngineMetrics {
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    private final PrometheusRegistry registry;

    private EngineMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    static void register(PrometheusRegistry registry, TwinEngine engine) {
        EngineMetrics metrics = new EngineMetrics(registry);
        metrics.engine(engine);
        metrics.changes(engine);
        metrics.jvm();
    }

    private void engine(TwinEngine engine) {
        gauge(
                "twin_nodes",
                "Twins held, decommissioned ones included",
                engine,
                EngineStatus::nodes);
        gauge("twin_log_events", "Events in the log", engine, EngineStatus::events);
        gauge("twin_log_bytes", "Size of the log on disk", engine, EngineStatus::logBytes);
        gauge(
                "twin_retained_from_seconds",
                "The oldest instant that can be asked about, since 1970; 0 where all is retained",
                () ->
                        Math.max(0, engine.retained().earliestMicros())
                                / (double) Times.MICROS_PER_SECOND);
        gauge(
                "twin_log_dropped_events",
                "Events that cuts of the log dropped",
                () -> engine.retained().dropped());
        counter(
                "twin_log_cuts_total",
                "How often the log was cut since the start",
                () -> engine.retained().cuts());
        gauge(
                "twin_pending_events",
                "Events appended and not yet answered",
                engine,
                EngineStatus::pendingEvents);
        gauge(
                "twin_taking_events",
                "1 where events are taken, 0 where the engine has failed",
                engine,
                status -> status.failure() == null ? 1 : 0);
        counter("twin_engine_applied_total", "Events applied", engine, EngineStatus::applied);
        counter("twin_engine_late_total", "Events applied late", engine, EngineStatus::late);
        counter(
                "twin_engine_duplicate_total",
                "Events that were there already",
                engine,
                EngineStatus::duplicates);
    }

    private void changes(TwinEngine engine) {
        gauge(
                "twin_quarantined",
                "Subjects of which something is set aside, as it could not be folded or counted",
                engine::quarantinedCount);
        ChangeFeed feed = engine.changes();
        gauge("twin_stream_clients", "Clients streamed to", () -> feed.status().clients());
        gauge(
                "twin_stream_watches",
                "Different watches that clients have",
                () -> feed.status().channels());
        gauge(
                "twin_changes_retained",
                "Changes from which a stream can be resumed",
                () -> feed.status().retained());
        gauge(
                "twin_changes_retained_bytes",
                "About how many bytes they hold",
                () -> feed.status().bytes());
        counter(
                "twin_changes_total",
                "Changes of nodes published since the start",
                () -> feed.status().published());
        counter(
                "twin_stream_overrun_total",
                "Clients that were closed because they were too slow",
                () -> feed.status().overrun());
    }

    private void jvm() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        gauge("jvm_heap_used_bytes", "Heap in use", () -> memory.getHeapMemoryUsage().getUsed());
        gauge("jvm_heap_max_bytes", "Heap at most", () -> memory.getHeapMemoryUsage().getMax());
        gauge(
                "jvm_threads",
                "Platform threads",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                "process_uptime_seconds",
                "Time since the JVM started",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND);
        CounterWithCallback.builder()
                .name("jvm_gc_seconds_total")
                .help("Time spent collecting garbage")
                .callback(callback -> callback.call(gcMillis() / MILLIS_PER_SECOND))
                .register(registry);
    }

    private static double gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    private void gauge(
            String name, String help, TwinEngine engine, ToDoubleFunction<EngineStatus> value) {
        gauge(name, help, () -> value.applyAsDouble(engine.status()));
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    private void counter(
            String name, String help, TwinEngine engine, ToDoubleFunction<EngineStatus> value) {
        counter(name, help, () -> value.applyAsDouble(engine.status()));
    }

    private void counter(String name, String help, DoubleSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}

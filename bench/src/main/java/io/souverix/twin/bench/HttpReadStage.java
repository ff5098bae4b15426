package io.souverix.twin.bench;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Projection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/// Questions over HTTP on loopback to the service in its own process: one twin by eight clients, and
/// by one client filters, aggregates, past instants.
final class HttpReadStage implements Stage {
    private static final int READERS = 8;

    @Override
    public String name() {
        return "http-reads";
    }

    @Override
    public Set<String> rows() {
        return Set.of(
                Row.READ_HTTP.key(),
                Row.READ_HTTP_P99.key(),
                Row.FILTER_HTTP.key(),
                Row.AGGREGATE_HTTP.key(),
                Row.PAST_HTTP.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        try (ServiceProcess service = ServiceProcess.start(bench.fleet())) {
            reads(bench, service);
            // Opened only now: the service closes what is silent for as long as the reads may take.
            try (HttpConnection client = new HttpConnection(service.port())) {
                filters(bench, client);
                aggregates(bench, client);
                past(bench, client);
            }
        }
    }

    private static void reads(Bench bench, ServiceProcess service) throws Exception {
        bench.say("reading twins");
        List<String> ids = bench.load().ids();
        Random random = new Random(1);
        int count = bench.quick() ? 60_000 : 200_000;
        double cold = round(service, 5_000, ids, random).perSecond();
        var _ = round(service, count, ids, random);
        double[] rates = new double[bench.runs()];
        double[] p99 = new double[bench.runs()];
        double cpu = 0;
        for (int i = 0; i < rates.length; i++) {
            Stopwatch watch = service.stopwatch();
            watch.start();
            HttpClients.Round round = round(service, count, ids, random);
            cpu = watch.stop().cpuMicros(count);
            rates[i] = round.perSecond();
            p99[i] = round.percentile(0.99);
        }
        bench.report(Figure.of(Row.READ_HTTP, bench.size(), rates).cold(cold).cpu(cpu));
        bench.report(Row.READ_HTTP_P99, p99);
    }

    private static HttpClients.Round round(
            ServiceProcess service, int count, List<String> ids, Random random) throws IOException {
        return HttpClients.run(
                service.port(),
                READERS,
                count,
                _ -> HttpConnection.getRequest("/v1/twins/" + ids.get(random.nextInt(ids.size()))));
    }

    private static void filters(Bench bench, HttpConnection client) {
        for (String filter : QueryStage.FILTERS.subList(0, 3)) {
            bench.say(filter);
            String path =
                    "/v1/twins?filter=" + URLEncoder.encode(filter, StandardCharsets.US_ASCII);
            Asked asked = asked(bench, client, bench.quick() ? 200 : 500, () -> path);
            report(bench, Row.FILTER_HTTP, asked, 0.95, filter);
        }
    }

    private static void aggregates(Bench bench, HttpConnection client) {
        bench.say("aggregates");
        for (Projection projection : List.of(Projection.DRIFT, Projection.CONNECTIVITY)) {
            String path = "/v1/projections/" + projection.word() + "?group_by=region";
            Asked asked = asked(bench, client, bench.quick() ? 300 : 1_000, () -> path);
            report(bench, Row.AGGREGATE_HTTP, asked, 0.95, projection.word() + " by region");
        }
    }

    private static void past(Bench bench, HttpConnection client) throws IOException {
        bench.say("past instants");
        Load load = bench.load();
        Random random = new Random(3);
        Supplier<String> at =
                () ->
                        "at="
                                + Times.text(
                                        Times.micros(
                                                load.instant(0.3 + 0.6 * random.nextDouble())));
        int asks = bench.quick() ? 15 : 30;
        report(
                bench,
                Row.PAST_HTTP,
                asked(
                        bench,
                        client,
                        asks,
                        () -> "/v1/projections/drift?group_by=region&" + at.get()),
                0.5,
                "drift by region");
        report(
                bench,
                Row.PAST_HTTP,
                asked(bench, client, asks, () -> "/v1/twins?limit=100&" + at.get()),
                0.5,
                "first page of twins");
    }

    private static void report(Bench bench, Row row, Asked asked, double share, String detail) {
        bench.report(
                Figure.of(row, bench.size(), asked.percentiles(share))
                        .detail(detail)
                        .cold(asked.first()));
    }

    static Asked asked(Bench bench, HttpConnection client, int asks, Supplier<String> path) {
        return Asked.of(
                bench.runs(),
                asks,
                () -> {
                    try {
                        return (int) client.get(path.get());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}

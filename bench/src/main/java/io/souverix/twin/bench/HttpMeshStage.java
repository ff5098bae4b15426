package io.souverix.twin.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;

/// The graph and the packages of the made-up fleet, over HTTP.
final class HttpMeshStage implements Stage {
    @Override
    public String name() {
        return "http-mesh";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.AFFECTED_HTTP.key(), Row.HOPS_HTTP.key());
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        var directory = Mesh.prepare(bench);
        Random random = new Random(11);
        String versions = URLEncoder.encode(MeshStage.VERSIONS, StandardCharsets.US_ASCII);
        int asks = bench.quick() ? 300 : 1_000;
        try (ServiceProcess service = ServiceProcess.start(directory);
                HttpConnection client = new HttpConnection(service.port())) {
            bench.say("affected by packages");
            Asked affected =
                    HttpReadStage.asked(
                            bench,
                            client,
                            asks,
                            () ->
                                    "/v1/sboms/affected?purl=%s&versions=%s"
                                            .formatted(Mesh.purl(random), versions));
            report(bench, Row.AFFECTED_HTTP, affected);
            bench.say("neighbourhoods");
            Asked hops =
                    HttpReadStage.asked(
                            bench,
                            client,
                            asks,
                            () ->
                                    "/v1/twins/%s/neighbors?hops=3"
                                            .formatted(
                                                    Mesh.id(random.nextInt(bench.size().nodes()))));
            report(bench, Row.HOPS_HTTP, hops);
        }
    }

    private static void report(Bench bench, Row row, Asked asked) {
        bench.report(Figure.of(row, bench.size(), asked.percentiles(0.99)).cold(asked.first()));
    }
}

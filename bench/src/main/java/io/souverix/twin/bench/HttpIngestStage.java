package io.souverix.twin.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// The load over HTTP as NDJSON in one request, into a service that has just started (cold), and into
/// one that took another fleet's life before (warm).
final class HttpIngestStage implements Stage {
    /// So many events, because the JVM's compilers are busy for so long.
    private static final Size OTHER_FLEET = new Size(50_000, 1_000_000);

    /// A load so large is cold for the smallest part of it.
    private static final int LARGE = 5_000_000;

    @Override
    public String name() {
        return "http-ingest";
    }

    @Override
    public Set<String> rows() {
        return Set.of(Row.INGEST_HTTP.key());
    }

    @Override
    public boolean needsFleet() {
        return false;
    }

    @Override
    public void run(Bench bench) throws Exception {
        int events = bench.size().events();
        boolean large = events >= LARGE;
        Path other = otherFleet(bench);
        double cold = Double.NaN;
        if (!large) {
            bench.say("cold");
            cold = send(bench, null).perSecond(events);
        }
        double[] rates = new double[large ? 1 : bench.runs()];
        double[] cpu = new double[rates.length];
        for (int i = 0; i < rates.length; i++) {
            bench.say("warm, " + (i + 1) + " of " + rates.length);
            Stopwatch watch = send(bench, other);
            rates[i] = watch.perSecond(events);
            cpu[i] = watch.cpuMicros(events);
        }
        bench.report(
                Figure.of(Row.INGEST_HTTP, bench.size(), rates)
                        .cold(cold)
                        .cpu(Stopwatch.percentile(cpu, 0.5)));
    }

    private static Stopwatch send(Bench bench, @org.jspecify.annotations.Nullable Path before)
            throws Exception {
        Path file = bench.load().file();
        try (Scratch scratch = bench.scratch();
                ServiceProcess service = ServiceProcess.start(scratch.path());
                HttpConnection client = new HttpConnection(service.port())) {
            if (before != null) {
                client.postLines(before);
            }
            return service.stopwatch().time(() -> client.postLines(file));
        }
    }

    /// The same kind of life under ids that the load does not have.
    private static Path otherFleet(Bench bench) throws IOException {
        Path file = bench.directory().resolve("other-fleet-" + OTHER_FLEET.events() + ".ndjson");
        if (!Files.exists(file)) {
            Load load = Load.prepare(bench.directory(), OTHER_FLEET);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                    Load.Lines lines = load.lines()) {
                StringBuilder text = new StringBuilder();
                while (lines.next(
                                1_000,
                                (bytes, at, length) -> text.append(renamed(bytes, at, length)))
                        > 0) {
                    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
                    text.setLength(0);
                }
            }
        }
        return file;
    }

    private static String renamed(byte[] bytes, int at, int length) {
        return new String(bytes, at, length, StandardCharsets.UTF_8)
                        .replace("\"node_id\":\"", "\"node_id\":\"other-")
                + "\n";
    }
}

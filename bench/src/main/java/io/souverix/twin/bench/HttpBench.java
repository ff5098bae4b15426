package io.souverix.twin.bench;

import io.souverix.twin.core.event.Times;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.RocksDBException;

/// The service over HTTP on loopback, in its own process, the load on the same machine: NDJSON, single
/// events from 64 clients each durable when answered, reads of one twin, start.
final class HttpBench {
    private static final int CLIENTS = 64;
    private static final int READERS = 8;

    private final Settings settings;
    private final Load load;
    private final Report report;

    HttpBench(Settings settings, Load load, Report report) {
        this.settings = settings;
        this.load = load;
        this.report = report;
    }

    void run() throws IOException, RocksDBException {
        double[] cold = new double[settings.runs()];
        double[] warm = new double[settings.runs()];
        double[] start = new double[settings.runs()];
        double[] empty = new double[settings.runs()];
        int half = load.lines().size() / 2;
        for (int i = 0; i < settings.runs(); i++) {
            try (Scratch scratch = new Scratch(settings.directory())) {
                try (ServiceProcess service = ServiceProcess.start(scratch.path())) {
                    empty[i] = service.secondsToReady();
                    cold[i] = send(service, load.lines().subList(0, half));
                    warm[i] = send(service, load.lines().subList(half, load.lines().size()));
                    if (i == settings.runs() - 1) {
                        singles(service);
                        reads(service);
                    }
                }
                try (ServiceProcess service = ServiceProcess.start(scratch.path())) {
                    start[i] = service.secondsToReady();
                }
            }
        }
        report.row("HTTP: NDJSON ingest, first half of the load (cold JVM)", "events/s", cold);
        report.row("HTTP: NDJSON ingest, second half (warm)", "events/s", warm);
        report.row("start of an empty service, to ready", "s", empty);
        report.row("start of the service with the load, to ready", "s", start);
    }

    private static double send(ServiceProcess service, List<byte[]> lines)
            throws IOException, RocksDBException {
        long bytes = lines.stream().mapToLong(line -> line.length + 1L).sum();
        try (HttpClient client = new HttpClient(service.port())) {
            return Timing.perSecond(lines.size(), () -> client.postLines(lines, bytes));
        }
    }

    private void singles(ServiceProcess service) throws IOException, RocksDBException {
        int each = settings.events() >= 1_000_000 ? 2_000 : 500;
        long base = System.currentTimeMillis() * 1000 - 60_000_000L;
        AtomicInteger number = new AtomicInteger();
        // The first round only warms the service up.
        for (String name : new String[] {"", "HTTP: single events, 64 clients"}) {
            long[] nanos = new long[CLIENTS * each];
            double seconds =
                    Timing.seconds(() ->
                            inParallel(
                                    CLIENTS, c -> singles(service, each, number, base, nanos, c)));
            if (!name.isEmpty()) {
                latencies(name, seconds, nanos);
            }
        }
    }

    private static void singles(
            ServiceProcess service,
            int each,
            AtomicInteger number,
            long base,
            long[] nanos,
            int client)
            throws IOException {
        try (HttpClient connection = new HttpClient(service.port())) {
            for (int i = 0; i < each; i++) {
                int n = number.incrementAndGet();
                String event =
                        "{\"id\":\"single-"
                                + n
                                + "\",\"timestamp\":\""
                                + Times.text(base + n)
                                + "\",\"node_id\":\"single-"
                                + n % 1000
                                + "\",\"event_type\":\"connectivity_reported\","
                                + "\"payload\":{\"latency_ms\":"
                                + n % 100
                                + "}}";
                long began = System.nanoTime();
                connection.post("application/json", event.getBytes(StandardCharsets.UTF_8));
                nanos[client * each + i] = System.nanoTime() - began;
            }
        }
    }

    private void reads(ServiceProcess service) throws IOException, RocksDBException {
        List<String> ids =
                load.lines().stream()
                        .map(Load::nodeId)
                        .filter(id -> !id.isEmpty())
                        .distinct()
                        .toList();
        int each = settings.events() >= 1_000_000 ? 40_000 : 10_000;
        for (String name : new String[] {"", "HTTP: read one twin, 8 clients"}) {
            long[] nanos = new long[READERS * each];
            double seconds =
                    Timing.seconds(
                            () -> inParallel(READERS, c -> reads(service, ids, each, nanos, c)));
            if (!name.isEmpty()) {
                latencies(name, seconds, nanos);
            }
        }
    }

    private static void reads(
            ServiceProcess service, List<String> ids, int each, long[] nanos, int client)
            throws IOException {
        Random random = new Random(client);
        try (HttpClient connection = new HttpClient(service.port())) {
            for (int i = 0; i < each; i++) {
                String id = ids.get(random.nextInt(ids.size()));
                long began = System.nanoTime();
                connection.get("/v1/twins/" + id);
                nanos[client * each + i] = System.nanoTime() - began;
            }
        }
    }

    private void latencies(String name, double seconds, long[] nanos) {
        Arrays.sort(nanos);
        report.row(name, "requests/s", nanos.length / seconds);
        report.row(name + ", p50", "ms", nanos[nanos.length / 2] / 1e6);
        report.row(name + ", p99", "ms", nanos[(int) (nanos.length * 0.99)] / 1e6);
    }

    /// Work of one client.
    @FunctionalInterface
    private interface ClientWork {
        void run(int client) throws IOException;
    }

    private static void inParallel(int clients, ClientWork work) throws IOException {
        List<Thread> threads = new ArrayList<>();
        List<IOException> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int c = 0; c < clients; c++) {
            int client = c;
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            work.run(client);
                        } catch (IOException e) {
                            failures.add(e);
                        } catch (UncheckedIOException e) {
                            failures.add(e.getCause());
                        }
                    }));
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}

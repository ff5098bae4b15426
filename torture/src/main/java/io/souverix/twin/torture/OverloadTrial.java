package io.souverix.twin.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Twice as much as the service takes, from as many clients as come. What is not taken is answered 429
/// or 503 with `Retry-After`; the service goes on answering reads; and after a `kill -9` at the end all
/// that was acknowledged is there. How long what is taken takes is told, and not judged.
final class OverloadTrial {
    private static final int BATCH = 1_000;

    /// How many times of what it takes is offered at most.
    private static final int MOST_TIMES = 16;

    /// More than the appends the service takes at a time.
    private static final int MOST_UNDER_WAY = 1_200;

    private final Path data;
    private final Duration time;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<Integer> taken = new ConcurrentLinkedQueue<>();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final long seed;

    private OverloadTrial(long seed, Path data, Duration time) {
        this.seed = seed;
        this.data = data;
        this.time = time;
    }

    /// Offers twice of what it takes for a time, and twice of that where it takes all, until it refuses.
    ///
    /// @param config of the service
    static void run(long seed, Path directory, Duration time, String config)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path file = Files.writeString(directory.resolve("config.yaml"), config);
        new OverloadTrial(seed, directory.resolve("data"), time).run(file);
    }

    private void run(Path config) throws IOException, InterruptedException {
        try (Service service = Service.start(data, "-Xmx768m", "--config", config.toString())) {
            var _ = capacity(service.port());
            double perSecond = capacity(service.port());
            for (int times = 2; times <= MOST_TIMES && refused.get() == 0; times *= 2) {
                latencies.clear();
                int before = taken.size();
                offer(service.port(), times * perSecond);
                tell(perSecond, times, taken.size() - before);
            }
            if (refused.get() == 0) {
                throw new AssertionError("it took all it was offered: nothing was tried");
            }
            if (!wrong.isEmpty()) {
                throw new AssertionError(String.join("\n", wrong.stream().limit(5).toList()));
            }
            if (!service.alive()) {
                throw new AssertionError("it died\n" + service.log());
            }
            service.kill();
        }
        try (Service service = Service.start(data, "-Xmx768m")) {
            compare(service.port());
        }
        Service.verify(data);
    }

    /// How many requests a second it takes from a few clients, one after the other.
    private double capacity(int port) throws InterruptedException {
        long began = System.nanoTime();
        long end = began + time.toNanos() / 3;
        int before = taken.size();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 16; i++) {
                clients.execute(() -> {
                    while (System.nanoTime() < end) {
                        send(port, requests.getAndIncrement());
                    }
                });
            }
        }
        return (taken.size() - before) / ((System.nanoTime() - began) / 1e9);
    }

    /// Sends at a rate, whatever comes back, and reads meanwhile.
    private void offer(int port, double perSecond) throws InterruptedException {
        Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
        long end = System.nanoTime() + time.toNanos();
        long pause = (long) (1e9 / perSecond);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            clients.execute(() -> readUntil(port, end));
            for (long next = System.nanoTime(); next < end; next += pause) {
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
                underWay.acquire();
                clients.execute(() -> {
                    send(port, requests.getAndIncrement());
                    underWay.release();
                });
            }
        }
    }

    private void readUntil(int port, long end) {
        while (System.nanoTime() < end) {
            try {
                Wire.Reply reply = Wire.get(port, "/v1/twins/node-0");
                boolean busy = reply.status() == 503 && !reply.header("retry-after").isEmpty();
                if (reply.status() != 200 && reply.status() != 404 && !busy) {
                    wrong.add("a read: " + reply.status() + " " + reply.text());
                }
                Thread.sleep(20);
            } catch (IOException | InterruptedException e) {
                wrong.add("a read: " + e);
            }
        }
    }

    private void send(int port, int request) {
        byte[] body = String.join("\n", lines(request)).getBytes(StandardCharsets.UTF_8);
        long began = System.nanoTime();
        try (Wire wire = new Wire(port)) {
            Wire.Reply reply = wire.post("/v1/events", "application/x-ndjson", body);
            if (reply.status() == 200 && reply.number("applied") == BATCH) {
                taken.add(request);
                latencies.add(System.nanoTime() - began);
            } else if (reply.status() == 429 || reply.status() == 503) {
                refused.incrementAndGet();
                if (reply.header("retry-after").isEmpty()) {
                    wrong.add("without Retry-After: " + reply.text());
                }
            } else {
                wrong.add(reply.status() + " " + reply.text());
            }
        } catch (IOException e) {
            wrong.add("no answer: " + e);
        }
    }

    /// Each request is of a node of its own.
    private List<String> lines(int request) {
        Random random = new Random(seed ^ request);
        List<String> lines = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            lines.add(
                    "{\"id\":\"e%d\",\"timestamp\":\"%s\",\"node_id\":\"node-%d\",\"event_type\":\"connectivity_reported\",\"payload\":{\"latency_ms\":%d,\"backlog\":%d}}"
                            .formatted(
                                    i,
                                    Instant.ofEpochSecond(1_700_000_000L + i),
                                    request,
                                    random.nextInt(500),
                                    random.nextInt(10_000)));
        }
        return lines;
    }

    private void compare(int port) throws IOException {
        for (int request : taken) {
            Wire.Reply reply = Wire.get(port, "/v1/twins/node-" + request);
            if (reply.status() != 200 || !reply.text().contains("\"events\":" + BATCH)) {
                throw new AssertionError("lost of node-" + request + ": " + reply.text());
            }
        }
    }

    private void tell(double perSecond, int times, int counted) {
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        System.err.printf(
                "overload: %,.0f events/s from 16 clients; at %d times that %,.0f/s taken, %,d requests"
                        + " refused; of those taken p50 %d ms, p99 %d ms, longest %d ms%n",
                perSecond * BATCH,
                times,
                counted * (double) BATCH / time.toSeconds(),
                refused.get(),
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static long at(long[] sorted, double part) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1_000_000;
    }
}

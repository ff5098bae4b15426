package io.souverix.twin.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients of streams that are killed and come back, under load, while the service is killed and comes
/// back too. Each is told every event of every node, in the order in which they were taken, or that its
/// place is gone and then everything as it is; and what each was told last is what is served.
final class StreamTrial {
    private static final int NODES = 12;
    private static final int SENDERS = 3;

    private final Random random;
    private final Path data;
    private final int events;
    private final Map<String, Integer> told = new ConcurrentHashMap<>();
    private volatile int port;
    private volatile boolean done;

    private StreamTrial(long seed, Path data, int events) {
        this.random = new Random(seed);
        this.data = data;
        this.events = events;
    }

    /// @param events of each node
    /// @param kills how often the service is killed meanwhile
    static void run(long seed, Path directory, int events, int clients, int kills)
            throws IOException, InterruptedException, ExecutionException {
        new StreamTrial(seed, directory.resolve("data"), events).run(clients, kills);
    }

    private void run(int clients, int kills)
            throws IOException, InterruptedException, ExecutionException {
        Service service = start();
        List<Future<?>> senders = new ArrayList<>();
        List<Future<?>> followers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            String beginning = Wire.get(port, "/v1/projections").header("x-position");
            for (int i = 0; i < clients; i++) {
                StreamFollower follower =
                        new StreamFollower(random.nextLong(), beginning, () -> port, this::isDone);
                followers.add(threads.submit(follower));
            }
            for (int i = 0; i < SENDERS; i++) {
                int sender = i;
                Random order = new Random(random.nextLong());
                senders.add(threads.submit(() -> send(sender, order)));
            }
            for (int kill = 0; kill < kills; kill++) {
                Thread.sleep(500 + random.nextInt(1_500));
                service.kill();
                service = start();
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
            done = true;
            for (Future<?> follower : followers) {
                follower.get();
            }
        } finally {
            done = true;
            service.kill();
        }
    }

    private Service start() throws IOException {
        Service service = Service.start(data, "-Xmx512m");
        port = service.port();
        return service;
    }

    private boolean isDone(Map<String, Integer> seen) {
        return done && seen.equals(told);
    }

    /// Sends the events of some nodes one after the other, each until it is acknowledged.
    private int send(int sender, Random order) throws InterruptedException {
        List<String> own = new ArrayList<>();
        for (int node = sender; node < NODES; node += SENDERS) {
            own.add("node-" + node);
        }
        int sent = 0;
        while (sent < events * own.size()) {
            String node = own.get(order.nextInt(own.size()));
            int first = told.getOrDefault(node, 0);
            int count = 1 + order.nextInt(20);
            List<String> lines = new ArrayList<>();
            for (int i = first; i < first + count; i++) {
                lines.add(line(node, i, order));
            }
            while (!isTaken(lines)) {
                Thread.sleep(20);
            }
            told.put(node, first + count);
            sent += count;
        }
        return sent;
    }

    /// Some are late: the order in which they are told is that in which they came.
    private static String line(String node, int number, Random order) {
        int second = order.nextInt(5) == 0 ? order.nextInt(number + 1) : number;
        return "{\"id\":\"%d\",\"timestamp\":\"%s\",\"node_id\":\"%s\",\"event_type\":\"state_transition\",\"payload\":{\"to\":\"%s\"}}"
                .formatted(
                        number,
                        Instant.ofEpochSecond(1_700_000_000L + second),
                        node,
                        order.nextBoolean() ? "live" : "autonomous");
    }

    private boolean isTaken(List<String> lines) {
        byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        try (Wire wire = new Wire(port)) {
            Wire.Reply reply = wire.post("/v1/events", "application/x-ndjson", body);
            if (reply.status() == 200) {
                return true;
            }
            if (reply.status() == 503 || reply.status() == 429) {
                return false;
            }
            throw new AssertionError(reply.status() + " " + reply.text());
        } catch (IOException _) {
            // It was killed; what it had not answered is sent again.
            return false;
        }
    }
}

package io.souverix.twin.torture;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/// The service as its own process, killed with `kill -9` while clients send, again and again. After
/// each start every node has exactly what was acknowledged of it, and of a request that was not
/// answered its first events, none to all; its revision is the sum of the hashes of these events, so
/// none is lost, twice, or another. What was not answered is sent again as it was.
final class KillTrial {
    /// Each sends one request after the other, each about a node of its own.
    private static final int CLIENTS = 4;

    /// Events of one request: more than the service makes durable at once.
    private static final int BATCH = 1_000;

    private static final String[] STATES = {"live", "delayed", "edge-cached", "autonomous"};

    private final Random random;
    private final Path data;
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicBoolean killed = new AtomicBoolean();
    private final EventReader reader = new EventReader();

    /// A node and what it must have.
    private static final class Node {
        private final String id;
        private final Random random;
        private long told;
        private long acknowledged;
        private EventHash sum = EventHash.ZERO;
        private List<String> unanswered = List.of();

        /// How many of the unanswered are known to be there.
        private int there;

        Node(String id, long seed) {
            this.id = id;
            this.random = new Random(seed);
        }

        /// The next events; some are late, one in a while.
        private List<String> next() {
            List<String> lines = new ArrayList<>(BATCH);
            boolean late = random.nextInt(10) == 0;
            for (int i = 0; i < BATCH; i++) {
                long second = told * (late ? -1 : 1);
                lines.add(
                        "{\"id\":\"e%d\",\"timestamp\":\"%s\",\"node_id\":\"%s\",\"event_type\":\"state_transition\",\"payload\":{\"to\":\"%s\"}}"
                                .formatted(
                                        told++,
                                        java.time.Instant.ofEpochSecond(1_700_000_000L + second),
                                        id,
                                        STATES[random.nextInt(STATES.length)]));
            }
            return lines;
        }
    }

    private KillTrial(long seed, Path data) {
        this.random = new Random(seed);
        this.data = data;
        for (int i = 0; i < CLIENTS * 25; i++) {
            nodes.add(new Node("node-" + i, random.nextLong()));
        }
    }

    /// Sends at least so many events, through so many kills.
    static void run(long seed, Path directory, int events, int kills)
            throws IOException, InterruptedException, ExecutionException {
        new KillTrial(seed, directory.resolve("data")).run(events, kills);
    }

    private void run(int events, int kills)
            throws IOException, InterruptedException, ExecutionException {
        int each = Math.max(CLIENTS, events / BATCH / (kills + 1));
        for (int kill = 0; kill < kills; kill++) {
            Service service = Service.start(data, "-Xmx512m");
            try {
                compare(service.port());
                sendAndKill(service, each);
            } finally {
                service.kill();
            }
        }
        try (Service service = Service.start(data, "-Xmx512m")) {
            compare(service.port());
            for (Node node : nodes) {
                send(service.port(), node);
            }
            compare(service.port());
        }
        Service.verify(data);
    }

    /// Lets the clients send until so many requests are answered, and kills in the middle of more.
    private void sendAndKill(Service service, int requests)
            throws InterruptedException, ExecutionException {
        killed.set(false);
        List<Future<Integer>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            for (int client = 0; client < CLIENTS; client++) {
                int from = client * (nodes.size() / CLIENTS);
                List<Node> own = nodes.subList(from, from + nodes.size() / CLIENTS);
                Random order = new Random(random.nextLong());
                clients.add(
                        threads.submit(
                                () -> sendUntilKilled(service, own, order, requests / CLIENTS)));
            }
            int patience = random.nextInt(CLIENTS);
            clients.get(patience).get();
            killed.set(true);
            service.kill();
            for (Future<Integer> client : clients) {
                client.get();
            }
        }
    }

    /// The number of answered requests.
    private int sendUntilKilled(Service service, List<Node> own, Random order, int most)
            throws IOException {
        int answered = 0;
        while (answered < most && !killed.get()) {
            try {
                send(service.port(), own.get(order.nextInt(own.size())));
                answered++;
            } catch (IOException e) {
                if (!killed.get() && service.alive()) {
                    throw e;
                }
                return answered;
            }
        }
        return answered;
    }

    /// Sends what was not answered before, or else something new.
    private void send(int port, Node node) throws IOException {
        if (node.unanswered.isEmpty()) {
            node.unanswered = node.next();
        }
        byte[] body = String.join("\n", node.unanswered).getBytes(StandardCharsets.UTF_8);
        try (Wire wire = new Wire(port)) {
            Wire.Reply reply = wire.post("/v1/events", "application/x-ndjson", body);
            if (reply.status() == 429 || reply.status() == 503) {
                return;
            }
            long taken = reply.number("applied") + reply.number("late") + reply.number("duplicate");
            if (reply.status() != 200 || taken != node.unanswered.size()) {
                throw new AssertionError(reply.status() + " " + reply.text());
            }
        }
        countUnanswered(node, node.unanswered.size());
        node.unanswered = List.of();
        node.there = 0;
    }

    /// Counts the first so many of the unanswered as what must be there.
    private void countUnanswered(Node node, int first) {
        for (; node.there < first; node.there++) {
            node.sum = node.sum.plus(hash(node.unanswered.get(node.there)));
            node.acknowledged++;
        }
    }

    private EventHash hash(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return switch (reader.readNative(bytes, 0, bytes.length)) {
            case EventReader.Result.Accepted(var event) -> event.hash();
            case EventReader.Result.Refused refused ->
                    throw new AssertionError(refused.rejection() + ": " + line);
        };
    }

    /// Of what was not answered the first ones are there, none to all; they count from now on.
    private void compare(int port) throws IOException {
        for (Node node : nodes) {
            Wire.Reply reply = Wire.get(port, "/v1/twins/" + node.id);
            String found = reply.status() == 404 ? EventHash.ZERO.hex() : revision(reply);
            EventHash sum = node.sum;
            for (int first = node.there; first < node.unanswered.size(); first++) {
                sum = sum.plus(hash(node.unanswered.get(first)));
                if (found.equals(sum.hex())) {
                    countUnanswered(node, first + 1);
                }
            }
            if (!found.equals(node.sum.hex())) {
                throw new AssertionError(
                        "%s: found revision %s of %s events, expected %s of the %d acknowledged"
                                .formatted(
                                        node.id,
                                        found,
                                        events(reply),
                                        node.sum.hex(),
                                        node.acknowledged));
            }
        }
    }

    private static String revision(Wire.Reply reply) {
        return reply.json().member("meta") instanceof JsonObject meta
                        && meta.member("revision") instanceof Json.JsonString(String revision)
                ? revision
                : reply.text();
    }

    private static String events(Wire.Reply reply) {
        return reply.json().member("meta") instanceof JsonObject meta
                ? String.valueOf(meta.member("events"))
                : "no";
    }
}

package io.souverix.twin.torture;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.AppendRefused;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;

/// A data directory that is served, takes events, and cuts its log as it starts, while `twin backup`
/// and `twin restore` are run on it, killed with `kill -9`, and tried again; the service is killed too.
/// What was restored has of every node what was acknowledged when the backup began, or by the moment
/// it was restored to, and nothing that was not told by then. In the end a service on the restored
/// directory answers as the one that was backed up.
///
/// What can be cut is written first, by the clock of forty days ago on, in small segments.
final class BackupTrial {
    private static final String HEAP = "-Xmx256m";
    private static final int NODES = 12;
    private static final int CLIENTS = 3;
    private static final int MOST_IN_REQUEST = 200;
    private static final int PAST_DAYS = 40;
    private static final long PAST_SEGMENT_BYTES = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random;
    private final Path directory;
    private final List<ToldNode> nodes = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicBoolean killed = new AtomicBoolean();
    private int restored;

    /// How many events of each node were acknowledged before a moment and told after it.
    private record Moment(Instant time, List<Integer> least, List<Integer> most) {}

    private BackupTrial(long seed, Path directory) {
        this.random = new Random(seed);
        this.directory = directory;
        for (int i = 0; i < NODES; i++) {
            nodes.add(new ToldNode("node-" + i, random.nextLong()));
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path backup() {
        return directory.resolve("backup");
    }

    /// @param rounds how often it is backed up while it takes events
    static void run(long seed, Path directory, int rounds)
            throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(directory);
        new BackupTrial(seed, directory).run(rounds);
    }

    private void run(int rounds) throws IOException, InterruptedException, ExecutionException {
        writePast();
        for (int round = 0; round < rounds; round++) {
            // Each start cuts more than the one before.
            int retainDays = PAST_DAYS - (1 + round) * PAST_DAYS / (rounds + 1);
            Service service = serve(retainDays);
            try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                done.set(false);
                killed.set(false);
                List<Future<?>> clients = clients(threads, service);
                try {
                    backUp(service);
                } finally {
                    done.set(true);
                    for (Future<?> client : clients) {
                        client.get();
                    }
                }
            } finally {
                service.kill();
            }
        }
        compareAnswers();
    }

    private Service serve(int retainDays) throws IOException {
        return Service.start(data(), HEAP, "--retain", retainDays + "d");
    }

    private void writePast() {
        Instant[] now = {Instant.now().minus(Duration.ofDays(PAST_DAYS))};
        EngineOptions options =
                EngineOptions.defaults()
                        .withClock(() -> now[0])
                        .withSegmentBytes(PAST_SEGMENT_BYTES);
        try (TwinEngine engine = TwinEngine.open(data(), options, TwinEngine.Progress.SILENT)) {
            for (int hour = 0; hour < (PAST_DAYS - 1) * 24; hour += 8) {
                now[0] = now[0].plus(Duration.ofHours(8));
                ToldNode node = nodes.get(random.nextInt(NODES));
                List<Event> events =
                        node.next(1 + random.nextInt(50), now[0]).stream()
                                .map(node::event)
                                .toList();
                var _ = engine.append(events).get();
                node.acknowledge();
            }
        } catch (AppendRefused | ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<Future<?>> clients(ExecutorService threads, Service service) {
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int from = client * (NODES / CLIENTS);
            List<ToldNode> own = nodes.subList(from, from + NODES / CLIENTS);
            Random order = new Random(random.nextLong());
            clients.add(threads.submit(() -> send(service, own, order)));
        }
        return clients;
    }

    /// Sends until it is told to end, or the service is gone.
    private int send(Service service, List<ToldNode> own, Random order)
            throws IOException, InterruptedException {
        int answered = 0;
        while (!done.get()) {
            ToldNode node = own.get(order.nextInt(own.size()));
            int count = 1 + order.nextInt(MOST_IN_REQUEST);
            List<String> lines = node.next(count, Instant.now());
            try (Wire wire = new Wire(service.port())) {
                byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
                Wire.Reply reply = wire.post("/v1/events", "application/x-ndjson", body);
                if (reply.status() == 200) {
                    node.acknowledge();
                    answered++;
                } else if (reply.status() != 429 && reply.status() != 503) {
                    throw new AssertionError(reply.status() + " " + reply.text());
                }
            } catch (IOException e) {
                if (!killed.get()) {
                    throw e;
                }
                return answered;
            }
            Thread.sleep(order.nextInt(80));
        }
        return answered;
    }

    private List<Integer> counts(ToIntFunction<ToldNode> count) {
        return nodes.stream().mapToInt(count).boxed().toList();
    }

    /// Notes the present as a moment that can be restored to.
    private void note() {
        List<Integer> least = counts(ToldNode::acknowledged);
        Instant now = Instant.now();
        moments.add(new Moment(now, least, counts(ToldNode::told)));
    }

    /// Kills some backups, lets one come to its end, and looks at what is restored of it.
    private void backUp(Service service) throws IOException, InterruptedException {
        note();
        Path told = directory.resolve("backup.told");
        String[] backingUp = {"backup", backup().toString(), "--data", data().toString()};
        for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
            killInTheMiddle(backup(), told, backingUp);
        }
        if (random.nextInt(3) == 0) {
            killed.set(true);
            service.kill();
        }
        note();
        List<Integer> least = counts(ToldNode::acknowledged);
        Command.run(told, backingUp);
        List<Integer> most = counts(ToldNode::told);
        if (random.nextBoolean()) {
            requireRestored(restore(), least, most);
        } else {
            Moment moment = moments.get(random.nextInt(moments.size()));
            Path then = restore("--to", moment.time().toString());
            requireRestored(then, moment.least(), moment.most());
        }
    }

    /// Kills a command about when it begins to write.
    private void killInTheMiddle(Path writing, Path told, String... arguments)
            throws IOException, InterruptedException {
        long before = Command.bytes(writing);
        Command command = Command.start(told, arguments);
        command.awaitWriting(writing, before);
        Thread.sleep(random.nextInt(40));
        command.kill();
    }

    /// Restores what was backed up, not always at the first try.
    private Path restore(String... options) throws IOException, InterruptedException {
        Path target = directory.resolve("restored-" + ++restored);
        Path told = directory.resolve("restore.told");
        List<String> all =
                new ArrayList<>(
                        List.of("restore", backup().toString(), "--data", target.toString()));
        all.addAll(List.of(options));
        String[] restoring = all.toArray(String[]::new);
        if (random.nextBoolean()) {
            Path half = target.resolveSibling(target.getFileName() + ".restoring");
            killInTheMiddle(half, told, restoring);
        }
        if (!Files.exists(target)) {
            Command.run(told, restoring);
        }
        return target;
    }

    /// Every node has its first events, so many at least and so many at most.
    private void requireRestored(Path target, List<Integer> least, List<Integer> most)
            throws IOException, InterruptedException {
        try (Service service = Service.start(target, HEAP)) {
            for (int i = 0; i < NODES; i++) {
                ToldNode node = nodes.get(i);
                Wire.Reply reply = Wire.get(service.port(), "/v1/twins/" + node.id());
                String revision =
                        reply.status() == 404
                                ? "0".repeat(32)
                                : text(member(reply.json(), "meta"), "revision");
                if (node.events(revision, least.get(i), most.get(i)) < 0) {
                    throw new AssertionError(
                            "%s in %s: found revision %s of %d events, expected that of its first %d to %d"
                                    .formatted(
                                            node.id(),
                                            target.getFileName(),
                                            revision,
                                            node.events(revision, 0, node.told()),
                                            least.get(i),
                                            most.get(i)));
                }
            }
        }
    }

    /// Once all was sent and all was cut that can be, what is restored answers as what was backed up.
    private void compareAnswers() throws IOException, InterruptedException {
        try (Service service = serve(1)) {
            awaitCut(service);
            for (ToldNode node : nodes) {
                sendOne(service, node);
            }
            Command.run(
                    directory.resolve("backup.told"),
                    "backup",
                    backup().toString(),
                    "--data",
                    data().toString());
            Path target = restore();
            String at = "?at=" + Instant.now();
            try (Service other = Service.start(target, HEAP)) {
                for (ToldNode node : nodes) {
                    requireSame(service, other, "/v1/twins/" + node.id() + at);
                    requireSame(service, other, "/v1/twins/" + node.id() + "/ledger" + at);
                }
                requireSame(service, other, "/v1/projections" + at);
            }
            Service.verify(target);
        }
        Service.verify(data());
    }

    private void sendOne(Service service, ToldNode node) throws IOException {
        byte[] body =
                String.join("\n", node.next(1 + random.nextInt(9), Instant.now()))
                        .getBytes(StandardCharsets.UTF_8);
        try (Wire wire = new Wire(service.port())) {
            Wire.Reply reply = wire.post("/v1/events", "application/x-ndjson", body);
            if (reply.status() != 200) {
                throw new AssertionError(reply.status() + " " + reply.text());
            }
        }
        node.acknowledge();
    }

    /// The service looks by itself whether something can go, a second after its start.
    private static void awaitCut(Service service) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Wire.get(service.port(), "/metrics")
                .text()
                .lines()
                .noneMatch(line -> line.matches("twin_log_cuts_total [1-9].*"))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nothing was cut:\n" + service.log());
            }
            Thread.sleep(50);
        }
    }

    private static void requireSame(Service one, Service other, String path) throws IOException {
        String expected = JsonWriter.text(withoutPositions(Wire.get(one.port(), path).json()));
        String found = JsonWriter.text(withoutPositions(Wire.get(other.port(), path).json()));
        if (!found.equals(expected)) {
            throw new AssertionError(
                    "%s%nfound    %s%nexpected %s".formatted(path, found, expected));
        }
    }

    private static JsonObject withoutPositions(JsonObject answer) {
        JsonObject plain = answer.with("position", null);
        return plain.member("meta") instanceof JsonObject meta
                ? plain.with("meta", meta.with("position", null))
                : plain;
    }

    private static JsonObject member(JsonObject object, String name) {
        return object.member(name) instanceof JsonObject member ? member : JsonObject.EMPTY;
    }

    private static String text(JsonObject object, String name) {
        return object.member(name) instanceof Json.JsonString(String text) ? text : "";
    }
}

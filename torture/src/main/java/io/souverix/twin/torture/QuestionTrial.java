package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.FleetAt;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.NodeAt;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.judge.RawFleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A day of a large fleet is sent to the service, of which some nodes bring theirs when it is over.
/// Then the service is asked every question about the fleet, now, at random moments of that day, and as
/// it was known before the backlogs came; each answer is what a slow recount of the raw lines gives.
/// How long answers took is told, and not judged.
final class QuestionTrial {
    /// Nodes that are asked about one by one at each moment.
    private static final int SAMPLE = 8;

    private static final int WALKS = 4;
    private static final int LINES_OF_A_REQUEST = 20_000;

    private final Random random;
    private final LateFleet load;
    private final Size size;
    private final Path directory;
    private final Tally tally = new Tally();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> slots = new HashMap<>();
    private final RawFleet known = new RawFleet(JudgeRules.defaults());

    /// How large.
    ///
    /// @param events about so many
    /// @param moments of the past, at random
    /// @param oneIn of so many questions one is asked at each of them, and all of the present
    record Size(int nodes, int events, int moments, int oneIn) {
        Size withNodes(long other) {
            return new Size(Math.toIntExact(other), events, moments, oneIn);
        }

        Size withEvents(long other) {
            return new Size(nodes, Math.toIntExact(other), moments, oneIn);
        }

        Size withMoments(long other) {
            return new Size(nodes, events, Math.toIntExact(other), oneIn);
        }

        Size withOneIn(long other) {
            return new Size(nodes, events, moments, Math.toIntExact(other));
        }
    }

    private QuestionTrial(long seed, Path directory, Size size) {
        this.random = new Random(seed);
        this.size = size;
        this.directory = directory;
        this.load = LateFleet.of(seed, size);
    }

    static void run(long seed, Path directory, Size size) throws IOException, InterruptedException {
        new QuestionTrial(seed, directory, size).run();
    }

    private void run() throws IOException, InterruptedException {
        int heap = Math.max(512, size.nodes() / 40);
        try (Service service = Service.start(directory.resolve("data"), "-Xmx" + heap + "m")) {
            NavigableSet<Instant> moments = moments();
            Instant early = moments.first();
            Instant late = moments.last();
            send(service.port(), load.first());
            load.first().forEach(known::add);
            FleetAt before = known.at(early);
            ask(service.port(), known, before, null, before);

            Instant knownAt = now();
            Thread.sleep(50);
            send(service.port(), load.second());
            RawFleet all = known.copy();
            load.second().forEach(all::add);
            moments.add(load.end());
            moments.add(now());
            FleetAt last = all.at(moments.first());
            requireChange(before, last);
            for (Instant moment : moments) {
                FleetAt fleet = moment.equals(last.now()) ? last : all.at(moment);
                ask(service.port(), all, fleet, null, last);
                last = fleet;
            }
            ask(service.port(), known, known.at(early), knownAt, before);
            ask(service.port(), known, known.at(late), knownAt, before);
            ask(service.port(), known, known.at(knownAt), knownAt, before);
        }
        System.err.print(tally.table());
        tally.requireNoMismatch();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /// Moments of the day: whole seconds, and those of events, to the microsecond.
    private NavigableSet<Instant> moments() {
        NavigableSet<Instant> moments = new TreeSet<>();
        long seconds = Duration.between(load.start(), load.end()).toSeconds();
        while (moments.size() < size.moments()) {
            Instant moment = load.start().plusSeconds(random.nextLong(seconds));
            if (random.nextInt(3) == 0) {
                String line = load.second().get(random.nextInt(load.second().size()));
                Object timestamp = PlainJson.readObject(line).get("timestamp");
                moment = OffsetDateTime.parse("" + timestamp).toInstant();
            }
            if (!moment.isBefore(load.start())) {
                moments.add(moment);
            }
        }
        return moments;
    }

    private void send(int port, List<String> lines) throws IOException, InterruptedException {
        for (int from = 0; from < lines.size(); from += LINES_OF_A_REQUEST) {
            List<String> part =
                    lines.subList(from, Math.min(lines.size(), from + LINES_OF_A_REQUEST));
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
                            .header("Content-Type", "application/x-ndjson")
                            .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", part)))
                            .build();
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, @Nullable Object> counts = PlainJson.readObject(answer.body());
            if (answer.statusCode() != 200 || !"0".equals("" + counts.get("rejected"))) {
                throw new AssertionError(answer.statusCode() + " " + answer.body());
            }
        }
    }

    /// The backlogs change what is known of the day; else nothing of it was tried.
    private static void requireChange(FleetAt before, FleetAt after) {
        long changed =
                after.nodes().stream()
                        .filter(node -> {
                            NodeAt old = before.node(node.id());
                            return old == null || !old.fingerprint().equals(node.fingerprint());
                        })
                        .count();
        if (changed == 0) {
            throw new AssertionError("no backlog changed the fleet at " + before.now());
        }
    }

    /// @param fleet what of `raw` stands at an instant
    /// @param other the same at another
    private void ask(
            int port, RawFleet raw, FleetAt fleet, @Nullable Instant knownAt, FleetAt other)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        Asking asking = new Asking(client, port, tally, directory, fleet.now(), knownAt);
        Choice some = new Choice(random, size.oneIn());
        Choice choice = fleet.now().isBefore(load.end()) ? some : some.ofAll();
        new FleetQuestions(asking, fleet, choice).ask();
        new InsightQuestions(asking, fleet, choice).ask();
        new GraphQuestions(asking, fleet, choice, slots).ask(choice.oneIn() == 1 ? WALKS : 1);
        history(asking, fleet, other);
        TwinQuestions twins = new TwinQuestions(asking, raw, fleet, other, random);
        List<NodeAt> nodes = fleet.nodes();
        for (int i = 0; i < SAMPLE; i++) {
            twins.ask(nodes.get(random.nextInt(nodes.size())).id());
        }
        System.err.printf(
                "questions: %s%s, %,d nodes, in %.1f s%n",
                fleet.now(),
                knownAt == null ? "" : " known at " + knownAt,
                nodes.size(),
                (System.nanoTime() - began) / 1e9);
    }

    /// An aggregate at two instants, as its history.
    private void history(Asking asking, FleetAt fleet, FleetAt other)
            throws IOException, InterruptedException {
        Duration step = Duration.between(other.now(), fleet.now());
        if (!step.isPositive() || !step.equals(Duration.ofSeconds(step.toSeconds()))) {
            return;
        }
        for (String projection : FleetQuestions.PROJECTIONS) {
            List<@Nullable Object> expected = new ArrayList<>();
            for (FleetAt each : List.of(other, fleet)) {
                Map<String, @Nullable Object> point = each.projection(projection, "zone");
                point.keySet().removeAll(List.of("projection", "group_by"));
                expected.add(point);
            }
            String path =
                    "/v1/projections/%s/history?group_by=zone&since=%s&until=%s&step=%ds"
                            .formatted(projection, other.now(), fleet.now(), step.toSeconds());
            asking.same("history", path, expected, asking.get("history", path).get("points"));
        }
    }
}

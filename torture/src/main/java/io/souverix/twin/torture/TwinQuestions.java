package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.FleetAt;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.judge.RawFleet;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The questions about one node.
final class TwinQuestions {
    private static final Map<String, List<String>> LANES =
            Map.of(
                    "connectivity", List.of("connectivity", "state"),
                    "lifecycle", List.of("lifecycle", "phase"),
                    "drift", List.of("drift", "status"),
                    "trust", List.of("trust", "integrity_state"));

    /// Beginnings of stretches that are looked at in each lane.
    private static final int BEGINNINGS = 3;

    private final Asking asking;
    private final RawFleet raw;
    private final FleetAt fleet;
    private final FleetAt before;
    private final Random random;

    /// @param fleet what of `raw` stands at an instant
    /// @param before the same at an earlier one
    TwinQuestions(Asking asking, RawFleet raw, FleetAt fleet, FleetAt before, Random random) {
        this.asking = asking;
        this.raw = raw;
        this.random = random;
        this.fleet = fleet;
        this.before = before;
    }

    void ask(String id) throws IOException, InterruptedException {
        String twin = "/v1/twins/" + id;
        asking.same("twin", id, fleet.twin(id), asking.get("twin", twin));
        asking.same(
                "twin's drift", id, fleet.drift(id), asking.get("twin's drift", twin + "/drift"));
        Map<String, @Nullable Object> trust = asking.get("twin's trust", twin + "/trust");
        ((Map<?, ?>) Objects.requireNonNull(trust.get("parts")))
                .values()
                .forEach(part -> ((Map<?, ?>) Objects.requireNonNull(part)).remove("reason"));
        asking.same("twin's trust", id, fleet.trust(id), trust);
        asking.same(
                "twin's ledger",
                id,
                fleet.ledger(id),
                asking.get("twin's ledger", twin + "/ledger"));
        events(id);
        timeline(id);
        diff(id);
    }

    private void events(String id) throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> expected = fleet.events(id);
        for (Map<String, @Nullable Object> event : expected) {
            event.put("hash", String.valueOf(event.get("hash")).substring(0, 32));
        }
        List<Map<String, @Nullable Object>> found =
                asking.pages(
                        "twin's events",
                        "/v1/twins/" + id + "/events?limit=1000",
                        "events",
                        Integer.MAX_VALUE);
        for (Map<String, @Nullable Object> event : found) {
            event.keySet()
                    .retainAll(
                            List.of(
                                    "id",
                                    "timestamp",
                                    "event_type",
                                    "payload",
                                    "hash",
                                    "annulled"));
        }
        asking.sameList("twin's events", id, expected, found, false);
    }

    /// The lanes say what the twin says: at this instant, at the earlier one, where stretches begin,
    /// and just before.
    private void timeline(String id) throws IOException, InterruptedException {
        Map<String, @Nullable Object> answer =
                asking.get("twin's timeline", "/v1/twins/" + id + "/timeline");
        Map<?, ?> lanes = (Map<?, ?>) Objects.requireNonNull(answer.get("lanes"));
        RawFleet alone = raw.alone(id);
        for (String name : LANES.keySet()) {
            List<Map<String, @Nullable Object>> stretches = Asking.objects(lanes.get(name));
            Set<Instant> instants = new TreeSet<>(List.of(before.now(), fleet.now()));
            for (int i = 0; i < BEGINNINGS && !stretches.isEmpty(); i++) {
                Map<String, @Nullable Object> any = stretches.get(random.nextInt(stretches.size()));
                Instant from = Instant.parse("" + any.get("from"));
                instants.add(from);
                instants.add(from.minus(1, ChronoUnit.MICROS));
            }
            for (Instant instant : instants) {
                if (!instant.isAfter(fleet.now())) {
                    asking.same(
                            "twin's timeline",
                            id + " " + name + " then at " + instant,
                            state(alone.at(instant), id, name),
                            standing(stretches, instant));
                }
            }
        }
    }

    private static @Nullable Object state(FleetAt alone, String id, String lane) {
        List<String> path = Objects.requireNonNull(LANES.get(lane));
        return alone.node(id) == null ? null : at(alone.twin(id), path);
    }

    private static @Nullable Object at(Map<String, @Nullable Object> twin, List<String> path) {
        return twin.get(path.getFirst()) instanceof Map<?, ?> part
                ? part.get(path.getLast())
                : null;
    }

    private static @Nullable Object standing(
            List<Map<String, @Nullable Object>> stretches, Instant at) {
        for (Map<String, @Nullable Object> stretch : stretches) {
            boolean begun = !Instant.parse("" + stretch.get("from")).isAfter(at);
            boolean ended =
                    stretch.get("to") != null && !Instant.parse("" + stretch.get("to")).isAfter(at);
            if (begun && !ended) {
                return stretch.get("state");
            }
        }
        return null;
    }

    /// The patch makes the twin of the earlier instant that of this one.
    private void diff(String id) throws IOException, InterruptedException {
        if (before.node(id) == null || !before.now().isBefore(fleet.now())) {
            return;
        }
        Map<String, @Nullable Object> answer =
                asking.get(
                        "twin's diff",
                        "/v1/twins/" + id + "/diff?from=" + before.now() + "&to=" + fleet.now());
        Map<String, @Nullable Object> twin = PlainJson.readObject(PlainJson.write(before.twin(id)));
        for (Map<String, @Nullable Object> step : Asking.objects(answer.get("patch"))) {
            apply(twin, step);
        }
        Map<String, @Nullable Object> expected = fleet.twin(id);
        twin.remove("meta");
        expected.remove("meta");
        asking.same("twin's diff", id + " from " + before.now(), expected, twin);
    }

    @SuppressWarnings("unchecked")
    private static void apply(
            Map<String, @Nullable Object> twin, Map<String, @Nullable Object> step) {
        List<String> path = new ArrayList<>(List.of(("" + step.get("path")).split("/", -1)));
        path.removeFirst();
        path.replaceAll(name -> name.replace("~1", "/").replace("~0", "~"));
        Object parent = twin;
        for (String name : path.subList(0, path.size() - 1)) {
            parent =
                    parent instanceof List<?> list
                            ? list.get(Integer.parseInt(name))
                            : ((Map<?, ?>) Objects.requireNonNull(parent)).get(name);
        }
        String last = path.getLast();
        String operation = "" + step.get("op");
        if (parent instanceof List<?>) {
            List<@Nullable Object> list = (List<@Nullable Object>) parent;
            int place = last.equals("-") ? list.size() : Integer.parseInt(last);
            if (!operation.equals("add")) {
                list.remove(place);
            }
            if (!operation.equals("remove")) {
                list.add(place, step.get("value"));
            }
        } else {
            Map<String, @Nullable Object> object =
                    (Map<String, @Nullable Object>) Objects.requireNonNull(parent);
            if (operation.equals("remove")) {
                object.remove(last);
            } else {
                object.put(last, step.get("value"));
            }
        }
    }
}

package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.FleetAt;
import io.souverix.twin.engine.judge.PlainJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The questions about one node.
final class TwinQuestions {
    private static final Map<String, List<String>> LANES =
            Map.of(
                    "connectivity", List.of("connectivity", "state"),
                    "lifecycle", List.of("lifecycle", "phase"),
                    "drift", List.of("drift", "status"),
                    "trust", List.of("trust", "integrity_state"));

    private final Asking asking;
    private final FleetAt fleet;
    private final FleetAt before;

    /// @param before the same fleet at an earlier instant
    TwinQuestions(Asking asking, FleetAt fleet, FleetAt before) {
        this.asking = asking;
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

    /// The stretch that stands says what the twin says, and so did the one of the earlier instant.
    private void timeline(String id) throws IOException, InterruptedException {
        Map<String, @Nullable Object> answer =
                asking.get("twin's timeline", "/v1/twins/" + id + "/timeline");
        Map<?, ?> lanes = (Map<?, ?>) Objects.requireNonNull(answer.get("lanes"));
        Map<String, @Nullable Object> twin = fleet.twin(id);
        Map<String, @Nullable Object> earlier =
                before.node(id) == null ? Map.of() : before.twin(id);
        for (Map.Entry<String, List<String>> lane : LANES.entrySet()) {
            List<?> stretches = (List<?>) Objects.requireNonNull(lanes.get(lane.getKey()));
            String detail = id + " " + lane.getKey();
            asking.same(
                    "twin's timeline",
                    detail,
                    at(twin, lane.getValue()),
                    state(stretches, fleet.now().toString()));
            asking.same(
                    "twin's timeline",
                    detail + " at " + before.now(),
                    at(earlier, lane.getValue()),
                    state(stretches, before.now().toString()));
        }
    }

    private static @Nullable Object at(Map<String, @Nullable Object> twin, List<String> path) {
        return twin.get(path.getFirst()) instanceof Map<?, ?> part
                ? part.get(path.getLast())
                : null;
    }

    private static @Nullable Object state(List<?> stretches, String instant) {
        java.time.Instant at = java.time.Instant.parse(instant);
        for (Object each : stretches) {
            Map<?, ?> stretch = (Map<?, ?>) Objects.requireNonNull(each);
            boolean begun = !java.time.Instant.parse("" + stretch.get("from")).isAfter(at);
            boolean ended =
                    stretch.get("to") != null
                            && !java.time.Instant.parse("" + stretch.get("to")).isAfter(at);
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

package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import io.souverix.twin.engine.past.AsOf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Explanations say what a recount from the raw events says. `-Dseed=N`.
final class ExplanationsTest {
    private static final int PATHS = 12;

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final List<String> lines = withoutTies(Histories.events(seed));
    private final Instant present = Histories.present(lines, seed);
    private final JudgeRules rules = Histories.rules(seed);
    private final TwinEngine engine =
            TwinEngine.inMemory(
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(rules))
                            .withClock(InstantSource.fixed(present))
                            .withShards(2));

    ExplanationsTest() {
        System.out.println("ExplanationsTest seed " + seed);
        for (List<String> batch : Histories.delivery(lines, seed)) {
            var _ = Lines.append(engine, batch);
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /// The order of facts about the fleet and of a node's own events at one instant is nobody's; so
    /// facts that share their instant are left out.
    private static List<String> withoutTies(List<String> lines) {
        Map<Long, Integer> times = new HashMap<>();
        lines.forEach(line -> times.merge(Lines.event(line).timestampMicros(), 1, Integer::sum));
        return lines.stream()
                .filter(line -> {
                    Event event = Lines.event(line);
                    return event.subject().kind() == Subject.Kind.NODE
                            || Integer.valueOf(1).equals(times.get(event.timestampMicros()));
                })
                .toList();
    }

    private Judge judge(Collection<String> some) {
        return new Judge(some.stream().map(PlainJson::readObject).toList(), rules);
    }

    private static Json json(Map<String, @Nullable Object> plain) {
        try {
            return new JsonReader().read(PlainJson.write(plain).getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject body(Answer answer) {
        if (answer instanceof Answer.Found(JsonObject body, JsonObject _)) {
            return body;
        }
        throw new AssertionError("found " + answer + ", expected an answer");
    }

    private static Json member(Json object, String name) {
        return Json.orNull(JsonPointer.step(object, name));
    }

    private static String text(Json object, String name) {
        return member(object, name) instanceof JsonString(String text) ? text : "";
    }

    private static List<Json> elements(Json object, String name) {
        return member(object, name) instanceof JsonArray(List<Json> elements)
                ? elements
                : List.of();
    }

    @Test
    void a_value_was_set_by_the_events_that_changed_it_when_they_happened() {
        String node = Answers.nodes(engine).getFirst();
        List<JsonPointer> paths = new ArrayList<>();
        leaves(body(engine.twin(node, AsOf.PRESENT)), new JsonPointer(List.of()), paths);
        Collections.shuffle(paths, random);
        paths = paths.subList(0, Math.min(PATHS, paths.size()));
        Map<JsonPointer, List<String>> expected = settings(node, paths);
        for (JsonPointer path : paths) {
            JsonObject why =
                    body(engine.insight().explanations().why(node, path, AsOf.PRESENT, 1_000));
            List<String> found = new ArrayList<>();
            if (member(why, "set_by") instanceof JsonObject newest) {
                found.add(told(newest));
            }
            elements(why, "replaced").forEach(setting -> found.add(told(setting)));
            assertThat(found.reversed())
                    .as(path.text() + " of " + node + ", seed " + seed)
                    .isEqualTo(expected.getOrDefault(path, List.of()));
        }
    }

    private static String told(Json setting) {
        return text(setting, "event_id")
                + ": "
                + sorted(member(setting, "replaced"))
                + " to "
                + sorted(member(setting, "value"));
    }

    /// With the names in the order in which the judge's answers have them.
    private static Json sorted(Json value) {
        try {
            return new JsonReader().read(JsonWriter.bytes(value));
        } catch (JsonFault e) {
            throw new AssertionError(e);
        }
    }

    private static void leaves(Json value, JsonPointer at, List<JsonPointer> out) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            object.forEach((name, member) -> leaves(member, at.below(name), out));
        } else if (!at.steps().isEmpty()) {
            out.add(at);
        }
    }

    /// Asks the judge of the fleet before and after each event.
    private Map<JsonPointer, List<String>> settings(String node, List<JsonPointer> paths) {
        List<String> ordered = new ArrayList<>(lines);
        ordered.sort((a, b) -> Event.ORDER.compare(Lines.event(a), Lines.event(b)));
        List<String> annulments =
                ordered.stream()
                        .filter(line -> Lines.event(line).payload() instanceof EventAnnulled)
                        .toList();
        Map<JsonPointer, List<String>> settings = new HashMap<>();
        List<String> before = new ArrayList<>();
        boolean known = false;
        for (String line : ordered) {
            Event event = Lines.event(line);
            boolean own = event.subject().equals(Subject.node(node));
            if (own || (known && event.subject().kind() != Subject.Kind.NODE)) {
                Json from = known ? twin(node, before, annulments, event) : JsonLiteral.NULL;
                before.add(line);
                Json to = twin(node, before, annulments, event);
                for (JsonPointer path : paths) {
                    Json was = Json.orNull(path.follow(from));
                    Json is = Json.orNull(path.follow(to));
                    if (!was.equals(is)) {
                        settings.computeIfAbsent(path, _ -> new ArrayList<>())
                                .add(event.id() + ": " + was + " to " + is);
                    }
                }
            } else if (event.subject().kind() != Subject.Kind.NODE) {
                before.add(line);
            }
            known |= own;
        }
        return settings;
    }

    private Json twin(String node, List<String> some, List<String> annulments, Event event) {
        List<String> all = new ArrayList<>(some);
        all.addAll(annulments);
        return json(
                judge(all)
                        .twin(
                                node,
                                Times.instant(event.timestampMicros()),
                                io.souverix.twin.engine.judge.AsOf.PRESENT));
    }

    @Test
    void the_difference_of_two_instants_makes_one_answer_the_other() {
        for (String node : Answers.nodes(engine)) {
            for (int i = 0; i < 10; i++) {
                List<Instant> two = Histories.pasts(lines, random.nextLong(), 2);
                AsOf from = AsOf.at(Times.micros(two.getFirst()));
                AsOf to =
                        random.nextInt(4) == 0
                                ? AsOf.PRESENT
                                : AsOf.at(Times.micros(two.getLast()));
                Answer difference = engine.insight().explanations().diff(node, from, to);
                if (engine.twin(node, from) instanceof Answer.Found(JsonObject was, JsonObject _)
                        && engine.twin(node, to) instanceof Answer.Found(JsonObject is, var _)) {
                    JsonArray patch = (JsonArray) member(body(difference), "patch");
                    assertThat(Patched.by(patch, was)).as("seed " + seed).isEqualTo(is);
                    assertThat(patch.elements().isEmpty()).isEqualTo(was.equals(is));
                } else {
                    assertThat(difference).isInstanceOf(Answer.NotYetKnown.class);
                }
            }
        }
    }

    @Test
    void a_lane_shows_at_every_instant_the_state_of_that_instant() {
        Judge judge = judge(lines);
        for (String node : Answers.nodes(engine)) {
            JsonObject timeline =
                    body(
                            engine.insight()
                                    .explanations()
                                    .timeline(
                                            node,
                                            Long.MIN_VALUE,
                                            AsOf.PRESENT,
                                            null,
                                            Integer.MAX_VALUE));
            List<Instant> instants = new ArrayList<>(Histories.pasts(lines, seed, 12));
            instants.addAll(bounds(timeline));
            Collections.shuffle(instants, random);
            for (Instant at : instants.subList(0, Math.min(40, instants.size()))) {
                if (!judge.nodes(at, io.souverix.twin.engine.judge.AsOf.AT).contains(node)) {
                    continue;
                }
                Json twin = json(judge.twin(node, at, io.souverix.twin.engine.judge.AsOf.AT));
                String where = node + " at " + at + ", seed " + seed;
                requireState(timeline, "connectivity", at, twin, "/connectivity/state", where);
                requireState(timeline, "lifecycle", at, twin, "/lifecycle/phase", where);
                requireState(timeline, "drift", at, twin, "/drift/status", where);
                assertThat(state(timeline, "updates", at)).as(where).isEqualTo(update(twin));
            }
        }
    }

    private static List<Instant> bounds(Json timeline) {
        List<Instant> bounds = new ArrayList<>();
        for (String lane : List.of("connectivity", "lifecycle", "drift", "updates")) {
            for (Json stretch : elements(member(timeline, "lanes"), lane)) {
                Instant from = Instant.parse(text(stretch, "from"));
                bounds.add(from);
                bounds.add(from.minusNanos(1_000));
            }
        }
        return bounds;
    }

    private static void requireState(
            Json timeline, String lane, Instant at, Json twin, String path, String where) {
        Json expected = Json.orNull(JsonPointer.parse(path).follow(twin));
        String word = expected instanceof JsonString(String text) ? text : "";
        assertThat(state(timeline, lane, at)).as(lane + " of " + where).isEqualTo(word);
    }

    private static String update(Json twin) {
        Json update = Json.orNull(JsonPointer.parse("/lifecycle/update").follow(twin));
        return member(update, "overdue") == JsonLiteral.TRUE ? "overdue" : text(update, "state");
    }

    /// The one stretch that holds an instant; empty where there is none.
    private static String state(Json timeline, String lane, Instant at) {
        List<String> states = new ArrayList<>();
        for (Json stretch : elements(member(timeline, "lanes"), lane)) {
            String to = text(stretch, "to");
            if (!Instant.parse(text(stretch, "from")).isAfter(at)
                    && (to.isEmpty() || Instant.parse(to).isAfter(at))) {
                states.add(text(stretch, "state"));
            }
        }
        assertThat(states).hasSizeLessThan(2);
        return states.isEmpty() ? "" : states.getFirst();
    }
}

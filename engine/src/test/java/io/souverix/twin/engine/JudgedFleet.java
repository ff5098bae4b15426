package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.judge.AsOf;
import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares every answer of an engine with the judge's.
final class JudgedFleet {
    /// Rules that no node raises by itself, and one that rests on what was claimed anywhere.
    private static final Set<String> NOT_JUDGED =
            Set.of("epoch_ahead", "clock_off", "authority_conflict");

    private final Judge judge;
    private final String what;

    /// @param what names the case in messages: its seed
    JudgedFleet(Judge judge, String what) {
        this.judge = judge;
        this.what = what;
    }

    /// Compares the present: every twin, its drift and ledger, and every aggregate.
    void requireAgreement(TwinEngine engine, Instant now) {
        List<String> nodes = judge.nodes(now, AsOf.PRESENT);
        assertThat(nodes).as(what).isNotEmpty();
        io.souverix.twin.engine.past.AsOf present = io.souverix.twin.engine.past.AsOf.PRESENT;
        assertThat(ids(engine, present)).as("nodes, " + what).isEqualTo(nodes);
        for (String node : nodes) {
            requireTwin(engine, node, now, AsOf.PRESENT, present);
        }
        requireAggregates(engine, now);
        requireDomains(engine, now, AsOf.PRESENT, present);
        requireAttention(engine, now, AsOf.PRESENT, present);
        requireRollouts(engine, now, AsOf.PRESENT, present);
    }

    /// Compares what nodes raise by themselves: the items with their causes, whole.
    private void requireAttention(
            TwinEngine engine, Instant now, AsOf asOf, io.souverix.twin.engine.past.AsOf question) {
        JsonObject inbox =
                engine.insight()
                        .attention()
                        .list(question, new Filter(null, null, null), null, TwinEngine.MAX_PAGE);
        List<Map<String, @Nullable Object>> found = objects(inbox.member("items"));
        found.removeIf(item -> NOT_JUDGED.contains(String.valueOf(item.get("rule"))));
        for (Map<String, @Nullable Object> item : found) {
            assertThat(seen(item)).as("evidence of " + item).isEqualTo(named(item));
            item.keySet().removeAll(List.of("id", "title", "evidence", "links", "handling"));
        }
        assertThat(texts(found))
                .as("attention at " + now + " (" + question + "), " + what)
                .isEqualTo(texts(judge.attention(now, asOf)));
    }

    /// The nodes that an item has evidence of.
    private static List<?> seen(Map<String, @Nullable Object> item) {
        return item.get("evidence") instanceof List<?> evidence
                ? evidence.stream()
                        .map(one -> one instanceof Map<?, ?> of ? of.get("node_id") : null)
                        .toList()
                : List.of();
    }

    /// The first three nodes of an item.
    private static List<?> named(Map<String, @Nullable Object> item) {
        return item.get("node_ids") instanceof List<?> ids
                ? ids.stream().limit(3).toList()
                : List.of();
    }

    private static List<String> texts(List<Map<String, @Nullable Object>> items) {
        return items.stream().map(PlainJson::canonical).sorted().toList();
    }

    private void requireRollouts(
            TwinEngine engine, Instant now, AsOf asOf, io.souverix.twin.engine.past.AsOf question) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = engine.insight().rollouts().list(question, cursor, 2);
            found.addAll(objects(page.member("rollouts")));
            cursor = page.member("next_cursor") instanceof JsonString(String next) ? next : null;
        } while (cursor != null);
        same(
                "rollouts at " + now + " (" + question + ")",
                Map.of("rollouts", judge.rollouts(now, asOf)),
                Map.of("rollouts", found));
    }

    private static List<Map<String, @Nullable Object>> objects(@Nullable Json list) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        if (list instanceof JsonArray(List<Json> elements)) {
            elements.forEach(element -> objects.add(plain((JsonObject) element)));
        }
        return objects;
    }

    private void requireDomains(
            TwinEngine engine, Instant now, AsOf asOf, io.souverix.twin.engine.past.AsOf question) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        String cursor = null;
        do {
            JsonObject page = engine.insight().domains().list(question, cursor, 2);
            if (page.member("domains") instanceof JsonArray(List<Json> domains)) {
                domains.forEach(domain -> found.add(plain((JsonObject) domain)));
            }
            cursor = page.member("next_cursor") instanceof JsonString(String next) ? next : null;
        } while (cursor != null);
        List<Map<String, @Nullable Object>> expected = judge.domains(now, asOf);
        assertThat(found).as("domains at " + now + ", " + what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            same("domain at " + now + " (" + question + ")", expected.get(i), found.get(i));
            String id = String.valueOf(expected.get(i).get("id"));
            Map<String, @Nullable Object> one =
                    plain(engine.insight().domains().domain(id, question));
            same(
                    "claims of " + id,
                    Map.of("claims", judge.claims(id, now, asOf)),
                    Map.of("claims", Objects.requireNonNull(one.get("claims"))));
        }
    }

    /// Compares every aggregate by every dimension.
    void requireAggregates(TwinEngine engine, Instant now) {
        requireAggregates(engine, now, AsOf.PRESENT, io.souverix.twin.engine.past.AsOf.PRESENT);
    }

    private void requireAggregates(
            TwinEngine engine, Instant now, AsOf asOf, io.souverix.twin.engine.past.AsOf question) {
        for (Projection projection : Projection.values()) {
            for (boolean decommissioned : new boolean[] {false, true}) {
                for (Dimension dimension : Dimension.values()) {
                    requireAggregate(
                            engine,
                            projection,
                            List.of(dimension),
                            decommissioned,
                            now,
                            asOf,
                            question);
                }
            }
        }
    }

    /// Each projection by one or two dimensions: which ones the instant decides.
    private void requireSomeAggregates(
            TwinEngine engine, Instant at, io.souverix.twin.engine.past.AsOf question) {
        Dimension[] dimensions = Dimension.values();
        int draw = Math.floorMod(at.hashCode() * 31, 1_000);
        for (Projection projection : Projection.values()) {
            Dimension first = dimensions[draw % dimensions.length];
            Dimension second = dimensions[(draw + 1 + draw % 3) % dimensions.length];
            List<Dimension> by = draw % 2 == 0 ? List.of(first) : List.of(first, second);
            requireAggregate(engine, projection, by, draw % 4 < 2, at, AsOf.AT, question);
            draw += 7;
        }
    }

    private void requireAggregate(
            TwinEngine engine,
            Projection projection,
            List<Dimension> by,
            boolean decommissioned,
            Instant now,
            AsOf asOf,
            io.souverix.twin.engine.past.AsOf question) {
        String groups = by.stream().map(Dimension::word).collect(Collectors.joining(","));
        JsonObject answer =
                engine.projection(projection, by, decommissioned, question)
                        .with("position", null)
                        .with("known_at", null);
        same(
                projection + " by " + groups + " at " + now + " " + question,
                judge.projection(projection.word(), groups, now, asOf, decommissioned),
                plain(answer));
    }

    /// Compares every twin, its drift and ledger as of an instant.
    void requireAgreementAt(TwinEngine engine, Instant at) {
        requireAgreementAt(engine, at, io.souverix.twin.engine.past.AsOf.at(Times.micros(at)));
    }

    /// Compares every twin, its drift and ledger as of an instant, asked in a way that counts only
    /// the events this judge was given.
    void requireAgreementAt(
            TwinEngine engine, Instant at, io.souverix.twin.engine.past.AsOf question) {
        List<String> nodes = judge.nodes(at, AsOf.AT);
        assertThat(ids(engine, question)).as("nodes at " + at + ", " + what).isEqualTo(nodes);
        requireSomeAggregates(engine, at, question);
        for (String node : nodes) {
            requireTwin(engine, node, at, AsOf.AT, question);
        }
        requireDomains(engine, at, AsOf.AT, question);
        requireAttention(engine, at, AsOf.AT, question);
        requireRollouts(engine, at, AsOf.AT, question);
    }

    /// The ids of all twins, read in pages.
    private static List<String> ids(TwinEngine engine, io.souverix.twin.engine.past.AsOf question) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            TwinEngine.TwinsPage page = engine.twins(question, true, cursor, 3);
            for (JsonObject twin : page.twins()) {
                JsonObject identity = (JsonObject) Objects.requireNonNull(twin.member("identity"));
                ids.add(String.valueOf(plainText(identity, "immutable_id")));
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids;
    }

    private static @Nullable Object plainText(JsonObject object, String member) {
        return PlainJson.read(JsonWriter.text(Objects.requireNonNull(object.member(member))));
    }

    private void requireTwin(
            TwinEngine engine,
            String node,
            Instant now,
            AsOf asOf,
            io.souverix.twin.engine.past.AsOf question) {
        String where = node + " at " + now + " (" + question + ")";
        same("twin " + where, judge.twin(node, now, asOf), plain(engine.twin(node, question)));
        sameAsText(
                "twin " + where, engine.twin(node, question), engine.writtenTwin(node, question));
        same("drift " + where, judge.drift(node, now, asOf), plain(engine.drift(node, question)));
        same(
                "trust " + where,
                judge.trust(node, now, asOf),
                withoutReasons(plain(engine.trust(node, question))));
        same(
                "ledger " + where,
                retained(judge.ledger(node, now, asOf), engine),
                retained(plain(engine.ledger(node, question, null, Integer.MAX_VALUE)), engine));
    }

    /// Of a ledger the state that stood at the floor of a log that was cut, and what came after it.
    /// (Whether that first one was regular is not retained.)
    private static Map<String, @Nullable Object> retained(
            Map<String, @Nullable Object> ledger, TwinEngine engine) {
        long floor = engine.earliestMicros();
        if (floor == Long.MIN_VALUE || !(ledger.get("history") instanceof List<?> entries)) {
            return ledger;
        }
        List<Map<String, @Nullable Object>> since = new ArrayList<>();
        for (Object entry : entries) {
            Map<String, @Nullable Object> one = members(entry);
            long micros = Times.parse(String.valueOf(one.get("timestamp"))).orElseThrow();
            if (micros <= floor) {
                since.clear();
                one.remove("regular");
            }
            since.add(one);
        }
        Map<String, @Nullable Object> retained = new LinkedHashMap<>(ledger);
        retained.put("history", since);
        return retained;
    }

    private static Map<String, @Nullable Object> members(Object object) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) object).forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    /// What is written straight as text is the tree, written.
    private void sameAsText(String question, Answer tree, WrittenAnswer written) {
        if (tree instanceof Answer.Found(JsonObject body, JsonObject meta)
                && written instanceof WrittenAnswer.Written(JsonWriter text, int bodyLength)) {
            String whole = text.toString();
            String expected = JsonWriter.text(body);
            String members = expected.substring(0, expected.length() - 1);
            assertThat(whole)
                    .as(question + ", " + what)
                    .isEqualTo(members + ",\"meta\":" + JsonWriter.text(meta) + "}");
            assertThat(bodyLength)
                    .as(question + ", " + what)
                    .isEqualTo(members.getBytes(StandardCharsets.UTF_8).length);
            return;
        }
        assertThat(written).as(question + ", " + what).isEqualTo(tree);
    }

    /// The reasons of the parts are for people.
    private static Map<String, @Nullable Object> withoutReasons(
            Map<String, @Nullable Object> trust) {
        if (trust.get("parts") instanceof Map<?, ?> parts) {
            parts.values().forEach(part -> ((Map<?, ?>) part).remove("reason"));
        }
        return trust;
    }

    private Map<String, @Nullable Object> plain(Answer answer) {
        if (!(answer instanceof Answer.Found(JsonObject body, JsonObject meta))) {
            throw new AssertionError("found " + answer + ", expected an answer, " + what);
        }
        Map<String, @Nullable Object> plain = plain(body);
        plain.put("meta", plain(meta.with("position", null).with("known_at", null)));
        return plain;
    }

    private static Map<String, @Nullable Object> plain(JsonObject object) {
        return new LinkedHashMap<>(PlainJson.readObject(JsonWriter.text(object)));
    }

    private void same(
            String question,
            Map<String, @Nullable Object> expected,
            Map<String, @Nullable Object> answer) {
        if (PlainJson.canonical(expected).equals(PlainJson.canonical(answer))) {
            return;
        }
        List<String> differences = PlainJson.differences(expected, answer);
        throw new AssertionError(
                question
                        + ", "
                        + what
                        + ":\n"
                        + String.join("\n", differences)
                        + "\nexpected "
                        + PlainJson.write(expected));
    }
}

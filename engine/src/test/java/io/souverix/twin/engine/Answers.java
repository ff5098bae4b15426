package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.EventsQuery.Page;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that an engine answers, as lines of text to be compared: twins, drift, ledgers, histories,
/// aggregates and the digest. What is outside the law (positions) is left out.
final class Answers {
    private Answers() {}

    static List<String> of(TwinEngine engine) {
        List<String> lines = new ArrayList<>();
        for (String node : nodes(engine)) {
            lines.addAll(ofNode(engine, node));
        }
        for (Projection projection : Projection.values()) {
            for (Dimension dimension : Dimension.values()) {
                for (boolean decommissioned : new boolean[] {false, true}) {
                    lines.add(
                            JsonWriter.text(
                                    engine.projection(
                                                    projection,
                                                    List.of(dimension),
                                                    decommissioned,
                                                    AsOf.PRESENT)
                                            .with("position", null)));
                }
            }
        }
        lines.add("digest " + engine.status().digest() + " of " + engine.status().events());
        return lines;
    }

    static List<String> ofNode(TwinEngine engine, String node) {
        List<String> lines = new ArrayList<>();
        lines.add("twin " + text(engine.twin(node, AsOf.PRESENT)));
        lines.add("drift " + text(engine.drift(node, AsOf.PRESENT)));
        lines.add("ledger " + text(engine.ledger(node, AsOf.PRESENT, null, Integer.MAX_VALUE)));
        for (Stored stored : history(engine, node)) {
            lines.add(
                    "event %s %s%s"
                            .formatted(
                                    stored.event().id(),
                                    stored.event().hash().hex(),
                                    stored.annulled() ? " annulled" : ""));
        }
        return lines;
    }

    static List<String> nodes(TwinEngine engine) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            TwinEngine.TwinsPage page =
                    engine.twins(AsOf.PRESENT, true, cursor, TwinEngine.MAX_PAGE);
            page.twins().forEach(twin -> ids.add(id(twin)));
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids;
    }

    private static String id(JsonObject twin) {
        JsonObject identity = (JsonObject) Objects.requireNonNull(twin.member("identity"));
        return ((JsonString) Objects.requireNonNull(identity.member("immutable_id"))).value();
    }

    /// The whole history of a node, read in pages; empty where the node is unknown.
    static List<Stored> history(TwinEngine engine, String node) {
        List<Stored> all = new ArrayList<>();
        String cursor = null;
        do {
            Optional<Page> page = engine.events(node, everything(cursor));
            page.ifPresent(some -> all.addAll(some.events()));
            cursor = page.map(Page::nextCursor).orElse(null);
        } while (cursor != null);
        return all;
    }

    private static EventsQuery everything(@Nullable String cursor) {
        return new EventsQuery(
                Long.MIN_VALUE, Long.MAX_VALUE, List.of(), false, 97, AsOf.PRESENT, cursor);
    }

    /// Fails with the first line that differs.
    static void requireSame(List<String> found, List<String> expected, String what) {
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
            if (!found.get(i).equals(expected.get(i))) {
                throw new AssertionError(
                        "%s:%nfound    %s%nexpected %s"
                                .formatted(what, found.get(i), expected.get(i)));
            }
        }
        if (found.size() != expected.size()) {
            throw new AssertionError(
                    "%s: found %d lines, expected %d"
                            .formatted(what, found.size(), expected.size()));
        }
    }

    /// What a twin has at a path like `connectivity/state`, in JSON.
    static String value(TwinEngine engine, String node, String path) {
        return value(engine.twin(node, AsOf.PRESENT), path);
    }

    static String value(Answer answer, String path) {
        if (!(answer instanceof Answer.Found(JsonObject body, JsonObject _))) {
            return answer.toString();
        }
        return value(body, path);
    }

    static String value(JsonObject body, String path) {
        Json value = body;
        for (String name : path.split("/", -1)) {
            value = value instanceof JsonObject object ? object.member(name) : null;
        }
        return value == null ? "nothing" : JsonWriter.text(value);
    }

    /// The body with `meta`, but for its position.
    static String text(Answer answer) {
        return switch (answer) {
            case Answer.Found(JsonObject body, JsonObject meta) ->
                    JsonWriter.text(body) + " " + JsonWriter.text(meta.with("position", null));
            case Answer.Unknown _, Answer.NotYetKnown _ -> answer.toString();
        };
    }
}

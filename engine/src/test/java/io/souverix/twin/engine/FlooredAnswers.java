package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.List;

/// All answers of an engine whose log was cut, to be compared with those of one whose log was not: of
/// ledgers what came after the floor and the state that stood then. Positions are left out.
final class FlooredAnswers {
    private final TwinEngine engine;
    private final long floorMicros;

    private FlooredAnswers(TwinEngine engine, long floorMicros) {
        this.engine = engine;
        this.floorMicros = floorMicros;
    }

    /// Fails with the first answer that differs.
    static void requireSame(
            TwinEngine cut, AsOf ofCut, TwinEngine whole, AsOf ofWhole, String what) {
        long floor = cut.earliestMicros();
        List<String> nodes = Answers.nodes(whole);
        Answers.requireSame(
                new FlooredAnswers(cut, floor).all(nodes, ofCut),
                new FlooredAnswers(whole, floor).all(nodes, ofWhole),
                what);
    }

    private List<String> all(List<String> nodes, AsOf asOf) {
        List<String> answers = new ArrayList<>();
        for (String node : nodes) {
            answers.add(node + " twin " + Answers.text(engine.twin(node, asOf)));
            answers.add(node + " drift " + Answers.text(engine.drift(node, asOf)));
            answers.add(node + " trust " + Answers.text(engine.trust(node, asOf)));
            answers.add(node + " ledger " + ledger(node, asOf));
            answers.add(node + " events " + events(node, asOf));
        }
        for (Projection projection : Projection.values()) {
            for (Dimension dimension : Dimension.values()) {
                answers.add(text(engine.projection(projection, List.of(dimension), true, asOf)));
            }
        }
        AttentionQueries.Filter all = new AttentionQueries.Filter(null, null, null);
        answers.add(text(engine.insight().attention().list(asOf, all, null, TwinEngine.MAX_PAGE)));
        answers.add(text(engine.insight().domains().list(asOf, null, TwinEngine.MAX_PAGE)));
        answers.add(text(engine.insight().rollouts().list(asOf, null, TwinEngine.MAX_PAGE)));
        answers.add("digest " + engine.status().digest() + " of " + engine.status().events());
        return answers;
    }

    private static String text(JsonObject answer) {
        return JsonWriter.text(answer.with("position", null));
    }

    private String ledger(String node, AsOf asOf) {
        if (!(engine.ledger(node, asOf, null, Integer.MAX_VALUE) instanceof Answer.Found found)
                || !(found.body().member("history") instanceof JsonArray(List<Json> all))) {
            return "none";
        }
        List<String> since = new ArrayList<>();
        for (Json entry : all) {
            JsonObject object = (JsonObject) entry;
            if (micros(object) <= floorMicros) {
                since.clear();
                // The first entry of a ledger is regular; it is not the first where nothing was
                // cut.
                since.add(JsonWriter.text(object.with("regular", null)));
            } else {
                since.add(JsonWriter.text(object));
            }
        }
        return since.toString();
    }

    private static long micros(JsonObject entry) {
        return entry.member("timestamp") instanceof Json.JsonString(String text)
                ? Times.parse(text).orElseThrow()
                : 0;
    }

    private String events(String node, AsOf asOf) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            EventsQuery query =
                    new EventsQuery(
                            floorMicros + 1, Long.MAX_VALUE, List.of(), false, 89, asOf, cursor);
            EventsQuery.Page page = engine.events(node, query).orElse(null);
            cursor = page == null ? null : page.nextCursor();
            if (page != null) {
                page.events()
                        .forEach(stored ->
                                ids.add(stored.event().hash().hex() + " " + stored.annulled()));
            }
        } while (cursor != null);
        return ids.toString();
    }
}

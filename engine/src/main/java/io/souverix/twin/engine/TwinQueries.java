package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.json.TextSink;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Queries.Sight;
import io.souverix.twin.engine.shard.Shard;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Questions to one node.
final class TwinQueries {
    /// Most twins fit into so many bytes.
    private static final int WRITTEN_BYTES = 6 * 1024;

    private final List<Shard> shards;
    private final Catalogues catalogues;
    private final LongSupplier nowMicros;
    private final LongSupplier floorMicros;

    /// @param floorMicros before which nothing is retained
    TwinQueries(
            List<Shard> shards,
            Catalogues catalogues,
            LongSupplier nowMicros,
            LongSupplier floorMicros) {
        this.shards = List.copyOf(shards);
        this.catalogues = catalogues;
        this.nowMicros = nowMicros;
        this.floorMicros = floorMicros;
    }

    Shard shard(String id) {
        return shards.get(Committer.shardOf(id.hashCode(), shards.size()));
    }

    Queries queries(String id) {
        return shard(id).queries();
    }

    Answer twin(String id, AsOf asOf) {
        return see(id, asOf, nowMicros.getAsLong(), seen -> seen.view().json());
    }

    /// The twin, written while nothing of it changes.
    WrittenAnswer written(String id, AsOf asOf) {
        return queries(id)
                .see(
                        id,
                        asOf,
                        nowMicros.getAsLong(),
                        catalogues,
                        sight ->
                                switch (sight) {
                                    case Sight.Missing missing -> told(missing);
                                    case Sight.Found(Seen seen) -> written(id, seen, asOf);
                                });
    }

    private WrittenAnswer written(String id, Seen seen, AsOf asOf) {
        JsonWriter text = new JsonWriter(WRITTEN_BYTES).ascii("{");
        try {
            seen.view().render(new TextSink(text));
        } catch (RuntimeException e) {
            throw fault(id, e);
        }
        int bodyLength = text.length();
        text.ascii(",\"meta\":").write(marked(seen, asOf)).ascii("}");
        return new WrittenAnswer.Written(text, bodyLength);
    }

    Answer drift(String id, AsOf asOf) {
        return see(
                id,
                asOf,
                nowMicros.getAsLong(),
                seen -> seen.view().driftJson(queries(id).eventIds()));
    }

    /// Sees a node at a moment and renders it.
    ///
    /// @throws TwinFault where it cannot be shown
    Answer see(String id, AsOf asOf, long moment, Function<Seen, JsonObject> render) {
        return queries(id)
                .see(
                        id,
                        asOf,
                        moment,
                        catalogues,
                        sight ->
                                switch (sight) {
                                    case Sight.Missing missing -> told(missing);
                                    case Sight.Found(Seen seen) ->
                                            new Answer.Found(
                                                    shown(id, seen, render), marked(seen, asOf));
                                });
    }

    private static JsonObject shown(String id, Seen seen, Function<Seen, JsonObject> render) {
        try {
            return render.apply(seen);
        } catch (RuntimeException e) {
            throw fault(id, e);
        }
    }

    private static TwinFault fault(String id, RuntimeException cause) {
        System.getLogger(TwinQueries.class.getName())
                .log(System.Logger.Level.ERROR, "cannot show " + id, cause);
        return new TwinFault(id, cause);
    }

    /// The `meta`, with a mark where something of the node is set aside.
    JsonObject marked(Seen seen, AsOf asOf) {
        JsonObject meta = meta(seen, asOf);
        String id = seen.view().twin().id();
        if (!queries(id).isQuarantined(id)) {
            return meta;
        }
        return joined(meta, new JsonObject.Builder().put("quarantined", true).build());
    }

    /// The members of one object, then those of another.
    static JsonObject joined(JsonObject first, JsonObject second) {
        JsonObject.Builder both = new JsonObject.Builder();
        first.forEach(both::put);
        second.forEach(both::put);
        return both.build();
    }

    /// Shows a twin, where it is there, while nothing of it changes.
    void view(String id, AsOf asOf, Consumer<TwinView> visitor) {
        var _ =
                queries(id)
                        .see(
                                id,
                                asOf,
                                nowMicros.getAsLong(),
                                catalogues,
                                sight -> {
                                    if (sight instanceof Sight.Found(Seen seen)) {
                                        visitor.accept(seen.view());
                                    }
                                    return true;
                                });
    }

    static JsonObject meta(Seen seen, AsOf asOf) {
        Tally tally = seen.tally();
        JsonObject.Builder meta =
                new JsonObject.Builder()
                        .put("revision", tally.revision().hex())
                        .put("events", tally.events())
                        .put("position", new Position(seen.address()).token())
                        .put("updated_at", Times.text(tally.updatedMicros()))
                        .put("at", Times.text(seen.view().nowMicros()));
        putKnownAt(meta, asOf);
        return meta.build();
    }

    /// Says `known_at`, where it was asked for.
    static void putKnownAt(JsonObject.Builder answer, AsOf asOf) {
        if (asOf.knownMicros() != Times.NONE) {
            answer.put("known_at", Times.text(asOf.knownMicros()));
        }
    }

    Answer ledger(String id, AsOf asOf, int offset, int limit, String list) {
        long now = asOf.clock(nowMicros.getAsLong());
        List<JsonObject> entries = queries(id).ledger(id, asOf, now, floorMicros.getAsLong());
        return see(
                id,
                asOf,
                now,
                _ -> {
                    int from = Math.min(offset, entries.size());
                    int to = Math.min(entries.size(), from + Math.min(limit, entries.size()));
                    List<Json> page = List.copyOf(entries.subList(from, to));
                    JsonObject.Builder body =
                            new JsonObject.Builder()
                                    .put("node_id", id)
                                    .put("state", state(entries))
                                    .put("history", new JsonArray(page));
                    if (to < entries.size()) {
                        String key = Integer.toString(to);
                        body.put("next_cursor", new PageCursor(list, asOf, key).token());
                    }
                    return body.build();
                });
    }

    private static Json state(List<JsonObject> entries) {
        return Json.orNull(entries.isEmpty() ? null : entries.getLast().member("state"));
    }

    /// Why nothing is answered of a node as of; null where it is known.
    Answer.@Nullable Missing missing(String id, AsOf asOf) {
        Sight.Missing missing = queries(id).missing(id, asOf);
        return missing == null ? null : told(missing);
    }

    private static Answer.Missing told(Sight.Missing missing) {
        return switch (missing) {
            case Sight.Unknown _ -> new Answer.Unknown();
            case Sight.NotYetKnown(long first) -> new Answer.NotYetKnown(first);
        };
    }

    Optional<EventsQuery.Page> events(
            String id, EventsQuery query, AsOf asOf, @Nullable PageCursor cursor, String list) {
        return new EventsPage(queries(id), query, asOf, cursor, floorMicros.getAsLong())
                .read(id, list);
    }
}

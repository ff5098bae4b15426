package io.souverix.twin.engine;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers an aggregate over time, in one pass over the columns: each node says at which points it
/// counts otherwise than at the point before, and the sums are carried from point to point.
final class ProjectionHistory {
    private final HistoryQuery query;
    private final Catalogues catalogues;

    /// A node that counts otherwise from a point on: out as what it was, in as what it is.
    private record Change(Face face, int sign) {}

    ProjectionHistory(HistoryQuery query, Catalogues catalogues) {
        this.query = query;
        this.catalogues = catalogues;
    }

    /// @param asOf of the query, pinned
    /// @throws IllegalArgumentException where there are too many rows
    JsonObject read(List<Shard> shards, AsOf asOf, Position position) {
        List<List<List<Change>>> changes = SideBySide.each(shards, shard -> changes(shard, asOf));
        List<GroupedSums> sums = shards.stream().map(_ -> new GroupedSums(query.by())).toList();
        List<Json> points = new ArrayList<>(query.points());
        int rows = 0;
        for (int i = 0; i < query.points(); i++) {
            for (int shard = 0; shard < sums.size(); shard++) {
                GroupedSums part = sums.get(shard);
                changes.get(shard).get(i).forEach(change -> part.add(change.face(), change.sign()));
                rows += part.size();
            }
            if (rows > HistoryQuery.MAX_ROWS) {
                throw new IllegalArgumentException(
                        "found more than "
                                + HistoryQuery.MAX_ROWS
                                + " rows: take a longer step or fewer groups");
            }
            long at = query.point(i);
            JsonObject.Builder point = new JsonObject.Builder().put("at", Times.text(at));
            GroupedSums.put(point, sums, query.projection(), domains(asOf, at), at);
            points.add(point.build());
        }
        return answer(points, asOf, position);
    }

    /// The domains of a point, where they show.
    private Catalogue domains(AsOf asOf, long at) {
        return query.projection() == Projection.AUTHORITY
                ? catalogues.domains(new AsOf(at, asOf.before()))
                : Catalogue.EMPTY;
    }

    private JsonObject answer(List<Json> points, AsOf asOf, Position position) {
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("projection", query.projection().word())
                        .put("group_by", GroupedSums.words(query.by()))
                        .put("since", Times.text(query.sinceMicros()))
                        .put("until", Times.text(query.untilMicros()))
                        .put("step_seconds", query.stepMicros() / Times.MICROS_PER_SECOND)
                        .put("at", Times.text(asOf.nowMicros()));
        TwinQueries.putKnownAt(answer, asOf);
        return answer.put("position", position.token())
                .put("points", new JsonArray(points))
                .build();
    }

    /// What changes at each point, of the nodes of a shard.
    private List<List<Change>> changes(Shard shard, AsOf asOf) {
        List<List<Change>> changes = new ArrayList<>(query.points());
        for (int i = 0; i < query.points(); i++) {
            changes.add(new ArrayList<>());
        }
        shard.queries()
                .faces()
                .over(
                        query.untilMicros(),
                        asOf,
                        catalogues,
                        (column, faces) -> {
                            if (column == null) {
                                compare(changes, faces::apply);
                            } else {
                                sweep(changes, column);
                            }
                        });
        return changes;
    }

    /// Goes along a column.
    private void sweep(List<List<Change>> changes, Column column) {
        int index = -1;
        Face before = null;
        for (int i = 0; i < query.points(); i++) {
            int next = index;
            while (next + 1 < column.size() && column.time(next + 1) <= query.point(i)) {
                next++;
            }
            if (next != index) {
                index = next;
                before = change(changes.get(i), before, column.face(index));
            }
        }
    }

    private interface AtInstant {
        @Nullable Face face(long micros);
    }

    /// Asks for a face at every point.
    private void compare(List<List<Change>> changes, AtInstant instants) {
        Face before = null;
        for (int i = 0; i < query.points(); i++) {
            before = change(changes.get(i), before, instants.face(query.point(i)));
        }
    }

    private @Nullable Face change(
            List<Change> changes, @Nullable Face before, @Nullable Face found) {
        if (before != null && before.equals(found)) {
            return before;
        }
        Face now =
                found == null || (found.decommissioned() && !query.decommissioned()) ? null : found;
        if (before != null) {
            changes.add(new Change(before, -1));
        }
        if (now != null) {
            changes.add(new Change(now, 1));
        }
        return now;
    }
}

package io.souverix.twin.engine;

import io.souverix.twin.core.attention.Inbox;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.FaceVisitor;
import io.souverix.twin.engine.shard.Faces;
import io.souverix.twin.engine.shard.Meaning;
import io.souverix.twin.engine.shard.Queries.Accepted;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.ShardInbox;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions to the whole fleet: the shards' partial answers, merged.
final class FleetQueries {
    private final List<Shard> shards;
    private final Catalogues catalogues;
    private final LongSupplier nowMicros;
    private final Meaning meaning;

    /// The fleet as it was shown last: without the decommissioned, and with them.
    private final AtomicReferenceArray<@Nullable ShownFleet> shown = new AtomicReferenceArray<>(2);

    FleetQueries(List<Shard> shards, Catalogues catalogues, LongSupplier nowMicros) {
        this.shards = List.copyOf(shards);
        this.catalogues = catalogues;
        this.nowMicros = nowMicros;
        this.meaning = shards.getFirst().meaning();
    }

    /// Shows the face of every node that is there as of a question, in no order.
    ///
    /// @param asOf pinned; or the present, each node then as it stands when it is passed
    void eachFace(AsOf asOf, FaceVisitor visitor) {
        for (Shard shard : shards) {
            shard.queries().faces().each(asOf, catalogues, visitor);
        }
    }

    /// The same to a visitor a shard, side by side; gives the visitors.
    <V extends FaceVisitor> List<V> eachFaceApart(AsOf asOf, Supplier<V> visitor) {
        return SideBySide.each(
                shards,
                shard -> {
                    V own = visitor.get();
                    shard.queries().faces().each(asOf, catalogues, own);
                    return own;
                });
    }

    /// Shows every node over time, up to an instant, in no order.
    ///
    /// @param asOf pinned; its own instant does not matter
    void eachOver(long upToMicros, AsOf asOf, Faces.OverTime visitor) {
        for (Shard shard : shards) {
            shard.queries().faces().over(upToMicros, asOf, catalogues, visitor);
        }
    }

    /// An aggregate over time.
    ///
    /// @param asOf pinned
    JsonObject history(HistoryQuery query, AsOf asOf, Position position) {
        return new ProjectionHistory(query, catalogues).read(shards, asOf, position);
    }

    void eachColumn(long upToMicros, Faces.ColumnVisitor visitor) {
        for (Shard shard : shards) {
            shard.queries().faces().columns(upToMicros, catalogues, visitor);
        }
    }

    void prepareColumns(BooleanSupplier going) {
        for (Shard shard : shards) {
            var _ = shard.queries().faces().prepare(catalogues, going);
        }
    }

    long columnEntries() {
        return shards.stream().mapToLong(shard -> shard.queries().faces().entries()).sum();
    }

    /// One aggregate: a row for the whole and one a group.
    ///
    /// @param asOf pinned, or the present
    JsonObject projection(
            Projection projection,
            List<Dimension> by,
            boolean decommissioned,
            AsOf asOf,
            Position position) {
        long now = asOf.clock(nowMicros.getAsLong());
        if (asOf.countsAll()) {
            tick(now);
            if (by.size() < 2) {
                Dimension groupBy = by.isEmpty() ? null : by.getFirst();
                return still(() -> render(projection, groupBy, decommissioned, position, now));
            }
        }
        List<GroupedSums> parts =
                SideBySide.each(shards, shard -> counted(shard, by, decommissioned, asOf));
        return render(projection, by, parts, catalogues.domains(asOf), asOf, now, position);
    }

    /// Renders an aggregate of sums, a part a shard.
    ///
    /// @param domains all of them, as of the question
    static JsonObject render(
            Projection projection,
            List<Dimension> by,
            List<GroupedSums> parts,
            Catalogue domains,
            AsOf asOf,
            long now,
            Position position) {
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("projection", projection.word())
                        .put("group_by", GroupedSums.words(by))
                        .put("at", Times.text(now));
        TwinQueries.putKnownAt(answer, asOf);
        GroupedSums.put(answer.put("position", position.token()), parts, projection, domains, now);
        return answer.build();
    }

    private GroupedSums counted(
            Shard shard, List<Dimension> by, boolean decommissioned, AsOf asOf) {
        GroupedSums sums = new GroupedSums(by);
        shard.queries()
                .faces()
                .each(
                        asOf,
                        catalogues,
                        (_, face) -> {
                            if (decommissioned || !face.decommissioned()) {
                                sums.add(face, 1);
                            }
                        });
        return sums;
    }

    /// Fires the timers that are due.
    void tick(long now) {
        for (Shard shard : shards) {
            if (shard.anyDue(now)) {
                shard.tick(now);
            }
        }
    }

    /// Renders an aggregate of the sums as they stand; the caller keeps the shards still.
    JsonObject render(
            Projection projection,
            @Nullable Dimension groupBy,
            boolean decommissioned,
            Position position,
            long now) {
        Catalogue catalogue = shards.getFirst().queries().catalogue();
        ShownFleet fleet = shown(decommissioned);
        JsonObject total = fleet.whole().row(projection, meaning).at(catalogue, now);
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("projection", projection.word())
                        .put("group_by", groupBy == null ? null : groupBy.word())
                        .put("at", Times.text(now))
                        .put("position", position.token())
                        .put("total", total);
        Json groups =
                groupBy == null
                        ? new JsonArray(List.of())
                        : fleet.groups(groupBy).rows(projection, meaning, catalogue, now);
        return answer.put("groups", groups).build();
    }

    /// The sum of the hashes of an aggregate by every dimension; the caller keeps the shards still.
    String digest(Projection projection, long now) {
        EventHash sum = EventHash.ZERO;
        for (Dimension dimension : Dimension.values()) {
            byte[] bytes =
                    JsonWriter.bytes(render(projection, dimension, true, new Position(0), now));
            sum = sum.plus(EventHash.of(bytes, bytes.length));
        }
        return sum.hex();
    }

    /// The same of every projection, as of a question.
    ///
    /// @param asOf pinned
    /// @param now the instant that elapsed times are measured to, the same for whatever is compared
    Map<Projection, String> digests(AsOf asOf, long now) {
        List<List<GroupedSums>> byShard =
                SideBySide.each(shards, shard -> countedByAll(shard, asOf));
        Catalogue domains = catalogues.domains(asOf);
        Map<Projection, String> digests = new EnumMap<>(Projection.class);
        for (Projection projection : Projection.values()) {
            EventHash sum = EventHash.ZERO;
            for (Dimension dimension : Dimension.values()) {
                List<GroupedSums> parts =
                        byShard.stream().map(sums -> sums.get(dimension.ordinal())).toList();
                List<Dimension> by = List.of(dimension);
                Position none = new Position(0);
                byte[] bytes =
                        JsonWriter.bytes(
                                render(projection, by, parts, domains, AsOf.PRESENT, now, none));
                sum = sum.plus(EventHash.of(bytes, bytes.length));
            }
            digests.put(projection, sum.hex());
        }
        return digests;
    }

    /// The sums by each dimension, of one pass.
    private List<GroupedSums> countedByAll(Shard shard, AsOf asOf) {
        List<GroupedSums> all = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            all.add(new GroupedSums(List.of(dimension)));
        }
        shard.queries()
                .faces()
                .each(asOf, catalogues, (_, face) -> all.forEach(sums -> sums.add(face, 1)));
        return all;
    }

    /// Asks while no shard changes: takes their read locks one after the other, always in order.
    private <T> T locked(int from, Supplier<T> question) {
        return from == shards.size()
                ? question.get()
                : shards.get(from).queries().locked(() -> locked(from + 1, question));
    }

    /// Runs while no shard changes.
    <T> T still(Supplier<T> question) {
        return locked(0, question);
    }

    private List<FleetSums> sums(boolean decommissioned) {
        List<FleetSums> sums = new ArrayList<>();
        for (Shard shard : shards) {
            sums.add(shard.queries().sums(false));
            if (decommissioned) {
                sums.add(shard.queries().sums(true));
            }
        }
        return sums;
    }

    private ShownFleet shown(boolean decommissioned) {
        int place = decommissioned ? 1 : 0;
        List<FleetSums> sums = sums(decommissioned);
        ShownFleet last = shown.get(place);
        if (last != null && last.isOf(sums)) {
            return last;
        }
        if (last != null) {
            // The other would hold the sums from before the recount, too.
            shown.set(1 - place, null);
        }
        ShownFleet fresh = new ShownFleet(sums);
        shown.set(place, fresh);
        return fresh;
    }

    /// What the nodes raise in attention by themselves.
    ///
    /// @param asOf pinned; or the present, each node then as it stands when it is passed
    /// @param standing whether the nodes are counted as they are asked about, but for those that
    ///     changed since the question was pinned
    /// @param now as of which the timers are to have fired
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    Inbox raised(AsOf asOf, boolean standing, long now, long highestEpoch) {
        if (standing) {
            tick(now);
        }
        List<Inbox> parts =
                SideBySide.each(
                        shards,
                        shard -> {
                            ShardInbox part = new ShardInbox(shard, asOf, catalogues, highestEpoch);
                            return standing ? part.standing() : part.past();
                        });
        Inbox all = parts.getFirst();
        parts.subList(1, parts.size()).forEach(all::addAll);
        return all;
    }

    /// The latest instant that a node was counted at; the timers that are due have fired.
    long countedMicros(long now) {
        tick(now);
        long counted = Long.MIN_VALUE;
        for (Shard shard : shards) {
            counted = Math.max(counted, shard.queries().countedMicros());
        }
        return counted;
    }

    /// What was accepted of all nodes.
    record Totals(long nodes, long events, EventHash digest) {}

    Totals totals() {
        long nodes = 0;
        long events = 0;
        EventHash digest = EventHash.ZERO;
        for (Shard shard : shards) {
            Accepted accepted = shard.queries().accepted();
            nodes += shard.queries().nodes();
            events += accepted.events();
            digest = digest.plus(accepted.digest());
        }
        return new Totals(nodes, events, digest);
    }
}

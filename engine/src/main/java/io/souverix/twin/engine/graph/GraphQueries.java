package io.souverix.twin.engine.graph;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.graph.DomainTree;
import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.core.graph.Walks;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.core.graph.layout.LayoutBytes.Stamp;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.FaceVisitor;
import io.souverix.twin.engine.shard.Faces;
import io.souverix.twin.engine.shard.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions to the graph of the fleet and to its map, of the present or of an instant. Thread-safe.
public final class GraphQueries {
    private final LiveGraph live;
    private final PastGraphs pasts = new PastGraphs();
    private final Walks.Pool walks = new Walks.Pool();
    private final FleetMap map;
    private final Fleet fleet;

    /// What the graph is made of.
    public interface Fleet {
        /// Visits every node that there is in a question, in any order.
        void each(AsOf asOf, FaceVisitor visitor);

        /// The same to several visitors, side by side, each of them sees a part; gives them.
        <V extends FaceVisitor> List<V> eachApart(AsOf asOf, Supplier<V> visitor);

        /// Shows every node over time, up to an instant.
        ///
        /// @param asOf pinned; its own instant does not matter
        void over(long upToMicros, AsOf asOf, Faces.OverTime visitor);

        /// Who governs a node; null where nobody does.
        @Nullable Authority authority(Identity identity, AsOf asOf);

        /// The domains that are registered.
        List<DomainTree.Registered> domains(AsOf asOf);

        /// Up to where the log is seen.
        long position();

        long nowMicros();
    }

    /// @param directory where the map is written down; null to keep it in memory
    public GraphQueries(List<Shard> shards, Fleet fleet, @Nullable Path directory) {
        this.live = new LiveGraph(shards);
        this.fleet = fleet;
        this.map = new FleetMap(directory == null ? null : new MapFile(directory));
    }

    /// A graph to be asked, and what asking needs.
    ///
    /// @param domains the domain tree, made where it is wanted
    /// @param asOf the question it answers, pinned; it may have seen what is newer where the present
    ///     was asked for
    public record Asked(FleetGraph graph, Walks walks, Supplier<DomainTree> domains, AsOf asOf) {}

    /// Answers a question to the graph. The graph must not be used afterwards.
    public <T> T ask(AsOf asOf, Function<Asked, T> question) {
        AsOf pinned = pinned(asOf);
        Function<FleetGraph, T> asking =
                graph -> {
                    Walks borrowed = walks.borrow();
                    try {
                        Supplier<DomainTree> domains =
                                () -> DomainTree.of(fleet.domains(asOf), graph);
                        return question.apply(new Asked(graph, borrowed, domains, pinned));
                    } finally {
                        walks.giveBack(borrowed);
                    }
                };
        @Nullable T present = asOf.atMicros() == AsOf.ALL ? live.ask(asOf.before(), asking) : null;
        return present == null ? asking.apply(past(pinned)) : present;
    }

    private AsOf pinned(AsOf asOf) {
        return asOf.pinned(fleet.position(), fleet.nowMicros());
    }

    private FleetGraph past(AsOf pinned) {
        return pasts.graph(
                new PastGraphs.Key(pinned.atMicros(), pinned.before()),
                () -> {
                    FleetGraph graph = new FleetGraph();
                    GraphNodes nodes = new GraphNodes();
                    fleet.each(pinned, (id, face) -> graph.put(nodes.of(id, face)));
                    graph.settle();
                    return graph;
                });
    }

    /// Answers a question to the map of an instant.
    public <T> T map(AsOf asOf, MapQuestion<T> question) {
        AsOf pinned = pinned(asOf);
        return onMap(
                asOf.atMicros(),
                residents(asOf.countsAll() ? asOf : pinned),
                pinned,
                (lattice, _, stamp) -> question.apply(lattice, stamp));
    }

    /// A question to a revision of the map, which must not be used afterwards.
    @FunctionalInterface
    public interface MapQuestion<T> {
        T apply(Lattice lattice, Stamp stamp);
    }

    private static Stamp stamp(FleetMap.Revision revision, AsOf pinned) {
        return new Stamp(
                revision.number(), revision.fromMicros(), pinned.nowMicros(), pinned.before());
    }

    /// What the map shows of every home at an instant ([NodeBits]), by its index.
    public <T> T states(AsOf asOf, StatesQuestion<T> question) {
        AsOf pinned = pinned(asOf);
        List<Resident> seen = residents(asOf.countsAll() ? asOf : pinned);
        return onMap(
                asOf.atMicros(),
                seen,
                pinned,
                (lattice, homes, stamp) ->
                        question.apply(column(lattice, seen, homes, 0), lattice, stamp));
    }

    /// The states of an instant and of a base, on the map of the instant.
    public <T> T difference(long baseMicros, AsOf asOf, DifferenceQuestion<T> question) {
        AsOf pinned = pinned(asOf);
        List<Resident> base = residents(pinned.withAt(baseMicros));
        List<Resident> seen = residents(asOf.countsAll() ? asOf : pinned);
        List<Resident> both = new ArrayList<>(base);
        both.addAll(seen);
        return onMap(
                asOf.atMicros(),
                both,
                pinned,
                (lattice, homes, stamp) ->
                        question.apply(
                                column(lattice, base, homes, 0),
                                column(lattice, seen, homes, base.size()),
                                stamp));
    }

    /// Answers a question to the graph and the map of an instant. No home is given a slot for it.
    public <T> T drawn(AsOf asOf, DrawnQuestion<T> question) {
        return ask(
                asOf,
                asked ->
                        map.ask(
                                asOf.atMicros(),
                                List.of(),
                                () -> residents(AsOf.PRESENT),
                                (revision, _) ->
                                        question.apply(
                                                asked.graph(),
                                                revision.lattice(),
                                                stamp(revision, asked.asOf()))));
    }

    /// A question to the graph and a revision of the map, which must not be used afterwards.
    @FunctionalInterface
    public interface DrawnQuestion<T> {
        T apply(FleetGraph graph, Lattice lattice, Stamp stamp);
    }

    /// How many changes there were in each of the parts of a span of time ([MapChanges]).
    public long[] changes(MapChanges.Span span, AsOf asOf) {
        MapChanges changes = new MapChanges(span);
        fleet.over(span.untilMicros(), pinned(asOf), changes::take);
        return changes.counts();
    }

    private <T> T onMap(
            long atMicros, List<Resident> residents, AsOf pinned, HomesQuestion<T> question) {
        return map.ask(
                atMicros,
                residents,
                () -> residents(AsOf.PRESENT),
                (revision, homes) ->
                        question.apply(revision.lattice(), homes, stamp(revision, pinned)));
    }

    /// A question to the map and the indexes of the homes of some residents.
    @FunctionalInterface
    private interface HomesQuestion<T> {
        T apply(Lattice lattice, int[] homes, Stamp stamp);
    }

    /// A question to the states, which are the asker's.
    @FunctionalInterface
    public interface StatesQuestion<T> {
        T apply(short[] states, Lattice lattice, Stamp stamp);
    }

    /// A question to the states of two instants.
    @FunctionalInterface
    public interface DifferenceQuestion<T> {
        T apply(short[] base, short[] states, Stamp stamp);
    }

    /// The nodes that are there and not decommissioned.
    private List<Resident> residents(AsOf asOf) {
        long now = asOf.clock(fleet.nowMicros());
        List<Resident> all = new ArrayList<>();
        fleet.eachApart(asOf, () -> new Residents(now, identity -> fleet.authority(identity, asOf)))
                .forEach(part -> all.addAll(part.found));
        return all;
    }

    /// Gathers them, of one shard.
    private static final class Residents implements FaceVisitor {
        private final List<Resident> found = new ArrayList<>();
        private final StateBits bits;

        Residents(long nowMicros, Function<Identity, @Nullable Authority> authorities) {
            this.bits = new StateBits(nowMicros, authorities);
        }

        @Override
        public void visit(String id, Face face) {
            if (!face.decommissioned()) {
                Identity identity = face.identity();
                StateBits.Governed governed = bits.governed(identity);
                short state = (short) bits.of(face, governed.authority());
                found.add(new Resident(id, identity, governed.zone(), state));
            }
        }
    }

    /// @param homes their indexes, from a place on
    private static short[] column(
            Lattice lattice, List<Resident> residents, int[] homes, int from) {
        short[] states = new short[lattice.size()];
        Arrays.fill(states, (short) NodeBits.ABSENT);
        for (int i = 0; i < residents.size(); i++) {
            states[homes[from + i]] = residents.get(i).bits();
        }
        return states;
    }

    /// Packs the map anew: nodes move, from now on.
    public int repack() {
        return map.repack(fleet.nowMicros(), residents(AsOf.PRESENT)).number();
    }
}

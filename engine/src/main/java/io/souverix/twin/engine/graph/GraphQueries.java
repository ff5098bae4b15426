package io.souverix.twin.engine.graph;

import io.souverix.twin.core.graph.DomainTree;
import io.souverix.twin.core.graph.FleetGraph;
import io.souverix.twin.core.graph.GraphNode;
import io.souverix.twin.core.graph.Walks;
import io.souverix.twin.core.graph.layout.Home;
import io.souverix.twin.core.graph.layout.Lattice;
import io.souverix.twin.core.graph.layout.LayoutBytes.Stamp;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Shard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
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
        /// Visits every node as of an instant ([Queries#NOW] for the present), in any order.
        void each(long atMicros, Consumer<TwinView> visitor);

        /// The domains that were registered by an instant.
        List<DomainTree.Registered> domains(long atMicros);

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
    /// @param nowMicros the instant answered for
    /// @param position up to where the log was seen, at least
    public record Asked(
            FleetGraph graph,
            Walks walks,
            Supplier<DomainTree> domains,
            long nowMicros,
            long position) {}

    /// Answers a question to the graph of an instant. The graph must not be used afterwards.
    public <T> T ask(long atMicros, Function<Asked, T> question) {
        long position = fleet.position();
        long now = atMicros == Queries.NOW ? fleet.nowMicros() : atMicros;
        Function<FleetGraph, T> asking =
                graph -> {
                    Walks borrowed = walks.borrow();
                    try {
                        return question.apply(
                                new Asked(
                                        graph,
                                        borrowed,
                                        () -> DomainTree.of(fleet.domains(atMicros), graph),
                                        now,
                                        position));
                    } finally {
                        walks.giveBack(borrowed);
                    }
                };
        return atMicros == Queries.NOW ? live.ask(asking) : asking.apply(past(atMicros));
    }

    private FleetGraph past(long atMicros) {
        return pasts.graph(
                new PastGraphs.Key(atMicros, fleet.position()),
                () -> {
                    FleetGraph graph = new FleetGraph();
                    Faces faces = new Faces();
                    fleet.each(atMicros, view -> graph.put(faces.of(view.twin())));
                    graph.settle();
                    return graph;
                });
    }

    /// Answers a question to the map of an instant.
    public <T> T map(long atMicros, MapQuestion<T> question) {
        return map.ask(
                atMicros,
                homes(atMicros),
                () -> homes(Queries.NOW),
                revision -> question.apply(revision.lattice(), stamp(revision, atMicros)));
    }

    /// A question to a revision of the map, which must not be used afterwards.
    @FunctionalInterface
    public interface MapQuestion<T> {
        T apply(Lattice lattice, Stamp stamp);
    }

    private Stamp stamp(FleetMap.Revision revision, long atMicros) {
        return new Stamp(
                revision.number(),
                revision.fromMicros(),
                atMicros == Queries.NOW ? fleet.nowMicros() : atMicros,
                fleet.position());
    }

    private List<Home> homes(long atMicros) {
        return ask(
                atMicros,
                asked -> {
                    FleetGraph graph = asked.graph();
                    List<Home> homes = new ArrayList<>(graph.numbers());
                    for (int number = 0; number < graph.numbers(); number++) {
                        GraphNode node = graph.node(number);
                        if (node != null && !node.decommissioned()) {
                            homes.add(Home.of(node));
                        }
                    }
                    return homes;
                });
    }

    /// The two bytes of a node at home.
    private record Seen(Home home, int bits) {}

    /// What the map shows of every home at an instant ([NodeBits]), by its index.
    public <T> T states(long atMicros, StatesQuestion<T> question) {
        List<Seen> seen = seen(atMicros);
        return onMap(
                atMicros,
                seen,
                (lattice, stamp) -> question.apply(column(lattice, seen), lattice, stamp));
    }

    /// The states of two instants, on the map of the later question.
    public <T> T difference(long baseMicros, long atMicros, DifferenceQuestion<T> question) {
        List<Seen> base = seen(baseMicros);
        List<Seen> seen = seen(atMicros);
        List<Seen> both = new ArrayList<>(base);
        both.addAll(seen);
        return onMap(
                atMicros,
                both,
                (lattice, stamp) ->
                        question.apply(column(lattice, base), column(lattice, seen), stamp));
    }

    private <T> T onMap(long atMicros, List<Seen> seen, MapQuestion<T> question) {
        return map.ask(
                atMicros,
                seen.stream().map(Seen::home).toList(),
                () -> homes(Queries.NOW),
                revision -> question.apply(revision.lattice(), stamp(revision, atMicros)));
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

    private List<Seen> seen(long atMicros) {
        List<Seen> seen = new ArrayList<>();
        Faces faces = new Faces();
        fleet.each(
                atMicros,
                view -> {
                    if (!view.decommissioned()) {
                        Home home = Home.of(faces.of(view.twin()));
                        seen.add(new Seen(home, StateBits.of(view)));
                    }
                });
        return seen;
    }

    private static short[] column(Lattice lattice, List<Seen> seen) {
        short[] states = new short[lattice.size()];
        Arrays.fill(states, (short) NodeBits.ABSENT);
        for (Seen each : seen) {
            Home home = each.home();
            int index = lattice.find(home.id(), home.region(), home.zone());
            if (index >= 0) {
                states[index] = (short) each.bits();
            }
        }
        return states;
    }

    /// Packs the map anew: nodes move, from now on.
    public int repack() {
        return map.repack(fleet.nowMicros(), homes(Queries.NOW)).number();
    }
}

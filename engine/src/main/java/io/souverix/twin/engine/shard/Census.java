package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.FleetSums;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts the nodes of a shard: keeps the sums of their facets exact as they change, by events or by
/// time. The caller holds the shard's write lock to change it, the read lock to read.
final class Census {
    private static final System.Logger LOGGER = System.getLogger(Census.class.getName());

    /// How many different lists of groups are shared between nodes.
    private static final int MAX_SHARED_PLACES = 65_536;

    private final Rules rules;
    private final Meaning meaning;
    private final Quarantines quarantines;
    private final Recounting recounting;
    private FleetSums active = new FleetSums();
    private FleetSums decommissioned = new FleetSums();

    /// While the nodes are recounted: what they add up to so far.
    private @Nullable Fresh fresh;

    private int recounts;
    private final Map<Identity, Placed> sharedPlaces = new HashMap<>();
    private final Roster roster;
    private final FieldIndex index;
    private final Timers timers;
    private long countedMicros = Long.MIN_VALUE;
    private final RunningSboms runningSboms = new RunningSboms();
    private final RecentSharing causes = new RecentSharing();

    /// Told of each node before it is counted anew.
    @FunctionalInterface
    interface Recounting {
        void of(Node node, long nowMicros);
    }

    Census(
            Rules rules,
            Meaning meaning,
            Quarantines quarantines,
            Roster roster,
            FieldIndex index,
            Recounting recounting) {
        this.roster = roster;
        this.index = index;
        this.timers = new Timers(roster);
        this.rules = rules;
        this.meaning = meaning;
        this.quarantines = quarantines;
        this.recounting = recounting;
    }

    FleetSums sums(boolean ofDecommissioned) {
        return ofDecommissioned ? decommissioned : active;
    }

    FieldIndex index() {
        return index;
    }

    /// The latest instant that a node was counted at.
    long countedMicros() {
        return countedMicros;
    }

    /// Counts the node anew: its old facets out, its new ones in; arms its timer. True where it counts
    /// differently. One that cannot be counted is counted out.
    boolean refresh(Node node, Catalogue catalogue, long nowMicros) {
        return refresh(node, catalogue, nowMicros, null);
    }

    /// The same, where nothing happened since it was counted last but events that speak of its
    /// connection, and its timer did not fire: what else is counted of it stands.
    boolean refreshConnection(Node node, Catalogue catalogue, long nowMicros) {
        boolean standing =
                !node.uncounted
                        && nowMicros >= node.countedMicros
                        && nowMicros < node.nextChangeMicros;
        return refresh(node, catalogue, nowMicros, standing ? node.facets : null);
    }

    private boolean refresh(
            Node node, Catalogue catalogue, long nowMicros, @Nullable Facets standing) {
        // Outside: that it cannot be read is no fault of the node.
        Twin twin = node.twin();
        recounting.of(node, nowMicros);
        try {
            return counted(node, twin, catalogue, nowMicros, standing);
        } catch (RuntimeException e) {
            quarantines.uncounted(node, e);
            count(node, -1);
            node.uncounted = true;
            countedMicros = Math.max(countedMicros, nowMicros);
            return true;
        }
    }

    private boolean counted(
            Node node, Twin twin, Catalogue catalogue, long nowMicros, @Nullable Facets standing) {
        TwinView view = new TwinView(twin, catalogue, rules, nowMicros);
        Facets facets = meaning.count(view, standing);
        // While its twin is at hand: one that is dirty stays, another may leave memory.
        List<Raised> raised = node.dirty ? null : raised(view, facets);
        boolean counted = !facets.equals(node.facets);
        index.change(node, facets, counted);
        node.raised = raised;
        node.countedMicros = nowMicros;
        countedMicros = Math.max(countedMicros, nowMicros);
        boolean elsewhere =
                isMoved(node.placement(), twin.identity())
                        || isRetired(node, view)
                        || node.uncounted;
        boolean differs = counted || elsewhere;
        if (counted && !elsewhere && node.facets != null) {
            change(node, node.facets, facets);
            node.facets = facets;
        } else if (differs) {
            count(node, -1);
            node.uncounted = false;
            node.facets = facets;
            place(node);
            node.countedDecommissioned = view.decommissioned();
            count(node, 1);
        }
        runningSboms.refresh(node);
        node.nextChangeMicros =
                standing == null
                        ? view.nextChangeMicros()
                        : Math.min(node.nextChangeMicros, view.nextConnectionChangeMicros());
        timers.arm(node, node.nextChangeMicros);
        if (node.quarantine != null) {
            node.quarantine.counted();
        }
        return differs;
    }

    /// What a counted node raises by itself. Readers may ask, too.
    List<Raised> raised(Node node, Catalogue catalogue) {
        List<Raised> known = node.raised;
        Facets facets = node.facets;
        if (known == null && facets != null && !node.uncounted) {
            known = raised(new TwinView(node.twin(), catalogue, rules, node.countedMicros), facets);
            node.raised = known;
        }
        return known == null ? List.of() : known;
    }

    /// One that cannot be looked at raises nothing, so that the others are told; a start tries again
    /// ([Heads]).
    private List<Raised> raised(TwinView view, Facets facets) {
        if (facets.alerts() == 0) {
            return List.of();
        }
        try {
            return view.raised(facets.alerts()).stream().map(this::shared).toList();
        } catch (RuntimeException e) {
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "cannot tell what " + view.twin().id() + " raises",
                    e);
            return List.of();
        }
    }

    private Raised shared(Raised raised) {
        return new Raised(
                causes.value(raised.cause()), raised.sinceMicros(), raised.togetherMicros());
    }

    /// Counts nodes in as they were counted when they were stored; how others were is forgotten. No
    /// node may be counted anew before it is done.
    ///
    /// @param stands whether a node counts as it did
    /// @return how many do
    int restore(Restored nodes, CountingIn.Standing stands) {
        CountingIn counting = new CountingIn(roster, nodes, index, timers, runningSboms);
        int standing = counting.count(stands);
        counting.addTo(
                active,
                decommissioned,
                placed -> sharedPlaces.putIfAbsent(placed.placement(), placed));
        countedMicros = Math.max(countedMicros, counting.countedMicros());
        return standing;
    }

    RunningSboms runningSboms() {
        return runningSboms;
    }

    private static boolean isRetired(Node node, TwinView view) {
        return node.countedDecommissioned != view.decommissioned();
    }

    private static boolean isMoved(@Nullable Identity placement, Identity identity) {
        return placement == null || !identity.isPlacedAs(placement);
    }

    private void count(Node node, int sign) {
        if (node.facets != null && !node.uncounted) {
            sums(node.countedDecommissioned).add(node.places(), node.facets, sign);
            if (fresh != null && node.recountedIn == recounts) {
                fresh.of(node.countedDecommissioned).add(node.places(), node.facets, sign);
            }
        }
    }

    private void change(Node node, Facets before, Facets after) {
        sums(node.countedDecommissioned).change(node.places(), before, after);
        if (fresh != null && node.recountedIn == recounts) {
            fresh.of(node.countedDecommissioned).change(node.places(), before, after);
        }
    }

    /// Sums that are made beside those that are served.
    private record Fresh(FleetSums active, FleetSums decommissioned) {
        FleetSums of(boolean ofDecommissioned) {
            return ofDecommissioned ? decommissioned : active;
        }
    }

    void beginRecount() {
        fresh = new Fresh(new FleetSums(), new FleetSums());
        recounts++;
    }

    /// Counts a node in the fresh sums, where it does not count there yet.
    void recount(Node node, Catalogue catalogue, long nowMicros) {
        if (fresh == null || node.recountedIn == recounts) {
            return;
        }
        var _ = refresh(node, catalogue, nowMicros);
        node.recountedIn = recounts;
        if (node.facets != null && !node.uncounted) {
            fresh.of(node.countedDecommissioned).add(node.places(), node.facets, 1);
        }
    }

    /// Serves the fresh sums.
    void endRecount() {
        if (fresh != null) {
            active = fresh.active();
            decommissioned = fresh.decommissioned();
            fresh = null;
        }
    }

    /// The groups a node counts in, made anew where its identity places it elsewhere.
    private void place(Node node) {
        Identity identity = node.twin().identity();
        if (isMoved(node.placement(), identity)) {
            node.placed = placed(identity.placement());
        }
    }

    private Placed placed(Identity placement) {
        if (sharedPlaces.size() >= MAX_SHARED_PLACES) {
            sharedPlaces.clear();
        }
        return sharedPlaces.computeIfAbsent(placement, Placed::of);
    }

    /// Counts anew the nodes whose timers have fired.
    ///
    /// @param most how many of them
    /// @param aged told of the ones that count differently
    void tick(Catalogue catalogue, long nowMicros, int most, Consumer<Node> aged) {
        List<Node> due = timers.due(nowMicros, most);
        int done = 0;
        try {
            for (; done < due.size(); done++) {
                if (refresh(due.get(done), catalogue, nowMicros)) {
                    aged.accept(due.get(done));
                }
            }
        } finally {
            // Where one could not be read, it and those behind it are due still.
            due.subList(done, due.size()).forEach(node -> timers.arm(node, nowMicros));
        }
    }

    /// Whether a timer is due.
    boolean anyDue(long nowMicros) {
        return timers.anyDue(nowMicros);
    }
}

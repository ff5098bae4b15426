package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.engine.derived.HeadPage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a shard does before it serves: takes what the store tells of its nodes, folds the log again,
/// and counts every node. One thread at a time; nobody else uses the shard meanwhile.
public final class Start {
    /// How many nodes are counted at a time while they are replayed: few enough to be at hand still,
    /// enough that the code that counts is, too.
    private static final int COUNTED_NODES = 32;

    private final Shard shard;
    private final Nodes nodes;
    private final Roster roster;
    private final Census census;
    private final DroppedEvents dropped = new DroppedEvents();

    /// Whether what is replayed is counted at once, and as of when.
    private boolean countsReplayed;

    private long replayedMicros;

    Start(Shard shard) {
        this.shard = shard;
        this.nodes = shard.nodes();
        this.roster = shard.roster();
        this.census = shard.census();
    }

    /// Takes what the store tells of nodes; they come in the order of their ids.
    public void restore(HeadPage page) {
        for (int head = 0; head < page.count(); head++) {
            Node aside = nodes.restore(page, head);
            if (aside != null) {
                shard.quarantines().restored(aside);
            }
        }
    }

    /// About how many nodes [#restore] will tell of.
    public void expect(int expected) {
        nodes.expect(expected);
    }

    /// Counts in what was dropped of a node from the log, after the states were restored.
    ///
    /// @param place of the cut
    public void dropped(Cutting.Dropped gone, long place) {
        nodes.countDropped(gone.node(), gone.events(), gone.sum());
        dropped.add(gone, place);
    }

    /// Folds events again; facets and sums follow in [#settle]. What is folded already, as
    /// the state of its node came from the store, is left out.
    ///
    /// @param history events of one node (now and then of some), in the order key; not empty, used up
    public void replay(List<StoredEvent> history) {
        String first = history.getFirst().event().subject().id();
        Node known = roster.named(first);
        // Asked before any is folded: in the order key addresses go up and down.
        history.removeIf(stored -> {
            String id = stored.event().subject().id();
            Node of = id.equals(first) ? known : roster.named(id);
            return of != null && stored.address() <= of.foldedAddress;
        });
        if (history.isEmpty()) {
            return;
        }
        Node one = known == null ? nodes.of(first) : known;
        one.expect(history.size());
        for (StoredEvent stored : history) {
            String id = stored.event().subject().id();
            replay(id.equals(first) ? one : nodes.of(id), stored);
        }
        if (countsReplayed && shard.unsettled() >= COUNTED_NODES) {
            settleTouched();
            if (nodes.unstored() >= Shard.SLICE_NODES && !shard.isCrowded()) {
                storeReplayed();
            }
        }
    }

    private void replay(Node node, StoredEvent stored) {
        if (dropped.isCopy(stored)) {
            nodes.at(stored.address());
            return;
        }
        var _ = shard.accept(node, stored.event(), stored.address());
    }

    /// Until [#settleReplay] all events of a node are replayed at once, and no more follow: it is
    /// counted right away, and stored soon. No node came from the store.
    ///
    /// @param end the position that shows the catalogue
    public void countReplayed(Catalogue current, long end, long nowMicros) {
        countsReplayed = true;
        replayedMicros = nowMicros;
        shard.countBy(current, end);
        shard.quarantines().at(nowMicros);
    }

    /// Refolds what replay marked, now and then, so that it does not pile up, and stores the twins where
    /// they are counted or take more room than they may.
    public void settleReplay() {
        settleTouched();
        if (countsReplayed) {
            storeReplayed();
        } else if (shard.residence().isOver()) {
            shard.storeSome(Integer.MAX_VALUE);
        }
        countsReplayed = false;
    }

    private void settleTouched() {
        shard.settleTouched(node -> {
            node.sortTail();
            if (countsReplayed) {
                var _ = census.refresh(node, shard.catalogue(), replayedMicros);
            }
        });
    }

    /// The twins leave memory as young as they are: nobody has asked for them yet.
    private void storeReplayed() {
        shard.storeSome(Integer.MAX_VALUE);
        shard.residence().leave();
    }

    /// By what the nodes were counted that the store told of.
    ///
    /// @param known whether it is known at all: else every node counts anew
    /// @param catalogue it, or one from before it
    /// @param upto the position up to which it is so: what was counted by a later catalogue is not
    ///     known
    /// @param documents it, or fewer
    public record CountedBy(boolean known, Catalogue catalogue, long upto, Set<String> documents) {
        public CountedBy {
            documents = Set.copyOf(documents);
        }
    }

    /// Counts every node, after the last [#replay]: as it was counted when it was stored, where
    /// nothing has happened to it since. What changed by time alone follows at the next [Shard#tick].
    ///
    /// @param end the position that shows the catalogue
    public void settle(Catalogue current, long end, CountedBy countedBy, long nowMicros) {
        shard.lock().writeLock().lock();
        try {
            settleReplay();
            dropped.clear();
            shard.countBy(current, end);
            shard.serve();
            Catalogue catalogue = shard.catalogue();
            Restored restored = roster.restored();
            CatalogueChange change = new CatalogueChange(countedBy.catalogue(), catalogue);
            int standing =
                    restored == null
                            ? 0
                            : census.restore(
                                    restored,
                                    (count, placement, labels) ->
                                            stands(count, countedBy, nowMicros)
                                                    && (change.isNothing()
                                                            || !change.concerns(
                                                                    placement, labels)));
            // Before any is made that stands: its timer is armed.
            roster.served();
            if (standing < roster.size()) {
                for (int place = 0; place < roster.size(); place++) {
                    if (roster.facets(place) == null) {
                        var _ = census.refresh(roster.node(place), catalogue, nowMicros);
                    }
                }
            }
            recountOthers(countedBy.documents(), nowMicros);
            shard.recounted().begin(nodes.lastAddress(), census.countedMicros());
            shard.recorder().start(catalogue, nowMicros);
        } finally {
            shard.lock().writeLock().unlock();
        }
    }

    /// Whether a node counts as it was counted when it was stored, if no other catalogue concerns it.
    private static boolean stands(Heads.Count count, CountedBy countedBy, long nowMicros) {
        // One that was counted later than now was so by a clock that has gone back since.
        return countedBy.known()
                && count.countedMicros() <= nowMicros
                && count.catalogueAt() <= countedBy.upto();
    }

    /// Counts the nodes anew that ran what a document describes that is stored only now, or no more.
    private void recountOthers(Set<String> before, long nowMicros) {
        Set<String> stored = shard.documents().digests();
        Set<String> changed = new HashSet<>(before);
        changed.removeAll(stored);
        for (String digest : stored) {
            if (!before.contains(digest)) {
                changed.add(digest);
            }
        }
        for (String digest : changed) {
            for (int place : census.runningSboms().everOf(digest)) {
                var _ = census.refresh(roster.node(place), shard.catalogue(), nowMicros);
            }
        }
    }
}

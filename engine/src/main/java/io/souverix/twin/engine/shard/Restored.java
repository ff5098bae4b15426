package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.KnownParts;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.derived.HeadPage;
import io.souverix.twin.engine.shard.FieldIndex.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// The nodes that a start takes from the store, in the order of their ids, until they are counted in.
///
/// A million nodes have some thousands of different placements, facets and labels. Each of them is
/// read once, and what it means to be counted with it (the sets of the index, the groups) is found
/// once ([Census#restore]). Not thread-safe.
final class Restored {
    private final Sharing sharing;
    private final Residence residence;
    private final List<Counted> counted;
    private final KnownParts<Alike<Facets>> facets =
            new KnownParts<>(in -> new Alike<>(Facets.readBesideDebt(in)));
    private final KnownParts<AlikePlaced> placements =
            new KnownParts<>(in -> new AlikePlaced(Identity.read(in)));
    private final KnownParts<Alike<Labels>> labels =
            new KnownParts<>(in -> new Alike<>(Labels.readShared(in)));
    private final KnownParts<Alike<@Nullable String>> batches =
            new KnownParts<>(in -> new Alike<>(in.optionalText()));
    private final KnownParts<AlikeRuns> runs =
            new KnownParts<>(in -> new AlikeRuns(RunningSboms.Counted.read(in)));

    /// What many nodes have in common.
    static final class Alike<T extends @Nullable Object> {
        final T value;

        /// The sets of the index that a node with it is in; null until they are found.
        RoaringBitmap @Nullable [] sets;

        Alike(T value) {
            this.value = value;
        }
    }

    /// A placement that many nodes have in common.
    static final class AlikePlaced {
        final Identity placement;
        RoaringBitmap @Nullable [] sets;

        /// Where they count; nothing until it is found.
        List<Place> places = List.of();

        /// Those that are counted in, not yet where they count.
        final GroupSums active = new GroupSums();

        final GroupSums decommissioned = new GroupSums();

        AlikePlaced(Identity placement) {
            this.placement = placement;
        }
    }

    /// What many nodes ran in common.
    static final class AlikeRuns {
        final RunningSboms.Counted counted;

        /// Who runs each of it; null until they are found.
        RunningSboms.Runners @Nullable [] runners;

        AlikeRuns(RunningSboms.Counted counted) {
            this.counted = counted;
        }
    }

    /// A node, and of what was counted of it that which it has in common with others.
    record Counted(
            Node node,
            Alike<Facets> facets,
            AlikePlaced placement,
            Alike<Labels> labels,
            Alike<@Nullable String> batch,
            @Nullable AlikeRuns runs) {}

    /// @param expected about how many there are
    Restored(Sharing sharing, Residence residence, int expected) {
        this.sharing = sharing;
        this.residence = residence;
        this.counted = new ArrayList<>(expected);
    }

    /// Those that were counted when they were stored.
    List<Counted> counted() {
        return counted;
    }

    /// Takes the next one, as [Heads#write] wrote it; it is in no sums yet.
    Node add(HeadPage page, int head) {
        StateReader in = new StateReader(page.bytes(), page.from(head), sharing);
        Node node = new Node(page.id(head), residence);
        node.catalogueAt = in.fixed();
        node.readFacts(in);
        node.storedMicros = node.lastMicros;
        if (in.truth()) {
            readCounted(node, in);
        }
        return node;
    }

    private void readCounted(Node node, StateReader in) {
        node.countedDecommissioned = in.truth();
        node.countedMicros = in.fixed();
        node.nextChangeMicros = in.fixed();
        long debtFromMicros = in.fixed();
        String serial = in.ownText();
        Counted one =
                new Counted(
                        node,
                        in.part(facets),
                        in.part(placements),
                        in.part(labels),
                        in.part(batches),
                        in.truth() ? in.part(runs) : null);
        node.facets = one.facets.value.withDebtFrom(debtFromMicros);
        node.placedFor = one.placement.placement;
        node.labels = one.labels.value.with(serial, one.batch.value);
        if (one.runs != null) {
            node.countedSboms = one.runs.counted;
        }
        counted.add(one);
    }
}

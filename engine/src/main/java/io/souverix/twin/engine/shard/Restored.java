package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.KnownParts;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.GroupSums;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.derived.HeadPage;
import io.souverix.twin.engine.shard.FieldIndex.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// The nodes that a start takes from the store, in the order of their ids, until they are counted in:
/// they have the first places of the index.
///
/// A million nodes have some thousands of different placements, facets and labels. Each of them is
/// read once, and what it means to be counted with it (the sets of the index, the groups) is found
/// once ([Census#restore]). Not thread-safe.
final class Restored {
    private final Sharing sharing;
    private final Residence residence;
    private final Column<Alike<Facets>> facets;
    private final Column<AlikePlaced> placements;
    private final Column<Alike<Labels>> labels;
    private final Column<Alike<@Nullable String>> batches;
    private final Column<AlikeRuns> runs;
    private int count;

    /// What many nodes have in common.
    abstract static class Part {
        int number;
    }

    /// Facets, labels or batches that many nodes have in common.
    static final class Alike<T extends @Nullable Object> extends Part {
        final T value;

        /// The sets of the index that a node with it is in; null until they are found.
        RoaringBitmap @Nullable [] sets;

        Alike(T value) {
            this.value = value;
        }
    }

    /// A placement that many nodes have in common.
    static final class AlikePlaced extends Part {
        final Placed placed;
        RoaringBitmap @Nullable [] sets;

        /// Those that are counted in, not yet where they count.
        final GroupSums active = new GroupSums();

        final GroupSums decommissioned = new GroupSums();

        AlikePlaced(Placed placed) {
            this.placed = placed;
        }
    }

    /// What many nodes ran in common.
    static final class AlikeRuns extends Part {
        final RunningSboms.Counted counted;

        /// Who runs each of it; null until they are found.
        RunningSboms.Runners @Nullable [] runners;

        AlikeRuns(RunningSboms.Counted counted) {
            this.counted = counted;
        }
    }

    /// What each node has in common with others, of one kind: by numbers, as an object for each node
    /// is what the collector would be busy with.
    private static final class Column<P extends Part> {
        private final List<P> parts = new ArrayList<>();
        private final KnownParts<P> known;

        /// By place: a number of a part and one more, or 0 for none.
        private int[] numbers;

        Column(Function<StateReader, P> reader, int expected) {
            known =
                    new KnownParts<>(in -> {
                        P part = reader.apply(in);
                        part.number = parts.size();
                        parts.add(part);
                        return part;
                    });
            numbers = new int[expected];
        }

        P read(StateReader in, int place) {
            if (place >= numbers.length) {
                numbers = Arrays.copyOf(numbers, place * 2 + 1);
            }
            P part = in.part(known);
            numbers[place] = part.number + 1;
            return part;
        }

        @Nullable P of(int place) {
            int number = place < numbers.length ? numbers[place] : 0;
            return number == 0 ? null : parts.get(number - 1);
        }
    }

    /// @param expected about how many nodes there are
    Restored(Sharing sharing, Residence residence, int expected) {
        this.sharing = sharing;
        this.residence = residence;
        facets = new Column<>(in -> new Alike<>(Facets.readBesideDebt(in)), expected);
        placements = new Column<>(in -> new AlikePlaced(Placed.of(Identity.read(in))), expected);
        labels = new Column<>(in -> new Alike<>(Labels.readShared(in)), expected);
        batches = new Column<>(in -> new Alike<>(in.optionalText()), expected);
        runs = new Column<>(in -> new AlikeRuns(RunningSboms.Counted.read(in)), expected);
    }

    /// How many nodes there are.
    int count() {
        return count;
    }

    /// Of the node of a place; null where it was not counted when it was stored.
    @Nullable Alike<Facets> facets(int place) {
        return facets.of(place);
    }

    /// Of one that was counted.
    AlikePlaced placement(int place) {
        return Objects.requireNonNull(placements.of(place));
    }

    /// Of one that was counted.
    Alike<Labels> labels(int place) {
        return Objects.requireNonNull(labels.of(place));
    }

    /// Of one that was counted.
    Alike<@Nullable String> batch(int place) {
        return Objects.requireNonNull(batches.of(place));
    }

    /// Null where it ran nothing.
    @Nullable AlikeRuns runs(int place) {
        return runs.of(place);
    }

    /// Takes the next one, as [Heads#write] wrote it; it has no place yet, and is in no sums.
    Node add(HeadPage page, int head) {
        StateReader in = new StateReader(page.bytes(), page.from(head), sharing);
        Node node = new Node(page.id(head), residence);
        node.catalogueAt = in.fixed();
        node.readFacts(in);
        node.storedMicros = node.lastMicros;
        if (in.truth()) {
            readCounted(node, count, in);
        }
        count++;
        return node;
    }

    private void readCounted(Node node, int place, StateReader in) {
        node.countedDecommissioned = in.truth();
        node.countedMicros = in.fixed();
        node.nextChangeMicros = in.fixed();
        long debtFromMicros = in.fixed();
        String serial = in.ownText();
        node.facets = facets.read(in, place).value.withDebtFrom(debtFromMicros);
        node.placed = placements.read(in, place).placed;
        Labels shared = labels.read(in, place).value;
        node.labels = shared.with(serial, batches.read(in, place).value);
        if (in.truth()) {
            node.countedSboms = runs.read(in, place).counted;
        }
    }
}

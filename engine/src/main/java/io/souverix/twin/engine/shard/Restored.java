package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.derived.HeadPage;
import io.souverix.twin.engine.shard.FieldIndex.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a start takes from the store of nodes that nobody has asked for yet, in the order of their ids:
/// they have the first places of the [Roster].
///
/// A node's own part of its head ([Heads]) is kept as bytes, of many nodes in one array. Of what many
/// have in common a million nodes have some thousands of different values: each is read once, and a
/// node has its number. Filled by one thread; the [Roster] makes
/// nodes of it, some of them before [#served].
final class Restored {
    /// How many nodes have their own parts in one array.
    private static final int CHUNK_NODES = 1_024;

    private final Sharing sharing;
    private final Residence residence;
    private final InCommon<Facets> facets;
    private final InCommon<Placed> placements;
    private final InCommon<Labels> labels;
    private final InCommon<@Nullable String> batches;
    private final InCommon<RunningSboms.Counted> runs;
    private final InCommon<List<Cause>> causes;
    private final List<Chunk> chunks = new ArrayList<>();

    private int count;
    private int made;
    private boolean served;

    /// The nodes' own parts, one behind the other.
    private static final class Chunk {
        private byte[] bytes = new byte[CHUNK_NODES * 112];
        private int[] ends = new int[CHUNK_NODES];
        private int count;
        private int made;

        void add(byte[] source, int from, int to) {
            int start = start(count);
            int end = start + to - from;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, end * 2);
            }
            System.arraycopy(source, from, bytes, start, to - from);
            ends[count++] = end;
        }

        int start(int at) {
            return at == 0 ? 0 : ends[at - 1];
        }

        /// Nothing more comes.
        void end() {
            bytes = Arrays.copyOf(bytes, start(count));
        }

        /// Lets go what nodes were made of.
        void release() {
            if (made == count) {
                bytes = new byte[0];
                ends = new int[0];
            }
        }
    }

    /// @param expected about how many nodes there are
    Restored(Sharing sharing, Residence residence, int expected) {
        this.sharing = sharing;
        this.residence = residence;
        facets = new InCommon<>(Facets::readShared, expected);
        placements = new InCommon<>(in -> Placed.of(Identity.read(in)), expected);
        labels = new InCommon<>(Labels::readShared, expected);
        batches = new InCommon<>(StateReader::optionalText, expected);
        runs = new InCommon<>(RunningSboms.Counted::read, expected);
        RecentSharing equal = new RecentSharing();
        causes = new InCommon<>(in -> in.list(i -> equal.value(Cause.read(i))), expected);
    }

    /// How many nodes there are.
    int count() {
        return count;
    }

    /// Facets beside what is owed; of none that is not counted.
    InCommon<Facets> facets() {
        return facets;
    }

    /// The same of a place; null where it is not counted.
    @Nullable Facets facets(int place) {
        return facets.has(place) ? facets.of(place) : null;
    }

    InCommon<Placed> placements() {
        return placements;
    }

    /// Beside serial and batch.
    InCommon<Labels> labels() {
        return labels;
    }

    InCommon<@Nullable String> batches() {
        return batches;
    }

    /// Of those that ran any.
    InCommon<RunningSboms.Counted> runs() {
        return runs;
    }

    /// Takes the next node, as [Heads#write] wrote it.
    Node.Facts add(HeadPage page, int head) {
        StateReader in = new StateReader(page.bytes(), page.from(head), sharing);
        boolean counted = in.truth();
        if (counted) {
            var _ = Heads.Count.read(in);
            Heads.skipRaised(in);
            in.skipText();
        }
        Node.Facts facts = Node.Facts.read(in);
        own(page.bytes(), page.from(head), in.place());
        if (counted) {
            facets.read(in, count);
            placements.read(in, count);
            labels.read(in, count);
            batches.read(in, count);
            if (in.truth()) {
                runs.read(in, count);
            }
            if (in.truth()) {
                causes.read(in, count);
            }
        }
        count++;
        return facts;
    }

    private void own(byte[] source, int from, int to) {
        if (count % CHUNK_NODES == 0) {
            if (count > 0) {
                chunks.getLast().end();
            }
            chunks.add(new Chunk());
        }
        chunks.getLast().add(source, from, to);
    }

    /// The nodes are counted in: those that have facets have their timers armed.
    void served() {
        served = true;
        if (count > 0) {
            chunks.getLast().end();
        }
        chunks.forEach(Chunk::release);
        facets.end();
        placements.end();
        labels.end();
        batches.end();
        runs.end();
        causes.end();
    }

    /// Whether every node was made, so that it is of no use any more.
    boolean isUsedUp() {
        return served && made == count;
    }

    /// How a node was counted; null where it was not, or that is forgotten.
    Heads.@Nullable Count counted(int place) {
        if (!facets.has(place)) {
            return null;
        }
        StateReader in = reader(place);
        return in.truth() ? Heads.Count.read(in) : null;
    }

    /// What a node raises by itself, as it was counted.
    List<Raised> raised(int place) {
        if (!facets.has(place) || !causes.has(place)) {
            return List.of();
        }
        StateReader in = reader(place);
        var _ = in.truth();
        var _ = Heads.Count.read(in);
        return readRaised(in, place);
    }

    private StateReader reader(int place) {
        Chunk chunk = chunks.get(place / CHUNK_NODES);
        return new StateReader(chunk.bytes, chunk.start(place % CHUNK_NODES), sharing);
    }

    private List<Raised> readRaised(StateReader in, int place) {
        return Heads.readRaised(in, causes.has(place) ? causes.of(place) : List.of());
    }

    /// Makes a node; once for each.
    Node make(int place, String id) {
        StateReader in = reader(place);
        Node node = new Node(id, residence);
        node.place = place;
        Heads.Count count = in.truth() ? Heads.Count.read(in) : null;
        List<Raised> raised = count == null ? null : readRaised(in, place);
        String serial = count == null ? null : in.ownText();
        node.take(Node.Facts.read(in));
        node.storedMicros = node.lastMicros;
        if (count != null && facets.has(place)) {
            node.countedDecommissioned = count.decommissioned();
            node.countedMicros = count.countedMicros();
            node.nextChangeMicros = count.nextChangeMicros();
            // Before that, counting in arms it.
            node.armedMicros = served ? count.nextChangeMicros() : Node.NOT_ARMED;
            node.facets = facets.of(place).with(count.owed());
            node.raised = raised;
            node.placed = placements.of(place);
            node.labels = labels.of(place).with(serial, batches.of(place));
            node.countedSboms = runs.has(place) ? runs.of(place) : null;
        }
        made++;
        Chunk chunk = chunks.get(place / CHUNK_NODES);
        chunk.made++;
        if (served) {
            chunk.release();
        }
        return node;
    }
}

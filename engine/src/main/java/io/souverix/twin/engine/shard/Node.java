package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.engine.past.Remembered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a shard holds of one node. Written by the shard's thread under its lock.
final class Node {
    /// Means that no timer is armed.
    static final long NOT_ARMED = Long.MAX_VALUE;

    private static final String RESTORED = "set aside before the service was started";

    final String id;
    private Twin twin;

    /// Over all accepted events; see [Tally].
    long revisionHigh;

    long revisionLow;
    long events;
    long firstMicros = Long.MAX_VALUE;

    /// Where the greatest event in the order key stands: its timestamp, sequence and address.
    long lastMicros = Times.NONE;

    long lastSequence;
    long lastAddress = -1;

    /// Every event at this address or before is folded.
    long foldedAddress = -1;

    /// Events that are taken out, by id and timestamp; null while there are none.
    @Nullable Set<Annulled> annulled;

    /// Entries that no run on disk holds yet.
    final EventIndex tail = new EventIndex();

    boolean dirty;

    /// The oldest timestamp whose past changed since the state on disk was written.
    long changedSinceStored = Long.MAX_VALUE;

    /// Whether disk holds a state, and of which last timestamp.
    long storedMicros = Times.NONE;

    /// What the sums count of it now; null while they do not.
    @Nullable Facets facets;

    List<Place> places = List.of();

    /// The identity that `places` were made of.
    @Nullable Identity placedFor;

    /// Where it stands in the shard's [FieldIndex]; -1 before it is counted.
    int place = -1;

    /// The instant it was counted last, as of which the index has it.
    long countedMicros = Long.MIN_VALUE;

    /// What the index has of its texts; null before it is counted.
    FieldIndex.@Nullable Labels labels;

    boolean countedDecommissioned;

    /// What is counted of the SBOMs it ran; null while nothing is.
    RunningSboms.@Nullable Counted countedSboms;

    /// Its faces over time; null until they were asked for.
    volatile @Nullable Remembered past;

    long armedMicros = NOT_ARMED;

    /// Set while a batch is folded: the oldest timestamp to refold from, or `Long.MAX_VALUE`.
    long refoldFromMicros = Long.MAX_VALUE;

    /// Set while a batch is folded: the newest timestamp that came late.
    long lateUptoMicros = Long.MIN_VALUE;

    boolean touched;

    /// Set while a batch is folded: whether it has to be counted as a whole, since more happened than
    /// that its connection was spoken of.
    boolean countsWhole;

    /// Set while a batch is folded: what is noted of its change.
    Recorder.@Nullable Pending pending;

    /// What is set aside of it, or null where nothing is.
    @Nullable Quarantine quarantine;

    /// Whether it cannot be counted and is left out of the sums.
    boolean uncounted;

    /// The last recount that it counts in.
    int recountedIn;

    /// Whether a change holds the twin, so that it must not be folded on.
    boolean shared;

    /// Whether it was touched since the graph last looked.
    boolean unseen;

    /// An event set aside, with its place in the log.
    private record Aside(Annulled event, long address) {}

    /// An event taken out of the history. Sorted by time, then id.
    record Annulled(String eventId, long timestampMicros) implements Comparable<Annulled> {
        @Override
        public int compareTo(Annulled other) {
            int order = Long.compare(timestampMicros, other.timestampMicros);
            return order == 0 ? eventId.compareTo(other.eventId) : order;
        }
    }

    Node(String id) {
        this.id = id;
        this.twin = new Twin(id);
    }

    /// What its events make of it.
    Twin twin() {
        return twin;
    }

    /// Its events make another twin of it.
    void replace(Twin next) {
        twin = next;
    }

    /// Counts an accepted event in.
    void count(Event event) {
        long sum = revisionLow + event.hash().low();
        if (Long.compareUnsigned(sum, revisionLow) < 0) {
            revisionHigh++;
        }
        revisionLow = sum;
        revisionHigh += event.hash().high();
        events++;
        firstMicros = Math.min(firstMicros, event.timestampMicros());
    }

    /// Counts in accepted events that are no longer in the log.
    void countDropped(long count, EventHash sum) {
        EventHash all = new EventHash(revisionHigh, revisionLow).plus(sum);
        revisionHigh = all.high();
        revisionLow = all.low();
        events += count;
    }

    Tally tally() {
        return new Tally(new EventHash(revisionHigh, revisionLow), events, lastMicros);
    }

    /// Whether an event is taken out: annulled, or set aside.
    boolean isAnnulled(Event event) {
        Set<Annulled> out = annulled;
        return (out != null && out.contains(new Annulled(event.id(), event.timestampMicros())))
                || (quarantine != null && quarantine.has(event));
    }

    /// Whether an event is set aside and not annulled, as far as is known now.
    boolean isSetAside(Event event) {
        Set<Annulled> out = annulled;
        return quarantine != null
                && quarantine.has(event)
                && (out == null
                        || !out.contains(new Annulled(event.id(), event.timestampMicros())));
    }

    void annul(Annulled event) {
        Set<Annulled> out = annulled;
        if (out == null) {
            out = new HashSet<>();
            annulled = out;
        }
        out.add(event);
    }

    /// Says that an event greater than all others is about to be folded.
    void beforeNewer(Event event) {
        Remembered remembered = past;
        if (remembered != null) {
            past = remembered.beforeNewer(event.timestampMicros(), twin);
        }
    }

    /// Says that the past of a timestamp, and what came after it, has changed.
    void changePast(long fromMicros) {
        countsWhole = true;
        refoldFromMicros = Math.min(refoldFromMicros, fromMicros);
        changedSinceStored = Math.min(changedSinceStored, fromMicros);
        Remembered remembered = past;
        if (remembered != null) {
            past = remembered.cut(fromMicros);
        }
    }

    /// Says that what it showed in the past is to be looked at anew.
    void forgetColumn() {
        Remembered remembered = past;
        if (remembered != null) {
            past = remembered.cut(Long.MIN_VALUE);
        }
    }

    /// The state for a checkpoint.
    byte[] write(StateWriter out) {
        out.clear();
        out.fixed(revisionHigh).fixed(revisionLow).number(events).fixed(firstMicros);
        out.fixed(lastMicros).number(lastSequence).number(lastAddress).number(foldedAddress);
        Set<Annulled> taken = annulled == null ? Set.of() : annulled;
        out.list(
                // Sorted: the same set is the same bytes, whatever came first.
                taken.stream().sorted().toList(),
                (o, event) -> o.text(event.eventId()).fixed(event.timestampMicros()));
        Map<Annulled, Long> aside = quarantine == null ? Map.of() : quarantine.events();
        out.list(
                List.copyOf(aside.entrySet()),
                (o, entry) ->
                        o.text(entry.getKey().eventId())
                                .fixed(entry.getKey().timestampMicros())
                                .number(entry.getValue()));
        twin.write(out);
        return out.toByteArray();
    }

    static Node read(String id, byte[] state, Sharing sharing) {
        StateReader in = new StateReader(state, sharing);
        Node node = new Node(id);
        node.revisionHigh = in.fixed();
        node.revisionLow = in.fixed();
        node.events = in.number();
        node.firstMicros = in.fixed();
        node.lastMicros = in.fixed();
        node.lastSequence = in.number();
        node.lastAddress = in.number();
        node.foldedAddress = in.number();
        List<Annulled> taken = new ArrayList<>(in.list(i -> new Annulled(i.text(), i.fixed())));
        taken.forEach(node::annul);
        List<Aside> aside = in.list(i -> new Aside(new Annulled(i.text(), i.fixed()), i.number()));
        if (!aside.isEmpty()) {
            Quarantine standing = new Quarantine(RESTORED, Times.NONE);
            aside.forEach(one -> standing.events().put(one.event(), one.address()));
            node.quarantine = standing;
        }
        node.twin = Twin.read(id, in);
        node.storedMicros = node.lastMicros;
        return node;
    }
}

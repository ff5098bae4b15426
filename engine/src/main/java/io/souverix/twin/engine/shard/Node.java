package io.souverix.twin.engine.shard;

import io.souverix.twin.core.attention.Raised;
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

    private final Residence residence;

    /// Null while it is on disk only. Set under the lock of the residence or the shard's write lock.
    private volatile @Nullable Twin twin;

    /// Whether it was asked for since the residence last looked.
    boolean asked;

    /// Whether the residence counts it.
    boolean resident;

    /// About how many bytes of the heap the twin takes.
    int twinBytes;

    /// Over all accepted events; see [Tally].
    long revisionHigh;

    long revisionLow;
    long events;
    long firstMicros = Long.MAX_VALUE;

    /// Where the greatest event in the order key stands: its timestamp, sequence and address.
    long lastMicros = Times.NONE;

    long lastSequence;
    long lastAddress = -1;

    /// Where the last event stands that was folded, in the log; all before it are. A copy of one is not
    /// folded, and leaves no trace: who sees it comes and goes with memory.
    long foldedAddress = -1;

    /// Events that are taken out, by id and timestamp; null while there are none.
    @Nullable Set<Annulled> annulled;

    /// Entries that no run on disk holds yet; null while there are none.
    private @Nullable EventIndex tail;

    /// Whether disk does not hold its state as it is.
    boolean dirty;

    /// Whether it waits to be stored: its state where it is dirty, what is counted of it in any case.
    boolean queued;

    /// The oldest timestamp whose past changed since the state on disk was written.
    long changedSinceStored = Long.MAX_VALUE;

    /// Whether disk holds a state, and of which last timestamp.
    long storedMicros = Times.NONE;

    /// What the sums count of it now; null while they do not.
    @Nullable Facets facets;

    /// Where it counts; null before it does.
    @Nullable Placed placed;

    /// Where it stands in the [Roster].
    int place;

    /// The instant it was counted last, as of which the index has it.
    long countedMicros = Long.MIN_VALUE;

    /// What it raises in attention by itself, as of when it was counted last; null where nobody has
    /// looked since. Then its twin is in memory. A lost race looks once more.
    @Nullable List<Raised> raised;

    /// What the index has of its texts; null before it is counted.
    FieldIndex.@Nullable Labels labels;

    /// When it will count differently by time alone, as of when it was counted last.
    long nextChangeMicros = NOT_ARMED;

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

    /// An event set aside, with its place in the log.
    record Aside(Annulled event, long address) {}

    /// An event taken out of the history. Sorted by time, then id.
    record Annulled(String eventId, long timestampMicros) implements Comparable<Annulled> {
        @Override
        public int compareTo(Annulled other) {
            int order = Long.compare(timestampMicros, other.timestampMicros);
            return order == 0 ? eventId.compareTo(other.eventId) : order;
        }
    }

    Node(String id, Residence residence) {
        this.id = id;
        this.residence = residence;
    }

    /// What its events make of it: read from disk where it is not in memory.
    Twin twin() {
        Twin here = twin;
        if (here == null) {
            here = residence.load(this);
        }
        if (!asked) {
            asked = true;
        }
        return here;
    }

    /// Its events make another twin of it. Called under the shard's write lock.
    void replace(Twin next) {
        twin = next;
        if (!resident) {
            residence.admit(this);
        }
    }

    /// The twin where it is in memory.
    @Nullable Twin here() {
        return twin;
    }

    /// Called by the residence.
    void settle(Twin loaded) {
        twin = loaded;
    }

    /// Called by the residence, for a node whose state is on disk.
    void evict() {
        twin = null;
    }

    /// The entries that no run on disk holds yet; not to be added to.
    EventIndex tail() {
        EventIndex entries = tail;
        return entries == null ? EventIndex.EMPTY : entries;
    }

    /// Makes room in the index for so many more entries.
    void expect(int entries) {
        EventIndex standing = tail;
        if (standing == null) {
            tail = new EventIndex(entries);
        } else {
            standing.expect(entries);
        }
    }

    /// Adds an entry to the index.
    void index(Event event, long address, int typeCode) {
        EventIndex entries = tail;
        if (entries == null) {
            entries = new EventIndex(1);
            tail = entries;
        }
        entries.add(event.timestampMicros(), event.hash().low(), address, typeCode, event.id());
    }

    /// Has these entries in the place of those it had.
    ///
    /// @param entries handed over
    void reindex(long[] entries) {
        EventIndex fresh = new EventIndex(0);
        fresh.replace(entries);
        tail = fresh;
    }

    /// Puts the entries into the order of their addresses.
    void sortTail() {
        EventIndex entries = tail;
        if (entries != null) {
            entries.sortByAddress();
        }
    }

    /// Forgets what the store told of how it counts, before it does.
    void forgetCounted() {
        facets = null;
        raised = null;
        placed = null;
        labels = null;
        countedSboms = null;
        countedDecommissioned = false;
    }

    /// Of the identity by which it counts what places it; null before it does.
    @Nullable Identity placement() {
        Placed counted = placed;
        return counted == null ? null : counted.placement();
    }

    /// Where it counts.
    List<Place> places() {
        Placed counted = placed;
        return counted == null ? List.of() : counted.places();
    }

    /// Disk holds all entries.
    void clearTail() {
        tail = null;
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
            past = remembered.beforeNewer(event.timestampMicros(), twin());
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
        return write(out, foldedAddress);
    }

    /// The same, folded up to another address.
    byte[] write(StateWriter out, long folded) {
        out.clear();
        writeFacts(out, folded);
        twin().write(out);
        return out.toByteArray();
    }

    /// Writes what is known of it beside its twin.
    void writeFacts(StateWriter out) {
        writeFacts(out, foldedAddress);
    }

    private void writeFacts(StateWriter out, long folded) {
        out.fixed(revisionHigh).fixed(revisionLow).number(events).fixed(firstMicros);
        out.fixed(lastMicros).number(lastSequence).number(lastAddress).number(folded);
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
    }

    /// Takes what [#writeFacts] wrote.
    void take(Facts facts) {
        revisionHigh = facts.revision.high();
        revisionLow = facts.revision.low();
        events = facts.events;
        firstMicros = facts.firstMicros;
        lastMicros = facts.lastMicros;
        lastSequence = facts.lastSequence;
        lastAddress = facts.lastAddress;
        foldedAddress = facts.foldedAddress;
        facts.annulled.forEach(this::annul);
        if (!facts.aside.isEmpty()) {
            Quarantine standing = new Quarantine(RESTORED, Times.NONE);
            facts.aside.forEach(one -> standing.events().put(one.event(), one.address()));
            quarantine = standing;
        }
    }

    /// A state as it was stored.
    ///
    /// @param foldedAddress every event at this address or before is folded in it
    record Stored(Twin twin, long foldedAddress) {}

    /// Reads what [#write] wrote.
    static Stored read(String id, byte[] state, Sharing sharing) {
        StateReader in = new StateReader(state, sharing);
        Facts facts = Facts.read(in);
        return new Stored(Twin.read(id, in), facts.foldedAddress());
    }

    /// What is known of a node beside its twin.
    record Facts(
            EventHash revision,
            long events,
            long firstMicros,
            long lastMicros,
            long lastSequence,
            long lastAddress,
            long foldedAddress,
            List<Annulled> annulled,
            List<Aside> aside) {
        Facts {
            annulled = List.copyOf(annulled);
            aside = List.copyOf(aside);
        }

        /// Reads what [#writeFacts] wrote.
        static Facts read(StateReader in) {
            return new Facts(
                    new EventHash(in.fixed(), in.fixed()),
                    in.number(),
                    in.fixed(),
                    in.fixed(),
                    in.number(),
                    in.number(),
                    in.number(),
                    in.list(i -> new Annulled(i.text(), i.fixed())),
                    in.list(i -> new Aside(new Annulled(i.text(), i.fixed()), i.number())));
        }
    }
}

package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.engine.derived.DerivedStore;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds and reads the events of a node, wherever its index lies: in the tail in memory or in runs on
/// disk. Runs that were read are kept for the next question, up to a bound. The caller holds the
/// shard's lock.
final class Histories {
    /// How many words of runs are kept.
    static final long MAX_KEPT_WORDS = 4L << 20;

    private final EventRecords records;
    private final @Nullable DerivedStore store;
    private final Map<String, List<long[]>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long keptWords;

    Histories(EventRecords records, @Nullable DerivedStore store) {
        this.records = records;
        this.store = store;
    }

    EventRecords records() {
        return records;
    }

    /// The runs of a node on disk.
    private synchronized List<long[]> runs(Node node) {
        if (store == null || node.events == node.tail().count()) {
            return List.of();
        }
        List<long[]> known = kept.get(node.id);
        if (known == null) {
            known = store.runs(node.id).stream().map(EventIndex::fromRun).toList();
            kept.put(node.id, known);
            keptWords += words(known);
            while (keptWords > MAX_KEPT_WORDS && kept.size() > 1) {
                Map.Entry<String, List<long[]>> eldest = kept.entrySet().iterator().next();
                forget(eldest.getKey());
            }
        }
        return known;
    }

    /// Forgets the runs of a node, because disk holds another one now.
    synchronized void forget(String id) {
        List<long[]> gone = kept.remove(id);
        if (gone != null) {
            keptWords -= words(gone);
        }
    }

    private static long words(List<long[]> runs) {
        return runs.stream().mapToLong(run -> run.length).sum() + 8;
    }

    /// Visits the index entries at a timestamp.
    void at(Node node, long timestampMicros, EventIndex.EntryVisitor visitor) {
        node.tail().at(timestampMicros, visitor);
        for (long[] run : runs(node)) {
            for (int at = EventIndex.lowerBound(run, timestampMicros);
                    at < run.length && run[at] == timestampMicros;
                    at += EventIndex.WORDS) {
                visitor.visit(run, at);
            }
        }
    }

    /// The index entries with `from <= timestamp <= to`, sorted by timestamp.
    long[] entries(Node node, long fromMicros, long toMicros) {
        List<long[]> parts = new ArrayList<>();
        parts.add(node.tail().within(fromMicros, toMicros));
        for (long[] run : runs(node)) {
            parts.add(within(run, fromMicros, toMicros));
        }
        int length = parts.stream().mapToInt(part -> part.length).sum();
        long[] all = new long[length];
        int at = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            System.arraycopy(parts.get(i), 0, all, at, parts.get(i).length);
            at += parts.get(i).length;
        }
        return EventIndex.sorted(all);
    }

    private static long[] within(long[] sorted, long fromMicros, long toMicros) {
        int from = EventIndex.lowerBound(sorted, fromMicros);
        int to =
                toMicros == Long.MAX_VALUE
                        ? sorted.length
                        : EventIndex.lowerBound(sorted, toMicros + 1);
        return from >= to ? new long[0] : Arrays.copyOfRange(sorted, from, to);
    }

    /// The index entries from a timestamp on that count in a question, sorted by timestamp.
    long[] entries(Node node, long fromMicros, AsOf asOf) {
        long[] entries = entries(node, fromMicros, asOf.atMicros());
        if (node.foldedAddress < asOf.before()) {
            return entries;
        }
        int kept = 0;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] < asOf.before()) {
                System.arraycopy(entries, at, entries, kept, EventIndex.WORDS);
                kept += EventIndex.WORDS;
            }
        }
        return Arrays.copyOf(entries, kept);
    }

    /// Reads the event of an index entry; null where it is to be left out.
    interface EntryReader {
        @Nullable StoredEvent read(long timestampMicros, long address);
    }

    /// Walks the events from a timestamp on that count in a question, in the order key.
    ///
    /// @param annulled which are left out; an annulment cannot be
    void walk(
            Node node,
            long fromMicros,
            AsOf asOf,
            Predicate<Event> annulled,
            Consumer<StoredEvent> step) {
        walk(node, fromMicros, asOf, annulled, (_, address) -> records.read(address), step);
    }

    /// The same, where some cannot be read.
    void walk(
            Node node,
            long fromMicros,
            AsOf asOf,
            Predicate<Event> annulled,
            EntryReader reader,
            Consumer<StoredEvent> step) {
        long[] entries = entries(node, fromMicros, asOf);
        int at = 0;
        while (at < entries.length) {
            int end = at + EventIndex.WORDS;
            while (end < entries.length && entries[end] == entries[at]) {
                end += EventIndex.WORDS;
            }
            for (StoredEvent stored : group(entries, at, end, reader)) {
                if (!annulled.test(stored.event()) || annuls(stored.event())) {
                    step.accept(stored);
                }
            }
            at = end;
        }
    }

    /// An annulment cannot be annulled.
    static boolean annuls(Event event) {
        return event.payload() instanceof io.souverix.twin.core.event.Payload.EventAnnulled;
    }

    /// The events of entries of one timestamp, in the order key.
    List<StoredEvent> group(long[] entries, int from, int to) {
        return group(entries, from, to, (_, address) -> records.read(address));
    }

    private static List<StoredEvent> group(long[] entries, int from, int to, EntryReader reader) {
        List<StoredEvent> group = new ArrayList<>((to - from) / EventIndex.WORDS);
        for (int at = from; at < to; at += EventIndex.WORDS) {
            StoredEvent stored = reader.read(entries[at], entries[at + 2]);
            if (stored != null) {
                group.add(stored);
            }
        }
        if (group.size() > 1) {
            group.sort((a, b) -> Event.ORDER.compare(a.event(), b.event()));
        }
        return group;
    }
}

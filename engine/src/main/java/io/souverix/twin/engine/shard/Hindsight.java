package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.shard.Node.Annulled;
import io.souverix.twin.engine.shard.Snapshots.Snapshot;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// Nodes as of: what the events that count in a question make of a node. The caller holds the shard's
/// lock.
final class Hindsight {
    private final Shard shard;

    Hindsight(Shard shard) {
        this.shard = shard;
    }

    /// Whether the events that were recorded too late for the question can be passed over: none of
    /// them would count in it, or takes out one that does.
    boolean untouched(Node node, AsOf asOf) {
        if (node.foldedAddress < asOf.before()) {
            return true;
        }
        if (node.tail().count() > 0 && node.tail().firstAddress() < asOf.before()) {
            return node.tail()
                    .addedFrom(asOf.before(), (words, at) -> isPassedOver(words, at, asOf));
        }
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] >= asOf.before() && !isPassedOver(entries, at, asOf)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPassedOver(long[] words, int at, AsOf asOf) {
        return words[at] > asOf.atMicros() && !isAnnulment(words[at + 3]);
    }

    static boolean isAnnulment(long meta) {
        return EventIndex.typeCode(meta) == EventType.EVENT_ANNULLED.code();
    }

    /// The timestamp of the first event that counts, or `Long.MAX_VALUE` where none was recorded in
    /// time; it may be beyond the instant of the question.
    long firstMicros(Node node, AsOf asOf) {
        if (node.foldedAddress < asOf.before()) {
            return node.firstMicros;
        }
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] < asOf.before()) {
                return entries[at];
            }
        }
        return Long.MAX_VALUE;
    }

    /// A fresh twin of what counts.
    Twin twin(Node node, AsOf asOf) {
        boolean untouched = untouched(node, asOf);
        if (untouched && node.lastMicros <= asOf.atMicros()) {
            return node.twin().copy();
        }
        Snapshot start = shard.refolding().storedBefore(node, asOf, Sharing.NONE);
        Twin twin = start == null ? new Twin(node.id) : start.twin();
        long after = start == null ? Long.MIN_VALUE : start.uptoMicros() + 1;
        Fold fold = new Fold(shard.rules(), Sharing.NONE);
        shard.histories()
                .walk(
                        node,
                        after,
                        asOf,
                        untouched ? node::isAnnulled : annulled(node, asOf),
                        stored -> fold.apply(twin, stored.event(), stored.address()));
        return twin;
    }

    /// A node as of, as it is seen at an instant.
    TwinView view(Node node, AsOf asOf, long nowMicros, Catalogues catalogues) {
        Twin twin = twin(node, asOf);
        return shard.view(twin, catalogues.at(twin.identity(), asOf), asOf, nowMicros);
    }

    /// Whether an event is taken out, by the annulments recorded in time.
    Predicate<Event> annulled(Node node, AsOf asOf) {
        if (node.annulled == null || node.foldedAddress < asOf.before()) {
            return node::isAnnulled;
        }
        Set<Annulled> out = new HashSet<>();
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (entries[at + 2] < asOf.before()
                    && isAnnulment(entries[at + 3])
                    && event(entries[at + 2]).payload() instanceof EventAnnulled annulment) {
                out.add(new Annulled(annulment.eventId(), annulment.eventTimestampMicros()));
            }
        }
        Quarantine aside = node.quarantine;
        return event ->
                out.contains(new Annulled(event.id(), event.timestampMicros()))
                        || (aside != null && aside.has(event));
    }

    private Event event(long address) {
        return shard.histories().records().read(address).event();
    }

    /// Counts all accepted events that count, the annulled too: up from none, or down from all,
    /// whatever reads fewer.
    Tally tally(Node node, AsOf asOf) {
        if (node.foldedAddress < asOf.before() && node.lastMicros <= asOf.atMicros()) {
            return node.tally();
        }
        long[] entries = shard.histories().entries(node, Long.MIN_VALUE, Long.MAX_VALUE);
        long counted = 0;
        long updated = Times.NONE;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (asOf.counts(entries[at], entries[at + 2])) {
                counted++;
                updated = Math.max(updated, entries[at]);
            }
        }
        // Events that were dropped from the log have no entry; they count in every question.
        long total = entries.length / EventIndex.WORDS;
        boolean up = total == node.events && counted <= total / 2;
        EventHash sum = EventHash.ZERO;
        for (int at = 0; at < entries.length; at += EventIndex.WORDS) {
            if (asOf.counts(entries[at], entries[at + 2]) == up) {
                sum = sum.plus(event(entries[at + 2]).hash());
            }
        }
        return new Tally(
                up ? sum : node.tally().revision().plus(negative(sum)),
                counted + node.events - total,
                updated);
    }

    /// What makes nothing of a sum, added to it.
    private static EventHash negative(EventHash sum) {
        return new EventHash(~sum.high(), ~sum.low()).plus(new EventHash(0, 1));
    }
}

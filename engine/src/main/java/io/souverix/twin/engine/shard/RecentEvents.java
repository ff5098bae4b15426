package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import org.jspecify.annotations.Nullable;

/// Events that were folded last, by their addresses: most of what a late event has folded again is
/// not old itself, or was folded again for the one before. They are bounded: an event takes the place
/// of one that was not found since room was made the last time (second chance). There are few of
/// them until histories are folded again that are longer; there are few again once none is for a
/// while. Used by one thread.
final class RecentEvents {
    /// How many places there are at first; a power of two.
    static final int FEW = 8_192;

    /// How many there are at most.
    static final int MANY = 1 << 18;

    /// An event with a longer payload is not kept.
    private static final int MAX_PAYLOAD_BYTES = 1_024;

    /// About how many bytes of the heap an event takes beside its payload in JSON.
    static final int EVENT_BYTES = 400;

    private static final long FOUND = 1;

    /// In how many places an event may be.
    private static final int WAYS = 4;

    private final long maxBytes;
    private @Nullable Event[] events = new Event[FEW];

    /// Of each event its address, and in the lowest bit whether it was found of late.
    private long[] keys = new long[FEW];

    /// Of each event: to look into an old one would be to wait for memory.
    private int[] sizes = new int[FEW];

    private long bytes;

    /// Where room was made last.
    private int hand;

    /// Reads in vain of the history that is being folded again.
    private int missed;

    /// Events kept since one was last found.
    private int unused;

    /// @param maxBytes about how much of the heap they may take
    RecentEvents(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /// Says that a history is folded again from here on.
    void begin() {
        missed = 0;
    }

    /// Keeps an event that was just folded for the first time.
    void accepted(long address, Event event) {
        if (events.length > FEW && unused++ > MANY) {
            resize(FEW);
        }
        keep(address, event);
    }

    /// Keeps an event that was looked for in vain.
    void missed(long address, Event event) {
        if (missed++ > events.length / 2 && events.length < MANY) {
            resize(Math.min(MANY, events.length * 4));
        }
        keep(address, event);
    }

    @Nullable Event find(long address) {
        int first = place(address);
        for (int way = 0; way < WAYS; way++) {
            int place = first + way;
            if (keys[place] >>> 1 == address && events[place] != null) {
                unused = 0;
                if ((keys[place] & FOUND) == 0) {
                    keys[place] |= FOUND;
                }
                return events[place];
            }
        }
        return null;
    }

    private void keep(long address, Event event) {
        if (event.payloadJson().length > MAX_PAYLOAD_BYTES) {
            return;
        }
        int place = placeFor(address);
        drop(place);
        sizes[place] = event.payloadJson().length + EVENT_BYTES;
        bytes += sizes[place];
        keys[place] = address << 1;
        events[place] = event;
        while (bytes > maxBytes) {
            hand = (hand + 1) & (events.length - 1);
            if (events[hand] != null && !hasSecondChance(hand)) {
                drop(hand);
            }
        }
    }

    /// A free place, or that of an event that was not found of late.
    private int placeFor(long address) {
        int first = place(address);
        for (int way = 0; way < WAYS; way++) {
            if (events[first + way] == null) {
                return first + way;
            }
        }
        // Any of them first: which one is the oldest nobody knows.
        int any = (int) (address >>> 3);
        for (int way = any; way < any + WAYS; way++) {
            int place = first + (way & (WAYS - 1));
            if (!hasSecondChance(place)) {
                return place;
            }
        }
        return first + (any & (WAYS - 1));
    }

    /// Whether an event was found of late; the next time it must have been so again.
    private boolean hasSecondChance(int place) {
        boolean found = (keys[place] & FOUND) != 0;
        keys[place] &= ~FOUND;
        return found;
    }

    private void drop(int place) {
        bytes -= sizes[place];
        sizes[place] = 0;
        events[place] = null;
    }

    private void resize(int places) {
        @Nullable Event[] kept = events;
        long[] keptKeys = keys;
        events = new Event[places];
        keys = new long[places];
        sizes = new int[places];
        bytes = 0;
        hand = 0;
        missed = 0;
        unused = 0;
        for (int i = 0; i < kept.length; i++) {
            Event event = kept[i];
            if (event != null) {
                keep(keptKeys[i] >>> 1, event);
            }
        }
    }

    /// The first of the places of an address. Addresses are some hundred bytes apart: by the upper bits
    /// of a product.
    private int place(long address) {
        int sets = events.length / WAYS;
        int set =
                (int)
                        (address * 0x9e3779b97f4a7c15L
                                >>> Long.SIZE - Integer.numberOfTrailingZeros(sets));
        return set * WAYS;
    }
}

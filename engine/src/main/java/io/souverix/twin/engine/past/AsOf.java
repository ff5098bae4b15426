package io.souverix.twin.engine.past;

import io.souverix.twin.core.event.Times;

/// Which events count in a question, and what time it is in it: the one way to ask of the past. The
/// events with `timestamp <= atMicros` that stand before an address of the log count.
///
/// @param atMicros the newest timestamp that counts; [#ALL] for every one
/// @param before the address before which an event counts; [#ALL] for every one
/// @param nowMicros the instant that elapsed times are measured to; [#ALL] for that of the answer
/// @param knownMicros the `known_at` that `before` stands for, or [Times#NONE]
public record AsOf(long atMicros, long before, long nowMicros, long knownMicros) {
    /// No bound.
    public static final long ALL = Long.MAX_VALUE;

    /// Every accepted event, at the moment of the answer.
    public static final AsOf PRESENT = new AsOf(ALL, ALL, ALL, Times.NONE);

    /// How it was at an instant, by the events before an address.
    public AsOf(long atMicros, long before) {
        this(atMicros, before, atMicros, Times.NONE);
    }

    /// How it was at an instant, by all that is known now.
    public static AsOf at(long atMicros) {
        return new AsOf(atMicros, ALL);
    }

    /// Whether every accepted event counts.
    public boolean countsAll() {
        return atMicros == ALL && before == ALL;
    }

    public boolean counts(long timestampMicros, long address) {
        return timestampMicros <= atMicros && address < before;
    }

    /// Whether what was folded up to an address, and counted at an instant, is no more than was so when
    /// this question was pinned.
    public boolean knows(long foldedAddress, long countedMicros) {
        return foldedAddress < before && countedMicros <= nowMicros;
    }

    /// The same question, asked at a moment and of the events before an address: whatever comes
    /// later changes no answer to it. A question that is bound already keeps its bounds.
    public AsOf pinned(long position, long momentMicros) {
        return new AsOf(atMicros, Math.min(before, position), clock(momentMicros), knownMicros);
    }

    /// The instant that elapsed times are measured to, where the answer is given at a moment.
    public long clock(long momentMicros) {
        return nowMicros == ALL ? momentMicros : nowMicros;
    }

    /// The same question of another instant.
    public AsOf withAt(long instantMicros) {
        return new AsOf(instantMicros, before, instantMicros, knownMicros);
    }
}

package io.souverix.twin.simulator;

/// The only source of chance: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine.
/// Whole numbers only, because floating-point logarithms may differ between processors.
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = seed;
    }

    /// A number that depends on nothing but its arguments: for facts that must come out the same
    /// each time they are told (a backlog event and its duplicate).
    static long hash(long a, long b, long c) {
        return mix(mix(mix(a + GOLDEN) ^ b) + GOLDEN ^ c);
    }

    /// A number of 0 until `bound`, drawn from a hash.
    static int pick(long hash, int bound) {
        return (int) ((hash >>> 33) % bound);
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /// A number of 0 until `bound`.
    int below(int bound) {
        return pick(next(), bound);
    }

    /// A number of `from` up to but not including `to`.
    long between(long from, long to) {
        return from + (next() >>> 1) % (to - from);
    }

    boolean perMille(int chances) {
        return below(1000) < chances;
    }
}

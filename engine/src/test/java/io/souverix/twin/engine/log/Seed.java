package io.souverix.twin.engine.log;

import java.util.Random;

/// The seed of a random test: printed, and taken from `-Dseed=` where given.
final class Seed {
    private Seed() {}

    static Random random(String test) {
        long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.printf("%s: -Dseed=%d%n", test, seed);
        return new Random(seed);
    }
}

package io.souverix.twin.torture;

import java.util.List;
import java.util.Random;

/// Which of the questions are asked, and about what.
///
/// @param oneIn of so many questions one is asked; 1: all are
record Choice(Random random, int oneIn) {
    /// Whether the next one is asked.
    boolean asks() {
        return random.nextInt(oneIn) == 0;
    }

    /// One of some.
    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /// The same chance, with which all is asked.
    Choice ofAll() {
        return new Choice(random, 1);
    }
}

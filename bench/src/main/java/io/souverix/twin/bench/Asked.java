package io.souverix.twin.bench;

import java.util.function.IntSupplier;

/// How long a question took: the first time, and then in rounds, in milliseconds.
///
/// @param first the first time it was asked
/// @param rounds each a number of times
record Asked(double first, double[][] rounds) {
    /// Asks once, then a round to warm up, then as many rounds as are measured.
    ///
    /// @param question answers the size of its answer, which must not be 0
    static Asked of(int rounds, int asks, IntSupplier question) {
        double first = ask(question);
        double[][] millis = new double[rounds][asks];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < asks; i++) {
                double taken = ask(question);
                if (round >= 0) {
                    millis[round][i] = taken;
                }
            }
        }
        return new Asked(first, millis);
    }

    private static double ask(IntSupplier question) {
        long began = System.nanoTime();
        int answered = question.getAsInt();
        double millis = (System.nanoTime() - began) / 1e6;
        if (answered == 0) {
            throw new IllegalStateException("found nothing, expected an answer");
        }
        return millis;
    }

    /// Of each round, the value below which a share of its times lies.
    double[] percentiles(double share) {
        double[] values = new double[rounds.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Stopwatch.percentile(rounds[i], share);
        }
        return values;
    }

    double median() {
        return Stopwatch.percentile(percentiles(0.5), 0.5);
    }
}

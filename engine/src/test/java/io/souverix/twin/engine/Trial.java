package io.souverix.twin.engine;

import java.nio.file.Path;

/// A way of trying the service, of which all that happens follows from a seed. A short test runs it a
/// few times; `twin torture` runs it for as long as it is told.
@FunctionalInterface
public interface Trial {
    /// Tries; what is wrong is thrown.
    ///
    /// @param directory where its files may lie; it is this run's own, and need not be there yet
    void run(long seed, Path directory) throws Exception;

    /// Runs it for so many seeds in a row, from the one that tests start from; with `-Dseed=N` for
    /// that one alone.
    ///
    /// @param name of the test, said with each seed
    default void several(String name, int cases, Path directory) throws Exception {
        Long given = Long.getLong("seed");
        long first = given == null ? Long.getLong("first.seed", System.nanoTime()) : given;
        for (long seed = first; seed < first + (given == null ? cases : 1); seed++) {
            System.out.println(name + " seed " + seed);
            run(seed, directory.resolve("case-" + seed));
        }
    }
}

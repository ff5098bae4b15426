package io.souverix.twin.bench;

import java.util.Set;

/// Figures that are taken together, in a JVM of their own that has done nothing before: so the first
/// of them is cold, and the heap holds nothing else.
public interface Stage {
    /// What it is called on the command line.
    String name();

    /// The rows it has figures of.
    Set<String> rows();

    /// Whether it needs the data directory that has taken the load.
    boolean needsFleet();

    /// The largest fleet it can be run with.
    default int mostNodes() {
        return Integer.MAX_VALUE;
    }

    /// Takes the figures and gives them to the bench.
    void run(Bench bench) throws Exception;
}

package io.souverix.twin.bench;

/// How large a measured fleet is.
public record Size(int nodes, int events) {
    /// A fleet of so many nodes, with the events the table is made for: ten a node and twenty where
    /// the fleet is small.
    static Size of(int nodes) {
        return new Size(nodes, nodes * (nodes <= 20_000 ? 20 : 10));
    }

    @Override
    public String toString() {
        return "%,d nodes, %,d events".formatted(nodes, events);
    }
}

package io.souverix.twin.core.graph;

import java.util.Arrays;

/// The edges at every node, one way: a row of integers a node, so that walking them touches one
/// array. A row is `[n, other end, kind, other end, kind, …]`, n edges, perhaps with room to
/// grow behind them; a kind is what [FleetGraph] makes of type and report. Not thread-safe.
final class Rows {
    private static final int[] EMPTY = {0};
    private static final int FIRST = 4;

    private int[][] rows = new int[16][];

    /// The row of a node.
    int[] row(int node) {
        return rows[node];
    }

    /// Makes an empty row for the next node.
    void grow(int nodes) {
        if (nodes > rows.length) {
            rows = Arrays.copyOf(rows, Math.max(nodes, rows.length + (rows.length >> 1)));
        }
        rows[nodes - 1] = EMPTY;
    }

    /// Puts another row in the place of one.
    void set(int node, int[] row) {
        rows[node] = row;
    }

    void add(int node, int end, int kind) {
        int[] row = rows[node];
        int at = 1 + 2 * row[0];
        if (at + 1 >= row.length) {
            row = Arrays.copyOf(row, Math.max(1 + 2 * FIRST, row.length + row.length / 2 + 2));
            rows[node] = row;
        }
        row[at] = end;
        row[at + 1] = kind;
        row[0]++;
    }

    void remove(int node, int end, int kind) {
        int[] row = rows[node];
        int count = row[0];
        for (int i = 0; i < count; i++) {
            int at = 1 + 2 * i;
            if (row[at] == end && row[at + 1] == kind) {
                int last = 2 * count - 1;
                row[at] = row[last];
                row[at + 1] = row[last + 1];
                row[0] = count - 1;
                return;
            }
        }
        throw new IllegalStateException("no edge of " + node + " to " + end);
    }
}

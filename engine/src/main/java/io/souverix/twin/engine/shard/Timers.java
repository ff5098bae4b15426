package io.souverix.twin.engine.shard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// When the facets of nodes change by time alone: at most one armed timer a node. A node whose change
/// moves away keeps its earlier timer, which is armed anew when it fires.
///
/// A binary heap, the earliest first, of numbers only: there is a timer for nearly every node.
final class Timers {
    private final Roster roster;
    private long[] instants = new long[64];

    /// Those of the nodes in the roster.
    private int[] places = new int[64];

    private int count;

    Timers(Roster roster) {
        this.roster = roster;
    }

    /// Makes room for about so many.
    void expect(int timers) {
        if (timers > instants.length) {
            instants = Arrays.copyOf(instants, timers);
            places = Arrays.copyOf(places, timers);
        }
    }

    /// Arms the node's timer, unless one is armed that fires earlier.
    void arm(Node node, long atMicros) {
        if (atMicros < node.armedMicros) {
            node.armedMicros = atMicros;
            add(node.place, atMicros);
        }
    }

    /// Adds the timer of a node of which none is armed.
    void add(int place, long atMicros) {
        if (atMicros == Node.NOT_ARMED) {
            return;
        }
        if (count == instants.length) {
            expect(count / 2 * 3);
        }
        rise(count++, atMicros, place);
    }

    /// The nodes whose timers fire at or before an instant, at most so many; they are armed no more.
    List<Node> due(long nowMicros, int most) {
        List<Node> due = new ArrayList<>();
        while (anyDue(nowMicros) && due.size() < most) {
            long instant = instants[0];
            Node node = roster.node(places[0]);
            count--;
            sink(instants[count], places[count]);
            if (node.armedMicros == instant) {
                node.armedMicros = Node.NOT_ARMED;
                due.add(node);
            }
        }
        return due;
    }

    /// Whether a timer fires at or before an instant.
    boolean anyDue(long nowMicros) {
        return count > 0 && instants[0] <= nowMicros;
    }

    /// Puts a timer where it belongs, from a free end upwards.
    private void rise(int end, long instant, int place) {
        int at = end;
        while (at > 0 && instants[at - 1 >>> 1] > instant) {
            set(at, instants[at - 1 >>> 1], places[at - 1 >>> 1]);
            at = at - 1 >>> 1;
        }
        set(at, instant, place);
    }

    /// Puts a timer where it belongs, from the free top downwards.
    private void sink(long instant, int place) {
        int at = 0;
        int child = 1;
        while (child < count) {
            if (child + 1 < count && instants[child + 1] < instants[child]) {
                child++;
            }
            if (instants[child] >= instant) {
                break;
            }
            set(at, instants[child], places[child]);
            at = child;
            child = 2 * at + 1;
        }
        set(at, instant, place);
    }

    private void set(int at, long instant, int place) {
        instants[at] = instant;
        places[at] = place;
    }
}

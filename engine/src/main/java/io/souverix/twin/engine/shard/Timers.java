package io.souverix.twin.engine.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// When the facets of nodes change by time alone: at most one armed timer a node. A node whose change
/// moves away keeps its earlier timer, which is armed anew when it fires.
final class Timers {
    private record Timer(long atMicros, Node node) {}

    private final PriorityQueue<Timer> queue =
            new PriorityQueue<>((a, b) -> Long.compare(a.atMicros(), b.atMicros()));

    /// Arms the node's timer, unless one is armed that fires earlier.
    void arm(Node node, long atMicros) {
        if (atMicros < node.armedMicros) {
            node.armedMicros = atMicros;
            queue.add(new Timer(atMicros, node));
        }
    }

    /// The nodes whose timers fire at or before an instant, at most so many; they are armed no more.
    List<Node> due(long nowMicros, int most) {
        List<Node> due = new ArrayList<>();
        for (Timer timer = queue.peek();
                timer != null && timer.atMicros() <= nowMicros && due.size() < most;
                timer = queue.peek()) {
            queue.poll();
            if (timer.node().armedMicros == timer.atMicros()) {
                timer.node().armedMicros = Node.NOT_ARMED;
                due.add(timer.node());
            }
        }
        return due;
    }

    /// Whether a timer fires at or before an instant.
    boolean anyDue(long nowMicros) {
        Timer first = queue.peek();
        return first != null && first.atMicros() <= nowMicros;
    }
}

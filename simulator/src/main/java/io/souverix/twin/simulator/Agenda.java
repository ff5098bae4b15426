package io.souverix.twin.simulator;

import java.util.PriorityQueue;

/// What is to happen when: the queue of a discrete-event simulation, and its clock. Steps due at
/// the same microsecond run in the order they were put down. Holds at most a few steps a node.
final class Agenda {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long now;
    private long order;

    Agenda(long start) {
        now = start;
    }

    /// Microseconds since 1970.
    long now() {
        return now;
    }

    void at(long time, Runnable step) {
        queue.add(new Due(Math.max(time, now), order++, step));
    }

    void after(long micros, Runnable step) {
        at(now + micros, step);
    }

    /// When the next step is due; never, if there is none.
    long nextDue() {
        Due due = queue.peek();
        return due == null ? Long.MAX_VALUE : due.time;
    }

    void runNext() {
        Due due = queue.remove();
        now = due.time;
        due.step.run();
    }

    void advanceTo(long time) {
        now = Math.max(now, time);
    }

    int size() {
        return queue.size();
    }

    private record Due(long time, long order, Runnable step) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}

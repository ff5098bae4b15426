package io.souverix.twin.engine.changes;

import io.souverix.twin.engine.shard.NodeChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest changes, in order, within a bound on their number and on their bytes. Thread-safe.
final class ChangeRing {
    private final @Nullable Change[] slots;
    private final long maxBytes;
    private final long run;
    private long head;
    private long headAddress;
    private long tail;
    private long tailAddress;

    /// Whether something changed by time alone, at the tail's address, that is no longer retained.
    private boolean tailAged;

    private long bytes;

    /// @param run names the process whose sequence this is
    /// @param address the position from which on changes are seen
    ChangeRing(Bounds bounds, long run, long address) {
        this.slots = new Change[bounds.ringChanges()];
        this.maxBytes = bounds.ringBytes();
        this.run = run;
        this.headAddress = address;
        this.tailAddress = address;
    }

    synchronized void add(NodeChange node) {
        long end = Math.max(headAddress, node.end());
        Change change = new Change(head + 1, end, node);
        while (head - tail == slots.length || (bytes + change.bytes() > maxBytes && head > tail)) {
            drop();
        }
        head++;
        headAddress = end;
        slots[slot(head)] = change;
        bytes += change.bytes();
    }

    private void drop() {
        tail++;
        Change dropped = slots[slot(tail)];
        slots[slot(tail)] = null;
        if (dropped != null) {
            tailAged = dropped.isAged() || (tailAged && dropped.end() == tailAddress);
            tailAddress = dropped.end();
            bytes -= dropped.bytes();
        }
    }

    /// Lets go of the changes by events before an address: they are no longer in the log.
    synchronized void forgetBefore(long address) {
        for (Change next = next(); next != null && next.end() <= address; next = next()) {
            drop();
        }
    }

    private @Nullable Change next() {
        return head > tail ? slots[slot(tail + 1)] : null;
    }

    /// Everything that a position shows is in.
    synchronized void reached(long address) {
        headAddress = Math.max(headAddress, address);
    }

    private int slot(long sequence) {
        return (int) (sequence % slots.length);
    }

    /// The number of the newest change; 0 before the first.
    synchronized long head() {
        return head;
    }

    /// Where a client stands that has seen everything.
    synchronized ChangePosition headPosition() {
        return new ChangePosition(headAddress, run, head);
    }

    /// The number up to which changes are no longer retained.
    synchronized long tail() {
        return tail;
    }

    /// Where a client stands that has seen the changes up to a number.
    synchronized ChangePosition position(long sequence) {
        if (sequence >= head) {
            return headPosition();
        }
        Change change = sequence > tail ? slots[slot(sequence)] : null;
        return new ChangePosition(change == null ? tailAddress : change.end(), run, sequence);
    }

    /// Where a client stands that has seen the changes up to one.
    ChangePosition position(Change change) {
        return new ChangePosition(change.end(), run, change.sequence());
    }

    /// The changes after a number, oldest first, or null where some of them are no longer retained.
    synchronized @Nullable List<Change> after(long sequence, int most) {
        if (sequence < tail) {
            return null;
        }
        List<Change> changes = new ArrayList<>();
        for (long at = sequence + 1; at <= head && changes.size() < most; at++) {
            Change change = slots[slot(at)];
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /// The number after which a client that stands at a position goes on, or -1 where what followed
    /// is no longer retained.
    synchronized long resume(ChangePosition position) {
        if (position.run() == run) {
            return position.sequence() < tail || position.sequence() > head
                    ? -1
                    : position.sequence();
        }
        boolean lost =
                position.address() < tailAddress || (position.address() == tailAddress && tailAged);
        if (position.run() != ChangePosition.ANY_RUN || lost) {
            return -1;
        }
        long low = tail;
        long high = head;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            Change change = slots[slot(middle)];
            if (change != null && change.end() <= position.address()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return firstAged(low, position.address());
    }

    /// Goes back over what changed by time alone since the position: an answer that told the position
    /// may be from before.
    private long firstAged(long last, long address) {
        long at = last;
        while (at > tail) {
            Change change = slots[slot(at)];
            if (change == null || !change.isAged() || change.end() != address) {
                break;
            }
            at--;
        }
        return at;
    }

    synchronized Fill fill() {
        return new Fill(head - tail, bytes);
    }

    /// How full it is.
    record Fill(long changes, long bytes) {}
}

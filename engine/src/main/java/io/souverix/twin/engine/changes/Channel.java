package io.souverix.twin.engine.changes;

import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one watch makes of the changes, ready for all clients that share it. The feed's thread examines
/// every change once; each client takes on from its own place. A client that is further behind than
/// what is kept ready here goes through the ring by itself. Thread-safe.
final class Channel {
    /// How many messages a client is given at a time.
    private static final int MAX_TAKEN = 256;

    private final Watch watch;
    private final Judge judge;
    private final Message[] slots;

    /// The messages kept have the indexes from `first` to before `next`.
    private long first;

    private long next;

    /// Every change after `from` and up to `examined` has its message kept, if it has one.
    private long from;

    private long examined;
    private int clients;
    private long leftNanos;
    private boolean closed;

    /// The nodes in the filter, as far as the clients were told; only of a filter that tells time.
    private final Set<String> members = new HashSet<>();

    /// Makes the message of a change, or null where it is none to the watch.
    interface Judge {
        @Nullable Message message(Watch watch, Change change);

        /// @param was whether the node was in the filter as far as the clients know
        @Nullable Message message(Watch watch, Change change, boolean was);

        /// Whether the node is in the filter after the change.
        boolean matches(Watch watch, Change change);
    }

    /// What a client gets: messages, or the word that it is too far behind for this channel.
    ///
    /// @param index where it goes on here; -1 where it is too far behind
    /// @param standing the number of the last change it has now seen
    record Taken(List<Message> messages, long index, long standing) {}

    Channel(Watch watch, Judge judge, int capacity) {
        this.watch = watch;
        this.judge = judge;
        this.slots = new Message[capacity];
    }

    Watch watch() {
        return watch;
    }

    boolean tellsTime() {
        return watch.isOfNodes() && watch.filter().tellsTime();
    }

    /// Goes through the next changes.
    ///
    /// @param tail changes up to this number are no longer retained
    synchronized void examine(List<Change> changes, long tail) {
        for (Change change : changes) {
            Message message = watch.isOfNodes() ? judged(change) : null;
            if (message != null) {
                keep(message);
            }
            examined = change.sequence();
        }
        while (first < next && slot(first).sequence() < tail) {
            dropFirst();
        }
    }

    private @Nullable Message judged(Change change) {
        if (!tellsTime()) {
            return judge.message(watch, change);
        }
        String id = change.node().nodeId();
        boolean was = members.contains(id);
        Message message = judge.message(watch, change, was);
        if (was != judge.matches(watch, change)) {
            member(id, !was);
        }
        return message;
    }

    private void member(String id, boolean is) {
        if (is) {
            members.add(id);
        } else {
            members.remove(id);
        }
    }

    /// Tests a node again because time has passed; makes the message where it came or went.
    ///
    /// @param told makes the message; its argument says whether it came
    synchronized void retest(Seen seen, Function<Boolean, Message> told) {
        String id = seen.view().twin().id();
        boolean is = watch.matches(seen);
        if (members.contains(id) != is) {
            member(id, is);
            keep(told.apply(is));
        }
    }

    /// Takes in what is no change of a node: rows of an aggregate.
    synchronized void tell(Message message) {
        keep(message);
    }

    private void keep(Message message) {
        if (next - first == slots.length) {
            dropFirst();
        }
        slots[slotOf(next++)] = message;
        notifyAll();
    }

    private void dropFirst() {
        from = Math.max(from, slot(first).sequence());
        first++;
    }

    private Message slot(long index) {
        return slots[slotOf(index)];
    }

    private int slotOf(long index) {
        return (int) (index % slots.length);
    }

    /// Everything up to a number was missed: it is for the clients to find it in the ring.
    synchronized void skipTo(long sequence) {
        first = next;
        from = sequence;
        examined = sequence;
        notifyAll();
    }

    synchronized long examined() {
        return examined;
    }

    /// The number from which on clients find everything here.
    synchronized long from() {
        return from;
    }

    /// Where a client that has seen the changes up to a number goes on here, or -1 where it is too far
    /// behind.
    synchronized long place(long standing) {
        if (standing < from) {
            return -1;
        }
        long index = next;
        while (index > first && slot(index - 1).follows(standing)) {
            index--;
        }
        return index;
    }

    /// The next messages for a client, waiting for the first; none where there is none in time.
    ///
    /// @param hurried whether the client waits no longer; asked again at every [#wake]
    synchronized Taken take(long index, long standing, long patienceNanos, BooleanSupplier hurried)
            throws InterruptedException {
        long deadline = System.nanoTime() + patienceNanos;
        while (!closed && index >= first && index == next) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || hurried.getAsBoolean()) {
                return new Taken(List.of(), index, Math.max(standing, examined));
            }
            wait(left);
        }
        if (index < first) {
            return new Taken(List.of(), -1, standing);
        }
        List<Message> messages = new ArrayList<>();
        long at = index;
        while (at < next && messages.size() < MAX_TAKEN) {
            Message message = slot(at++);
            if (message.follows(standing)) {
                messages.add(message);
            }
        }
        long reached = at == next ? examined : slot(at - 1).sequence();
        return new Taken(messages, at, Math.max(standing, reached));
    }

    /// Notes a node that is in the filter at the beginning.
    synchronized void seed(Seen seen) {
        member(seen.view().twin().id(), watch.matches(seen));
    }

    /// Has those who wait look whether they still want to.
    synchronized void wake() {
        notifyAll();
    }

    synchronized void join() {
        clients++;
    }

    synchronized void leave() {
        clients--;
        leftNanos = System.nanoTime();
    }

    /// Whether nobody has been here for so long.
    synchronized boolean deserted(long nowNanos, long lingerNanos) {
        return clients == 0 && nowNanos - leftNanos >= lingerNanos;
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean closed() {
        return closed;
    }
}

package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.NodeChange.Cause;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Notes how nodes change while a shard folds. While somebody listens, a node is copied before its
/// first event of a frame is folded in: the old twin stays as it is, as the end of its last change and
/// the beginning of the next. The caller holds the shard's write lock.
final class Recorder {
    private static final long[] NO_EVENTS = {};

    private final Rules rules;
    private final Outbox outbox = new Outbox();
    private Catalogue catalogue = Catalogue.EMPTY;
    private long end;
    private long nowMicros;
    private long countedMicros;

    /// The events of a node in the frame that is being folded.
    static final class Pending {
        private final @Nullable Seen before;
        private final boolean captured;
        private long[] addresses = new long[1];
        private int count;

        Pending(@Nullable Seen before, boolean captured) {
            this.before = before;
            this.captured = captured;
        }

        long[] addresses() {
            return Arrays.copyOf(addresses, count);
        }

        void add(long address) {
            if (count == addresses.length) {
                addresses = Arrays.copyOf(addresses, count * 2);
            }
            addresses[count++] = address;
        }
    }

    Recorder(Rules rules) {
        this.rules = rules;
    }

    Outbox outbox() {
        return outbox;
    }

    /// Everything is counted as of an instant, and nothing of it is a change.
    void start(Catalogue current, long now) {
        catalogue = current;
        countedMicros = now;
        nowMicros = now;
    }

    /// A frame begins that ends at a position.
    void begin(long frameEnd, long now) {
        end = frameEnd;
        begin(now);
    }

    /// Timers fire between frames.
    void begin(long now) {
        nowMicros = Math.max(now, countedMicros);
    }

    /// Called before an event of the node is folded in.
    void event(Node node, long address) {
        beginning(node).add(address);
    }

    /// Called before the node is folded in another way.
    Pending beginning(Node node) {
        Pending pending = node.pending;
        if (pending == null) {
            pending = capture(node);
            node.pending = pending;
        }
        return pending;
    }

    private Pending capture(Node node) {
        boolean listening = outbox.listening();
        Seen before = listening && node.events > 0 ? seen(node, catalogue, nowMicros) : null;
        if (listening || node.shared) {
            node.replace(node.twin().copy());
            node.shared = false;
        }
        return new Pending(before, listening);
    }

    private Seen seen(Node node, Catalogue current, long atMicros) {
        TwinView view = new TwinView(node.twin(), current, rules, atMicros);
        return new Seen(view, node.tally(), node.foldedAddress);
    }

    /// The node is folded and counted.
    void folded(Node node, Catalogue current) {
        Pending pending = node.pending;
        node.pending = null;
        if (pending == null) {
            add(node, Cause.CATALOGUE, current, nowMicros);
            return;
        }
        Seen after = null;
        if (pending.captured) {
            after = seen(node, current, nowMicros);
            node.shared = true;
        }
        long[] addresses = pending.addresses();
        outbox.add(
                new NodeChange(
                        node.id,
                        addresses.length == 0 ? Cause.CATALOGUE : Cause.EVENTS,
                        end,
                        nowMicros,
                        nowMicros,
                        addresses,
                        pending.before,
                        after));
    }

    /// The node counts differently because time passed.
    void aged(Node node) {
        add(node, Cause.TIME, catalogue, countedMicros);
    }

    /// A node whose events are the same before and after.
    private void add(Node node, Cause cause, Catalogue current, long beforeMicros) {
        boolean listening = outbox.listening();
        Seen before = listening ? seen(node, catalogue, beforeMicros) : null;
        Seen after = listening ? seen(node, current, nowMicros) : null;
        node.shared |= listening;
        outbox.add(
                new NodeChange(
                        node.id, cause, end, beforeMicros, nowMicros, NO_EVENTS, before, after));
    }

    /// The step is done.
    void done(Catalogue current) {
        catalogue = current;
        countedMicros = nowMicros;
    }
}

package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.LogException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Records of a log that were folded, each with a hash of its bytes: they tell which log a derived
/// store was made of, and that a log has lost its end.
///
/// The newest and some older ones, spread over the log: where it has lost its end, one that is left
/// still says that it is the same log.
record Anchors(List<Anchor> anchors) {
    /// How many are kept; beyond it every second of the older ones is forgotten.
    static final int MAX = 32;

    private static final int BYTES = 2 * Long.BYTES;

    /// A record and its hash.
    record Anchor(long address, long hash) {}

    Anchors {
        anchors = List.copyOf(anchors);
    }

    /// A number that tells bytes apart.
    static long number(byte[] bytes) {
        return EventHash.of(bytes, bytes.length).high();
    }

    static Anchors read(byte @Nullable [] bytes) {
        List<Anchor> anchors = new ArrayList<>();
        if (bytes != null) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (in.remaining() >= BYTES) {
                anchors.add(new Anchor(in.getLong(), in.getLong()));
            }
        }
        return new Anchors(anchors);
    }

    byte[] write() {
        ByteBuffer out = ByteBuffer.allocate(anchors.size() * BYTES);
        anchors.forEach(anchor -> out.putLong(anchor.address()).putLong(anchor.hash()));
        return out.array();
    }

    /// These and the record at an address of the log.
    Anchors with(long address, EventLog log) {
        List<Anchor> more = new ArrayList<>();
        for (int i = 0; i < anchors.size(); i++) {
            if (anchors.get(i).address() < address && (anchors.size() < MAX || i % 2 == 0)) {
                more.add(anchors.get(i));
            }
        }
        more.add(new Anchor(address, number(log.read(address))));
        return new Anchors(more);
    }

    boolean isEmpty() {
        return anchors.isEmpty();
    }

    /// The greatest address, or -1.
    long newest() {
        return isEmpty() ? -1 : anchors.getLast().address();
    }

    /// Whether the log has another record in the place of one of these. What was dropped from its
    /// beginning, or is beyond its end, says nothing.
    boolean contradict(EventLog log) {
        for (Anchor anchor : anchors) {
            boolean there = anchor.address() >= log.start() && anchor.address() < log.end();
            if (there && !isIn(log, anchor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(EventLog log, Anchor anchor) {
        try {
            return number(log.read(anchor.address())) == anchor.hash();
        } catch (LogException _) {
            return false;
        }
    }
}

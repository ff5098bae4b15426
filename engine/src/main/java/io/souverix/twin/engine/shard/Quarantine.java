package io.souverix.twin.engine.shard;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.shard.Node.Annulled;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// What is set aside of one node because it could not be read, folded or counted. Written by the shard's
/// thread under its lock.
public final class Quarantine {
    /// How many events of a node are set aside one by one; beyond that the node is as if it had none.
    static final int MAX_EVENTS = 32;

    // Read by those who list it.
    private final Map<Annulled, Long> events = new ConcurrentSkipListMap<>();
    private final long sinceMicros;
    private volatile String detail;
    private volatile boolean counted = true;

    Quarantine(String detail, long sinceMicros) {
        this.detail = detail;
        this.sinceMicros = sinceMicros;
    }

    /// A subject of which something is set aside.
    ///
    /// @param subject a node's id, or kind and id of a domain or component, such as `domain eu-1`, or
    ///     `sbom` and the digest of a document
    /// @param sinceMicros when it was found, in this run
    /// @param counted whether the rest of it counts in aggregates
    /// @param events the ids of the events that are set aside, at most the first few; for one that
    ///     cannot be read, its place in the log in words
    /// @param detail what went wrong last
    public record Entry(
            String subject, long sinceMicros, boolean counted, List<String> events, String detail) {
        public Entry {
            events = List.copyOf(events);
        }

        /// A domain or component that stays as it was.
        public static Entry of(Subject subject, String why) {
            String name = subject.kind().name().toLowerCase(Locale.ROOT) + " " + subject.id();
            return new Entry(name, Times.NONE, true, List.of(), why);
        }

        /// A stored document that is damaged.
        public static Entry ofDocument(String digest, String why) {
            return new Entry("sbom " + digest, Times.NONE, true, List.of(), why);
        }
    }

    static String detail(String doing, Throwable thrown) {
        return doing + ": " + thrown;
    }

    void add(Annulled event, long address, String why) {
        events.put(event, address);
        detail = why;
    }

    boolean isCounted() {
        return counted;
    }

    void counted() {
        counted = true;
    }

    void uncounted(String why) {
        counted = false;
        detail = why;
    }

    boolean isFull() {
        return events.size() >= MAX_EVENTS;
    }

    boolean has(Event event) {
        return events.containsKey(new Annulled(event.id(), event.timestampMicros()));
    }

    /// Whether the event at a place of the log is set aside.
    boolean has(long address) {
        return events.containsValue(address);
    }

    /// The events that are set aside, by where they stand in the log.
    Map<Annulled, Long> events() {
        return events;
    }

    Entry entry(String nodeId) {
        List<String> ids = events.keySet().stream().map(Annulled::eventId).toList();
        return new Entry(nodeId, sinceMicros, counted, ids, detail);
    }
}

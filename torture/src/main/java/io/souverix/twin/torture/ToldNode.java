package io.souverix.twin.torture;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.EventReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A node of which a client tells one request after the other: what was told of it, in its order, and
/// how much of that was acknowledged. One thread tells; others may look.
final class ToldNode {
    private static final String[] STATES = {"live", "delayed", "edge-cached", "autonomous"};

    private final String id;
    private final Random random;
    private final EventReader reader = new EventReader();

    /// The sum of the hashes of the first so many events.
    private final List<EventHash> sums = new ArrayList<>(List.of(EventHash.ZERO));

    private List<String> unanswered = List.of();
    private int acknowledged;

    ToldNode(String id, long seed) {
        this.id = id;
        this.random = new Random(seed);
    }

    String id() {
        return id;
    }

    /// What was not answered, or else so many new events of about a time, some of them late.
    synchronized List<String> next(int count, Instant time) {
        if (unanswered.isEmpty()) {
            List<String> lines = new ArrayList<>(count);
            boolean late = random.nextInt(5) == 0;
            for (int i = 0; i < count; i++) {
                Instant at = late ? time.minusSeconds(random.nextInt(3_600)) : time.plusMillis(i);
                lines.add(
                        "{\"id\":\"e%d\",\"timestamp\":\"%s\",\"node_id\":\"%s\",\"event_type\":\"state_transition\",\"payload\":{\"to\":\"%s\"}}"
                                .formatted(
                                        sums.size(),
                                        at,
                                        id,
                                        STATES[random.nextInt(STATES.length)]));
                sums.add(sums.getLast().plus(event(lines.getLast()).hash()));
            }
            unanswered = lines;
        }
        return unanswered;
    }

    /// What came last was acknowledged.
    synchronized void acknowledge() {
        unanswered = List.of();
        acknowledged = sums.size() - 1;
    }

    /// How many events were acknowledged.
    synchronized int acknowledged() {
        return acknowledged;
    }

    /// How many events were told, answered or not.
    synchronized int told() {
        return sums.size() - 1;
    }

    /// How many of the first events make a revision, from so many up to so many; -1 where none do.
    synchronized int events(String revision, int least, int most) {
        for (int count = least; count <= most; count++) {
            if (sums.get(count).hex().equals(revision)) {
                return count;
            }
        }
        return -1;
    }

    Event event(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return switch (reader.readNative(bytes, 0, bytes.length)) {
            case EventReader.Result.Accepted(Event event) -> event;
            case EventReader.Result.Refused refused ->
                    throw new AssertionError(refused.rejection() + ": " + line);
        };
    }
}

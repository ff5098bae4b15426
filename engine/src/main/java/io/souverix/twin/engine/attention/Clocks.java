package io.souverix.twin.engine.attention;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.attention.Sighting;
import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The clocks that were seen to be ahead: an event cannot be recorded before it happens, so one whose
/// timestamp is after its recording tells that the clock of its source is off. That an event comes
/// late tells nothing: it may have waited.
///
/// A clock is a source, or the subject itself where the event names no source. What is kept of it are
/// stretches of time without an hour's gap between two such events; they are the same whatever order
/// the events are taken in, and however often. Thread-safe.
public final class Clocks {
    /// How far ahead a timestamp may be without a word.
    public static final long TOLERANCE_MICROS = 60 * Times.MICROS_PER_SECOND;

    /// How long one such event speaks against its clock.
    public static final long STANDS_MICROS = 3_600 * Times.MICROS_PER_SECOND;

    /// How many stretches are kept; the oldest go first.
    static final int MAX_STRETCHES = 10_000;

    private final NavigableSet<Stretch> stretches = new TreeSet<>(Stretch.ORDER);

    /// A stretch of time in which a clock was seen to be ahead.
    ///
    /// @param source null where the events name none: the clock is the subject's
    /// @param first the event with the oldest timestamp; of several the one recorded first
    /// @param untilMicros the newest timestamp
    private record Stretch(
            @Nullable String source, String subject, Witness first, long untilMicros) {
        private static final Comparator<Stretch> ORDER =
                Comparator.comparing(Stretch::clock).thenComparingLong(Stretch::fromMicros);

        long fromMicros() {
            return first.timestampMicros;
        }

        String clock() {
            return source == null ? "of " + subject : "source " + source;
        }

        boolean touches(Stretch other) {
            return clock().equals(other.clock())
                    && fromMicros() - other.untilMicros <= STANDS_MICROS
                    && other.fromMicros() - untilMicros <= STANDS_MICROS;
        }

        /// What all stretches of the clock come after.
        Stretch withFrom(long micros) {
            return new Stretch(source, subject, new Witness(0, micros, 0, true, ""), micros);
        }

        Stretch with(Stretch other) {
            return new Stretch(
                    source,
                    subject,
                    Witness.ORDER.compare(first, other.first) <= 0 ? first : other.first,
                    Math.max(untilMicros, other.untilMicros));
        }
    }

    /// An event whose timestamp is ahead.
    private record Witness(
            long address, long timestampMicros, long recordedMicros, boolean ofNode, String id) {
        private static final Comparator<Witness> ORDER =
                Comparator.comparingLong(Witness::timestampMicros)
                        .thenComparingLong(Witness::address);
    }

    /// Looks at an event as it was recorded.
    public void take(Event event, long address, long recordedMicros) {
        if (event.timestampMicros() - recordedMicros <= TOLERANCE_MICROS) {
            return;
        }
        Subject subject = event.subject();
        long timestamp = event.timestampMicros();
        Witness witness =
                new Witness(
                        address,
                        timestamp,
                        recordedMicros,
                        subject.kind() == Subject.Kind.NODE,
                        subject.id());
        add(new Stretch(event.source(), subject.id(), witness, timestamp));
    }

    private synchronized void add(Stretch fresh) {
        Stretch grown = fresh;
        Iterator<Stretch> ofClock =
                stretches.tailSet(fresh.withFrom(Long.MIN_VALUE), true).iterator();
        while (ofClock.hasNext()) {
            Stretch next = ofClock.next();
            if (!next.clock().equals(fresh.clock())) {
                break;
            }
            if (next.touches(grown)) {
                grown = grown.with(next);
                ofClock.remove();
            }
        }
        stretches.add(grown);
        if (stretches.size() > MAX_STRETCHES) {
            stretches.stream()
                    .min(Comparator.comparingLong(Stretch::untilMicros))
                    .ifPresent(stretches::remove);
        }
    }

    /// What is raised.
    ///
    /// @param atMicros the newest timestamp that counts
    /// @param before the address before which an event counts
    /// @param nowMicros the instant of the question
    public synchronized List<Sighting> sightings(long atMicros, long before, long nowMicros) {
        List<Sighting> sightings = new ArrayList<>();
        for (Stretch stretch : stretches) {
            boolean known = stretch.first.address < before && stretch.fromMicros() <= atMicros;
            if (known && nowMicros < stretch.untilMicros + STANDS_MICROS) {
                sightings.add(sighting(stretch));
            }
        }
        return sightings;
    }

    private static Sighting sighting(Stretch stretch) {
        Witness first = stretch.first;
        String subject = stretch.source == null ? stretch.subject : stretch.source;
        JsonObject members =
                new JsonObject.Builder()
                        .put("source", stretch.source)
                        .put("subject", stretch.source == null ? stretch.subject : null)
                        .build();
        long ahead = (first.timestampMicros - first.recordedMicros) / Times.MICROS_PER_SECOND;
        JsonObject.Builder values = new JsonObject.Builder();
        if (first.ofNode) {
            values.put("node_id", first.id);
        }
        values.put("timestamp", Times.text(first.timestampMicros))
                .put("recorded_at", Times.text(first.recordedMicros))
                .put("ahead_seconds", Json.of(ahead));
        return new Sighting(
                new Raised(new Cause(Alert.CLOCK_OFF, members), first.timestampMicros, Times.NONE),
                subject,
                first.timestampMicros,
                values.build(),
                List.of(first.address));
    }

    /// The addresses of the events that it rests on.
    public synchronized List<Long> witnesses() {
        return stretches.stream().map(stretch -> stretch.first.address).toList();
    }

    /// What is known, for a checkpoint.
    public synchronized byte[] write() {
        StateWriter writer = new StateWriter();
        writer.list(
                List.copyOf(stretches),
                (out, stretch) ->
                        out.text(stretch.source)
                                .text(stretch.subject)
                                .number(stretch.first.address)
                                .fixed(stretch.first.timestampMicros)
                                .fixed(stretch.first.recordedMicros)
                                .truth(stretch.first.ofNode)
                                .text(stretch.first.id)
                                .fixed(stretch.untilMicros));
        return writer.toByteArray();
    }

    /// Takes in what a checkpoint held.
    public void read(byte[] state) {
        StateReader reader = new StateReader(state, Sharing.NONE);
        List<Stretch> read =
                new ArrayList<>(
                        reader.list(in ->
                                new Stretch(
                                        in.optionalText(),
                                        in.text(),
                                        new Witness(
                                                in.number(),
                                                in.fixed(),
                                                in.fixed(),
                                                in.truth(),
                                                in.text()),
                                        in.fixed())));
        read.forEach(this::add);
    }
}

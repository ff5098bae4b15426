package io.souverix.twin.engine.graph;

import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Face;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Counts how often nodes became something else on the map, in equal parts of a span of time: another
/// connectivity, drift or trust, there or gone. What only time does to debts, and who governs, is not
/// counted. Not thread-safe.
public final class MapChanges {
    /// Into how many parts a span may be cut.
    public static final int MAX_STEPS = 1_000;

    private final Span span;
    private final long[] counts;

    /// A span of time after an instant, up to another, in parts.
    public record Span(long sinceMicros, long untilMicros, int steps) {
        public Span {
            if (sinceMicros >= untilMicros || steps < 1 || steps > MAX_STEPS) {
                throw new IllegalArgumentException("found no span of time");
            }
        }

        /// Where a part ends; it belongs to it.
        long end(int step) {
            return step == steps - 1 ? untilMicros : sinceMicros + part() * (step + 1);
        }

        /// The part an instant is in.
        int step(long micros) {
            return (int) Math.min(steps - 1L, (micros - sinceMicros - 1) / part());
        }

        private long part() {
            return Math.max(1, (untilMicros - sinceMicros) / steps);
        }
    }

    MapChanges(Span span) {
        this.span = span;
        this.counts = new long[span.steps()];
    }

    /// @param column null where the faces of a node can only be asked for one by one: then it counts
    ///     once in each part at whose end it is another than at its beginning
    void take(@Nullable Column column, LongFunction<@Nullable Face> faces) {
        if (column == null) {
            compare(faces);
        } else {
            sweep(column);
        }
    }

    private void sweep(Column column) {
        int index = column.indexAt(span.sinceMicros());
        Face before = index < 0 ? null : column.face(index);
        for (int i = index + 1; i < column.size(); i++) {
            if (column.time(i) > span.untilMicros()) {
                return;
            }
            Face face = column.face(i);
            if (!same(before, face)) {
                counts[span.step(column.time(i))]++;
            }
            before = face;
        }
    }

    private void compare(LongFunction<@Nullable Face> faces) {
        Face before = faces.apply(span.sinceMicros());
        for (int step = 0; step < span.steps(); step++) {
            Face face = faces.apply(span.end(step));
            counts[step] += same(before, face) ? 0 : 1;
            before = face;
        }
    }

    private static boolean same(@Nullable Face one, @Nullable Face other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        Facets a = one.facets();
        Facets b = other.facets();
        return one.decommissioned() == other.decommissioned()
                && a.connectivity() == b.connectivity()
                && a.drift().worst() == b.drift().worst()
                && a.trust().state() == b.trust().state()
                && Objects.equals(one.identity().zone(), other.identity().zone());
    }

    long[] counts() {
        return counts;
    }
}

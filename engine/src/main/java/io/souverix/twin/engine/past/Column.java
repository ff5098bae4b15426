package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.twin.Identity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The faces of a node over time: an entry wherever it changes, by an event, by time alone, or because
/// the catalogue did. Immutable.
///
/// Of a face the facets change with nearly every entry, who the node is and what it is linked to
/// hardly ever: that is kept once for a run of entries, and an entry costs half of what it would as an
/// object of its own.
public final class Column {
    private static final Column EMPTY = new Column(new long[0], new Facets[0], new Run[0]);

    private final long[] times;
    private final Facets[] facets;
    private final Run[] runs;

    /// What entries have in common, from one on.
    private record Run(int from, Identity identity, List<Edge> edges, boolean decommissioned) {
        boolean holds(Face face) {
            return decommissioned == face.decommissioned()
                    && identity.equals(face.identity())
                    && edges.equals(face.edges());
        }
    }

    private Column(long[] times, Facets[] facets, Run[] runs) {
        this.times = times;
        this.facets = facets;
        this.runs = runs;
    }

    public int size() {
        return times.length;
    }

    /// The face at an instant; null before the first.
    public @Nullable Face at(long micros) {
        int index = indexAt(micros);
        return index < 0 ? null : face(index);
    }

    /// The facets at an instant; null before the first.
    public @Nullable Facets facetsAt(long micros) {
        int index = indexAt(micros);
        return index < 0 ? null : facets[index];
    }

    /// The place of the entry that stands at an instant; -1 before the first.
    public int indexAt(long micros) {
        int found = Arrays.binarySearch(times, micros);
        return found >= 0 ? found : -found - 2;
    }

    /// When an entry begins.
    public long time(int index) {
        return times[index];
    }

    public Face face(int index) {
        Run run = runs[runOf(index)];
        return new Face(facets[index], run.identity, run.edges, run.decommissioned);
    }

    private int runOf(int index) {
        int low = 0;
        int high = runs.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs[middle].from <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Puts a column together, in the order of time. For one thread.
    public static final class Builder {
        private long[] times;
        private Facets[] facets;
        private Run[] runs;
        private int size;
        private int runCount;

        /// Goes on from what a column has before an instant.
        public Builder(@Nullable Column start, long beforeMicros) {
            Column from = start == null ? EMPTY : start;
            size = beforeMicros == Long.MIN_VALUE ? 0 : from.indexAt(beforeMicros - 1) + 1;
            runCount = size == 0 ? 0 : from.runOf(size - 1) + 1;
            times = Arrays.copyOf(from.times, Math.max(8, size));
            facets = Arrays.copyOf(from.facets, Math.max(8, size));
            runs = Arrays.copyOf(from.runs, Math.max(2, runCount));
        }

        /// Says what the face is from an instant on; what was said of the same instant is forgotten.
        public void add(long micros, Face face) {
            if (size > 0 && times[size - 1] == micros) {
                size--;
                runCount -= runs[runCount - 1].from == size ? 1 : 0;
            }
            Facets last = size == 0 ? null : facets[size - 1];
            Facets counted = last != null && last.equals(face.facets()) ? last : face.facets();
            boolean runsOn = size > 0 && runs[runCount - 1].holds(face);
            if (runsOn && counted.equals(last)) {
                return;
            }
            if (!runsOn) {
                run(face);
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                facets = Arrays.copyOf(facets, size * 2);
            }
            times[size] = micros;
            facets[size++] = counted;
        }

        private void run(Face face) {
            if (runCount == runs.length) {
                runs = Arrays.copyOf(runs, runCount * 2);
            }
            runs[runCount++] = new Run(size, face.identity(), face.edges(), face.decommissioned());
        }

        public Column build() {
            return new Column(
                    Arrays.copyOf(times, size),
                    Arrays.copyOf(facets, size),
                    Arrays.copyOf(runs, runCount));
        }
    }
}

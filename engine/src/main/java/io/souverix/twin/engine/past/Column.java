package io.souverix.twin.engine.past;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The faces of a node over time: an entry wherever it changes, by an event, by time alone, or because
/// the catalogue did. Immutable.
public final class Column {
    private static final Column EMPTY = new Column(new long[0], new Face[0]);

    private final long[] times;
    private final Face[] faces;

    private Column(long[] times, Face[] faces) {
        this.times = times;
        this.faces = faces;
    }

    public int size() {
        return times.length;
    }

    /// The face at an instant; null before the first.
    public @Nullable Face at(long micros) {
        int index = indexAt(micros);
        return index < 0 ? null : faces[index];
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
        return faces[index];
    }

    /// Puts a column together, in the order of time. For one thread.
    public static final class Builder {
        private long[] times;
        private Face[] faces;
        private int size;

        /// Goes on from what a column has before an instant.
        public Builder(@Nullable Column start, long beforeMicros) {
            Column from = start == null ? EMPTY : start;
            size = beforeMicros == Long.MIN_VALUE ? 0 : from.indexAt(beforeMicros - 1) + 1;
            times = Arrays.copyOf(from.times, Math.max(8, size));
            faces = Arrays.copyOf(from.faces, Math.max(8, size));
        }

        /// Says what the face is from an instant on; what was said of the same instant is forgotten.
        public void add(long micros, Face face) {
            if (size > 0 && times[size - 1] == micros) {
                size--;
            }
            Face before = size == 0 ? null : faces[size - 1];
            if (face.equals(before)) {
                return;
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, size * 2);
                faces = Arrays.copyOf(faces, size * 2);
            }
            times[size] = micros;
            faces[size++] = before == null ? face : face.sharing(before);
        }

        public boolean isEmpty() {
            return size == 0;
        }

        public Column build() {
            return new Column(Arrays.copyOf(times, size), Arrays.copyOf(faces, size));
        }
    }
}

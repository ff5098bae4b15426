package io.souverix.twin.core.codec;

import java.util.function.Function;

/// What was read from parts of states ([StateWriter#part]), known again by their bytes: most of what
/// a node says many others say too. Bounded. Not thread-safe.
public final class KnownParts<T> {
    /// How many parts are kept.
    static final int MAX_KEPT = 65_536;

    private final Function<StateReader, T> reader;
    private final KnownBytes<T> known = new KnownBytes<>(MAX_KEPT);

    /// @param reader reads a part; what it gives may be given again for equal bytes
    public KnownParts(Function<StateReader, T> reader) {
        this.reader = reader;
    }

    /// The value of the part that some bytes are.
    T read(StateReader in, byte[] bytes, int from, int to) {
        T standing = known.find(bytes, from, to);
        if (standing != null) {
            return standing;
        }
        T value = reader.apply(in);
        known.keep(bytes, from, to, value);
        return value;
    }
}

package io.souverix.twin.engine.shard;

import io.souverix.twin.core.codec.NumberedParts;
import io.souverix.twin.core.codec.StateReader;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What each restored node has in common with others, of one kind: some thousands of different values,
/// and for each place the number of one. Filled by one thread, then read by any.
final class InCommon<T extends @Nullable Object> {
    /// Null when all are read.
    private @Nullable NumberedParts<T> parts;

    private final List<T> values;

    /// By place: a number and one more, or 0 for none.
    private int[] numbers;

    /// @param expected about how many places there are
    InCommon(Function<StateReader, T> reader, int expected) {
        NumberedParts<T> fresh = new NumberedParts<>(reader);
        parts = fresh;
        values = fresh.values();
        numbers = new int[expected];
    }

    /// Reads the value of a place.
    void read(StateReader in, int place) {
        if (place >= numbers.length) {
            numbers = Arrays.copyOf(numbers, place * 2 + 1);
        }
        numbers[place] = in.part(Objects.requireNonNull(parts)) + 1;
    }

    /// Nothing more will be read.
    void end() {
        parts = null;
    }

    /// How many different values there are.
    int count() {
        return values.size();
    }

    /// Whether a place has one.
    boolean has(int place) {
        return place < numbers.length && numbers[place] != 0;
    }

    /// The number of the value of a place that has one.
    int number(int place) {
        return numbers[place] - 1;
    }

    T value(int number) {
        return values.get(number);
    }

    /// The value of a place that has one.
    T of(int place) {
        return values.get(numbers[place] - 1);
    }

    /// A place has none any more.
    void forget(int place) {
        if (place < numbers.length) {
            numbers[place] = 0;
        }
    }
}

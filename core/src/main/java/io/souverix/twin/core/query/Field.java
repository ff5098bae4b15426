package io.souverix.twin.core.query;

import io.souverix.twin.core.twin.TwinView;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A value of a twin that questions can name, read straight from the view: no JSON is made.
public sealed interface Field<T> {
    /// The path by which the twin's JSON shows it.
    String name();

    Kind<T> kind();

    /// Whether one of its values satisfies the condition; false where it has none.
    boolean any(TwinView view, Predicate<T> condition);

    /// A field with one value at most.
    ///
    /// @param read gives the value, or null where it is not known
    record One<T>(String name, Kind<T> kind, Function<TwinView, @Nullable T> read)
            implements Field<T> {
        public @Nullable T value(TwinView view) {
            return read.apply(view);
        }

        @Override
        public boolean any(TwinView view, Predicate<T> condition) {
            T value = read.apply(view);
            return value != null && condition.test(value);
        }
    }

    /// A field with any number of values: a filter is content with one that fits.
    record Many<T>(String name, Kind<T> kind, Function<TwinView, List<T>> read)
            implements Field<T> {
        public List<T> values(TwinView view) {
            return read.apply(view);
        }

        @Override
        public boolean any(TwinView view, Predicate<T> condition) {
            for (T value : read.apply(view)) {
                if (condition.test(value)) {
                    return true;
                }
            }
            return false;
        }
    }
}

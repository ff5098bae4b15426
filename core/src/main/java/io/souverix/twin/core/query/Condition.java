package io.souverix.twin.core.query;

import io.souverix.twin.core.twin.TwinView;
import java.util.List;
import java.util.function.Predicate;

/// A part of a compiled filter. Immutable, so any number may test with it.
public sealed interface Condition {
    boolean test(TwinView view);

    /// Whether it looks at what is counted of the twin's events, which is dear to know of the past.
    default boolean usesTally() {
        return switch (this) {
            case All(List<Condition> parts) -> parts.stream().anyMatch(Condition::usesTally);
            case Any(List<Condition> parts) -> parts.stream().anyMatch(Condition::usesTally);
            case Check<?> check -> Fields.isOfTally(check.field());
        };
    }

    /// Every part holds; without parts it does.
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(TwinView view) {
            for (Condition part : parts) {
                if (!part.test(view)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// One of the parts holds.
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean test(TwinView view) {
            for (Condition part : parts) {
                if (part.test(view)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// A value of the field satisfies `matches`, or (negated) none does.
    record Check<T>(Field<T> field, Predicate<T> matches, boolean negated) implements Condition {
        @Override
        public boolean test(TwinView view) {
            return field.any(view, matches) != negated;
        }
    }
}

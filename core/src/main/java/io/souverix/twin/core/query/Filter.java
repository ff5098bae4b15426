package io.souverix.twin.core.query;

import java.util.List;

/// A condition on twins, as it was asked: names and texts, not yet held against the catalogue of
/// fields. [CompiledFilter] does that.
public sealed interface Filter {
    /// How long a filter may be, in characters.
    int MAX_LENGTH = 2_048;

    /// How many comparisons it may have.
    int MAX_COMPARISONS = 64;

    /// How deep its parentheses may be nested.
    int MAX_DEPTH = 16;

    /// All of them hold; there is at least one.
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// One of them holds; there is at least one.
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /// A field against values.
    ///
    /// @param values several for `=in=` and `=out=`, one else
    record Comparison(String field, Operator operator, List<String> values) implements Filter {
        public Comparison {
            values = List.copyOf(values);
        }
    }

    /// How many comparisons there are in it.
    default int comparisons() {
        return switch (this) {
            case And(List<Filter> parts) -> parts.stream().mapToInt(Filter::comparisons).sum();
            case Or(List<Filter> parts) -> parts.stream().mapToInt(Filter::comparisons).sum();
            case Comparison _ -> 1;
        };
    }
}

package io.souverix.twin.core.query;

import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.query.Condition.All;
import io.souverix.twin.core.query.Condition.Any;
import io.souverix.twin.core.query.Condition.Check;
import io.souverix.twin.core.twin.TwinView;
import java.util.List;

/// A filter held against the catalogue of fields: tests twins without making JSON. Lists, aggregates
/// and streams share it. Immutable; tests have no effect.
///
/// @param text the filter as it was asked; empty for [#ALL]
public record CompiledFilter(String text, Condition condition) {
    /// Lets every twin through.
    public static final CompiledFilter ALL = new CompiledFilter("", new All(List.of()));

    private static final Condition ACTIVE =
            compile(
                    new Filter.Comparison(
                            "lifecycle.phase",
                            Operator.NOT_EQUAL,
                            List.of(LifecyclePhase.DECOMMISSIONED.word())));

    /// @throws InvalidQueryException where a field is unknown, or a value is of the wrong kind
    public static CompiledFilter of(String text, Filter filter) {
        if (filter.comparisons() > Filter.MAX_COMPARISONS) {
            throw new InvalidQueryException(
                    "found "
                            + filter.comparisons()
                            + " comparisons, expected at most "
                            + Filter.MAX_COMPARISONS);
        }
        return new CompiledFilter(text, compile(filter));
    }

    private static Condition compile(Filter filter) {
        return switch (filter) {
            case Filter.And(List<Filter> parts) ->
                    new All(parts.stream().map(CompiledFilter::compile).toList());
            case Filter.Or(List<Filter> parts) ->
                    new Any(parts.stream().map(CompiledFilter::compile).toList());
            case Filter.Comparison comparison ->
                    check(Fields.named(comparison.field()), comparison);
        };
    }

    private static <T> Check<T> check(Field<T> field, Filter.Comparison comparison) {
        Operator operator = comparison.operator();
        return new Check<>(
                field,
                Matching.condition(field, operator, comparison.values()),
                operator.negated());
    }

    /// Whether the twin fits, as it is seen.
    public boolean test(TwinView view) {
        return condition.test(view);
    }

    /// The filter without the twins that left the fleet.
    public CompiledFilter withoutDecommissioned() {
        return new CompiledFilter(text, new All(List.of(ACTIVE, condition)));
    }

    /// The filter, and a condition more.
    public CompiledFilter and(Filter.Comparison more) {
        return new CompiledFilter(text, new All(List.of(compile(more), condition)));
    }

    /// Whether every twin fits.
    public boolean isAll() {
        return condition instanceof All(List<Condition> parts) && parts.isEmpty();
    }
}

package io.souverix.twin.engine.changes;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Condition;
import io.souverix.twin.core.query.Condition.All;
import io.souverix.twin.core.query.Condition.Any;
import io.souverix.twin.core.query.Condition.Check;
import io.souverix.twin.core.twin.TwinView;
import java.util.List;

/// A filter of the query language over a stream.
public record QueryFilter(CompiledFilter filter) implements ViewFilter {
    /// What is counted up to now, or stands only until an instant, without that the node counts anew.
    private static final List<String> TIMED =
            List.of(
                    "sync_debt",
                    "sync_debt_seconds",
                    "stale_by",
                    "stale_by_seconds",
                    "oldest_message_age",
                    "planned",
                    "at");

    @Override
    public String text() {
        return filter.text();
    }

    @Override
    public boolean test(TwinView view) {
        return filter.test(view);
    }

    @Override
    public boolean tellsTime() {
        return tellsTime(filter.condition());
    }

    private static boolean tellsTime(Condition condition) {
        return switch (condition) {
            case All(List<Condition> parts) -> parts.stream().anyMatch(QueryFilter::tellsTime);
            case Any(List<Condition> parts) -> parts.stream().anyMatch(QueryFilter::tellsTime);
            case Check<?> check -> {
                String name = check.field().name();
                yield TIMED.stream()
                        .anyMatch(timed ->
                                name.endsWith("." + timed) || name.contains("." + timed + "."));
            }
        };
    }
}

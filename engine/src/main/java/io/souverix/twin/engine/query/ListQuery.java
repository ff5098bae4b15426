package io.souverix.twin.engine.query;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import org.jspecify.annotations.Nullable;

/// A question for a page of twins.
///
/// @param selection which parts of them are answered
/// @param decommissioned whether those that left the fleet are listed, too
/// @param limit how many at most
/// @param cursor of the page before, or null for the first
public record ListQuery(
        CompiledFilter filter,
        Order<?> order,
        Selection selection,
        boolean decommissioned,
        int limit,
        @Nullable String cursor) {

    /// What its cursors are of: another filter, order or set of twins is another list.
    String list() {
        String sign = order.descending() ? "-" : "+";
        return String.join(
                "\n", "twins", filter.text(), sign + order.field().name(), decommissioned ? "all" : "");
    }

    /// The same question, from a cursor on.
    public ListQuery from(@Nullable String next) {
        return new ListQuery(filter, order, selection, decommissioned, limit, next);
    }

    /// The filter, with what the list leaves out by itself.
    public CompiledFilter effectiveFilter() {
        return decommissioned ? filter : filter.withoutDecommissioned();
    }
}

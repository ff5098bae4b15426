package io.souverix.twin.engine.query;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Order;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.past.AsOf;
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
        AsOf asOf,
        boolean decommissioned,
        int limit,
        @Nullable String cursor) {

    /// Every twin, by id.
    public static ListQuery all(AsOf asOf, boolean decommissioned, int limit) {
        return new ListQuery(
                CompiledFilter.ALL, Order.BY_ID, Selection.ALL, asOf, decommissioned, limit, null);
    }

    /// The same question, from a cursor on.
    public ListQuery from(@Nullable String next) {
        return new ListQuery(filter, order, selection, asOf, decommissioned, limit, next);
    }

    /// The filter, with what the list leaves out by itself.
    public CompiledFilter effectiveFilter() {
        return decommissioned ? filter : filter.withoutDecommissioned();
    }
}

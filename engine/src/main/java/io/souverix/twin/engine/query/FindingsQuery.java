package io.souverix.twin.engine.query;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.engine.past.AsOf;
import org.jspecify.annotations.Nullable;

/// A question for a page of the findings of the fleet.
///
/// @param filter on the twins that have them
/// @param identical whether findings that are the same on several nodes make one row
/// @param decommissioned whether those of nodes that left the fleet are listed, too
/// @param limit how many rows at most
/// @param cursor of the page before, or null for the first
public record FindingsQuery(
        CompiledFilter filter,
        boolean identical,
        AsOf asOf,
        boolean decommissioned,
        int limit,
        @Nullable String cursor) {}

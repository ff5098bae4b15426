package io.souverix.twin.engine.changes;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import org.jspecify.annotations.Nullable;

/// An aggregate whose rows can be watched.
///
/// @param groupBy null for the whole alone
/// @param decommissioned whether decommissioned nodes count
public record TableKey(
        Projection projection, @Nullable Dimension groupBy, boolean decommissioned) {}

package io.souverix.twin.engine;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.engine.past.AsOf;
import java.util.List;

/// A question for an aggregate over time: at `since`, and then a step on, up to `until`.
///
/// @param by up to two dimensions
/// @param asOf which events count; its instant bounds `untilMicros`
public record HistoryQuery(
        Projection projection,
        List<Dimension> by,
        boolean decommissioned,
        AsOf asOf,
        long sinceMicros,
        long untilMicros,
        long stepMicros) {
    /// How many points in time at most.
    public static final int MAX_POINTS = 500;

    /// How many rows of groups at most, over all points.
    public static final int MAX_ROWS = 50_000;

    /// @throws IllegalArgumentException where there are no points, or too many
    public HistoryQuery {
        by = List.copyOf(by);
        if (stepMicros <= 0 || sinceMicros > untilMicros) {
            throw new IllegalArgumentException(
                    "found an end before the start or a step that goes nowhere");
        }
        if ((untilMicros - sinceMicros) / stepMicros >= MAX_POINTS) {
            throw new IllegalArgumentException(
                    "found "
                            + ((untilMicros - sinceMicros) / stepMicros + 1)
                            + " points, expected at most "
                            + MAX_POINTS
                            + ": take a longer step");
        }
    }

    int points() {
        return (int) ((untilMicros - sinceMicros) / stepMicros) + 1;
    }

    long point(int index) {
        return sinceMicros + index * stepMicros;
    }
}

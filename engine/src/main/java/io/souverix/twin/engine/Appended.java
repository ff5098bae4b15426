package io.souverix.twin.engine;

import java.util.List;

/// What came of an append, once its events are durable and visible.
///
/// @param position a read with `min_position` of this sees all of it
/// @param applied events newer than all that was known of their subject
/// @param late events older than something known of their subject; applied too
/// @param duplicates events that were there already
/// @param warnings what was kept but looks wrong, by place in the append
public record Appended(
        Position position, int applied, int late, int duplicates, List<Warning> warnings) {
    public Appended {
        warnings = List.copyOf(warnings);
    }

    /// @param index place of the event in the append, from 0
    public record Warning(int index, String eventId, String code, String detail) {}
}

package io.souverix.twin.engine.past;

import io.souverix.twin.core.twin.Twin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node's column, and how far it still holds. Immutable: the writer of a shard replaces it where an
/// event makes a part of it wrong, a reader where it was built on.
///
/// @param column complete before `validBelow`
/// @param validBelow from this instant on something is missing; `Long.MAX_VALUE` where nothing is
/// @param builtAddress every event up to this address of the log is in it
/// @param resume the twin after these events, where all that is missing came after them in their
///     order; else null
/// @param timelines of the catalogue that it was built by
public record Remembered(
        Column column,
        long validBelow,
        long builtAddress,
        @Nullable Twin resume,
        List<Timeline> timelines) {
    public Remembered {
        timelines = List.copyOf(timelines);
    }

    /// An event greater than all others of the node is about to be folded.
    public Remembered beforeNewer(long timestampMicros, Twin twin) {
        return validBelow == Long.MAX_VALUE
                ? new Remembered(column, timestampMicros, builtAddress, twin.copy(), timelines)
                : this;
    }

    /// The past of an instant, and all after it, has changed.
    public Remembered cut(long fromMicros) {
        return new Remembered(
                column, Math.min(validBelow, fromMicros), builtAddress, null, timelines);
    }

    // A plain loop: it runs for every node of a fleet.
    private boolean isOutdated() {
        for (Timeline timeline : timelines) {
            if (timeline.isOutdated()) {
                return true;
            }
        }
        return false;
    }

    /// The same, as far as it holds by the catalogue as it is known now.
    public Remembered checked(Catalogues catalogues) {
        if (!isOutdated()) {
            return this;
        }
        long valid = validBelow;
        List<Timeline> current =
                timelines.stream().map(line -> catalogues.timeline(line.identity())).toList();
        for (int i = 0; i < current.size(); i++) {
            valid = Math.min(valid, timelines.get(i).firstDifference(current.get(i)));
        }
        boolean resumes = valid == validBelow;
        return new Remembered(column, valid, builtAddress, resumes ? resume : null, current);
    }
}

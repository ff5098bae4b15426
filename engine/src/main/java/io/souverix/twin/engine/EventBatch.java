package io.souverix.twin.engine;

import io.souverix.twin.engine.commit.Submission;
import org.jspecify.annotations.Nullable;

/// Events on their way into the engine: those that are folded already are told apart, the others are
/// encoded. Made by [TwinEngine#prepare] on any thread, appended once.
public final class EventBatch {
    final @Nullable Submission submission;
    final int known;
    private final int[] places;

    /// @param submission what is to be appended; null where all is known
    /// @param places where in the batch each event of the submission stood
    /// @param known how many events are folded already
    EventBatch(@Nullable Submission submission, int[] places, int known) {
        this.submission = submission;
        this.places = places;
        this.known = known;
    }

    /// Where in the batch an event of the submission stood.
    int place(int index) {
        return places[index];
    }
}

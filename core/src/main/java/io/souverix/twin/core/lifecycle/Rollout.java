package io.souverix.twin.core.lifecycle;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import org.jspecify.annotations.Nullable;

/// Where a node stands in the rollout of a version: by its newest update, or because it should run a
/// version and no update to it was begun.
///
/// @param campaign null while it waits
/// @param wave null where none was said
public record Rollout(
        @Nullable String campaign, String targetVersion, @Nullable Json wave, Stage stage) {

    /// How far a node is.
    public enum Stage implements Worded {
        PENDING("pending"),
        IN_PROGRESS("in_progress"),
        OVERDUE("overdue"),
        COMPLETED("completed"),
        FAILED("failed");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// Of a node; null where it takes part in no rollout.
    ///
    /// @param update the newest, or null
    /// @param desired the version it should run, or null
    /// @param actual the version it runs, or null
    public static @Nullable Rollout of(
            @Nullable Update update,
            @Nullable String desired,
            @Nullable String actual,
            long nowMicros) {
        if (desired != null
                && !desired.equals(actual)
                && (update == null || !update.targetVersion().equals(desired))) {
            return new Rollout(null, desired, null, Stage.PENDING);
        }
        if (update == null || update.campaign() == null) {
            return null;
        }
        Stage stage =
                switch (update.state()) {
                    case IN_PROGRESS ->
                            update.overdue(nowMicros) ? Stage.OVERDUE : Stage.IN_PROGRESS;
                    case COMPLETED -> Stage.COMPLETED;
                    case FAILED -> Stage.FAILED;
                };
        return new Rollout(update.campaign(), update.targetVersion(), update.wave(), stage);
    }

    private static final Stage[] STAGES = Stage.values();

    public void write(StateWriter out) {
        out.text(campaign).text(targetVersion).json(wave).constant(stage);
    }

    public static Rollout read(StateReader in) {
        return in.sharing()
                .value(
                        new Rollout(
                                in.optionalText(),
                                in.text(),
                                in.optionalJson(),
                                in.constant(STAGES)));
    }
}

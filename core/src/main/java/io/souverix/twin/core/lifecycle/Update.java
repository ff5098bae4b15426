package io.souverix.twin.core.lifecycle;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.UpdateInitiated;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import org.jspecify.annotations.Nullable;

/// The newest update of a node.
///
/// @param targetVersion what it is, or was, going to
/// @param version what was completed or failed, or null while in progress
/// @param startedMicros [Times#NONE] where no start is known; so `deadlineMicros`, `finishedMicros`
public record Update(
        State state,
        String targetVersion,
        @Nullable String version,
        @Nullable String fromVersion,
        @Nullable String campaign,
        @Nullable Json wave,
        long startedMicros,
        long deadlineMicros,
        long finishedMicros,
        @Nullable String reason) {

    /// How an update stands.
    public enum State implements Worded {
        IN_PROGRESS("in_progress"),
        COMPLETED("completed"),
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    static Update initiated(
            UpdateInitiated event,
            long atMicros,
            long defaultDeadlineMicros,
            @Nullable String from) {
        return new Update(
                State.IN_PROGRESS,
                event.targetVersion(),
                null,
                event.fromVersion() == null ? from : event.fromVersion(),
                event.campaign(),
                event.wave(),
                atMicros,
                event.deadlineMicros() == Times.NONE
                        ? atMicros + defaultDeadlineMicros
                        : event.deadlineMicros(),
                Times.NONE,
                null);
    }

    /// The update as it ended; what was not open is known by its end only.
    static Update ended(
            @Nullable Update open,
            State state,
            String version,
            long atMicros,
            @Nullable String reason) {
        if (open == null || open.state != State.IN_PROGRESS) {
            return new Update(
                    state,
                    version,
                    version,
                    null,
                    null,
                    null,
                    Times.NONE,
                    Times.NONE,
                    atMicros,
                    reason);
        }
        return new Update(
                state,
                open.targetVersion,
                version,
                open.fromVersion,
                open.campaign,
                open.wave,
                open.startedMicros,
                open.deadlineMicros,
                atMicros,
                reason);
    }

    public boolean inProgress() {
        return state == State.IN_PROGRESS;
    }

    public boolean overdue(long nowMicros) {
        return inProgress() && nowMicros > deadlineMicros;
    }

    static void write(StateWriter out, @Nullable Update update) {
        out.constant(update == null ? null : update.state);
        if (update != null) {
            out.text(update.targetVersion).text(update.version).text(update.fromVersion);
            out.text(update.campaign).json(update.wave);
            out.fixed(update.startedMicros).fixed(update.deadlineMicros);
            out.fixed(update.finishedMicros).text(update.reason);
        }
    }

    static @Nullable Update read(StateReader in) {
        State state = in.optionalConstant(State.values());
        return state == null
                ? null
                : new Update(
                        state,
                        in.text(),
                        in.optionalText(),
                        in.optionalText(),
                        in.optionalText(),
                        in.optionalJson(),
                        in.fixed(),
                        in.fixed(),
                        in.fixed(),
                        in.optionalText());
    }
}

package io.souverix.twin.core.attention;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;

/// That a rule is raised, as far as it takes to know what is told together.
///
/// @param sinceMicros since when, or [Times#NONE] where nobody knows
/// @param togetherMicros when what caused it happened, where only what happened close together has
///     the same cause; [Times#NONE] where the cause alone decides
public record Raised(Cause cause, long sinceMicros, long togetherMicros) {
    /// That a node is desired under an epoch above all that were ever claimed.
    public static Raised epochAhead(long desiredEpoch) {
        JsonObject members = new JsonObject.Builder().put("epoch", desiredEpoch).build();
        return new Raised(new Cause(Alert.EPOCH_AHEAD, members), Times.NONE, Times.NONE);
    }

    /// As bytes, for a checkpoint, but for its cause: that is what many nodes have in common.
    public void writeTimes(StateWriter out) {
        out.fixed(sinceMicros).fixed(togetherMicros);
    }

    /// Passes over what [#writeTimes] wrote.
    public static void skipTimes(StateReader in) {
        var _ = in.fixed();
        var _ = in.fixed();
    }

    /// Reads what [#writeTimes] wrote.
    public static Raised read(StateReader in, Cause cause) {
        return new Raised(cause, in.fixed(), in.fixed());
    }
}

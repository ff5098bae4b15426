package io.souverix.twin.engine.attention;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// How operators stand to an item of attention.
///
/// @param assignee who takes care of it, or null
/// @param untilMicros until when it is snoozed, or [Times#NONE]
/// @param by who said so last, or null
/// @param atMicros when that was
public record Handling(
        boolean acknowledged,
        @Nullable String assignee,
        long untilMicros,
        @Nullable String by,
        @Nullable String note,
        long atMicros) {
    /// Nobody did anything yet.
    public static final Handling NONE =
            new Handling(false, null, Times.NONE, null, null, Times.NONE);

    /// What an operator can do.
    public enum Action implements Worded {
        ACKNOWLEDGE("acknowledge"),
        ASSIGN("assign"),
        SNOOZE("snooze"),
        REOPEN("reopen");

        private final String word;

        Action(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// How it is shown in the inbox.
    public enum State implements Worded {
        OPEN("open"),
        ACKNOWLEDGED("acknowledged"),
        SNOOZED("snoozed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// What an operator said.
    ///
    /// @param assignee with [Action#ASSIGN]
    /// @param untilMicros with [Action#SNOOZE]; [Times#NONE] otherwise
    public record Order(
            Action action,
            @Nullable String assignee,
            long untilMicros,
            @Nullable String by,
            @Nullable String note) {}

    Handling after(Order order, long nowMicros) {
        return switch (order.action()) {
            case ACKNOWLEDGE ->
                    new Handling(true, assignee, Times.NONE, order.by(), order.note(), nowMicros);
            case ASSIGN ->
                    new Handling(
                            acknowledged,
                            order.assignee(),
                            untilMicros,
                            order.by(),
                            order.note(),
                            nowMicros);
            case SNOOZE ->
                    new Handling(
                            acknowledged,
                            assignee,
                            order.untilMicros(),
                            order.by(),
                            order.note(),
                            nowMicros);
            case REOPEN ->
                    new Handling(false, null, Times.NONE, order.by(), order.note(), nowMicros);
        };
    }

    public State state(long nowMicros) {
        if (untilMicros != Times.NONE && nowMicros < untilMicros) {
            return State.SNOOZED;
        }
        return acknowledged ? State.ACKNOWLEDGED : State.OPEN;
    }

    public JsonObject json(long nowMicros) {
        return new JsonObject.Builder()
                .put("state", state(nowMicros).word())
                .put("assignee", assignee)
                .put("until", instant(untilMicros))
                .put("by", by)
                .put("note", note)
                .put("at", instant(atMicros))
                .build();
    }

    private static Json instant(long micros) {
        return micros == Times.NONE ? JsonLiteral.NULL : Json.of(Times.text(micros));
    }
}

package io.souverix.twin.core.event;

import org.jspecify.annotations.Nullable;

/// Why an event is refused.
///
/// @param id the event's id, where one could be read
/// @param pointer JSON pointer to the member at fault, or null where the text itself is
/// @param detail what was found and what was expected
public record Rejection(Code code, @Nullable String id, @Nullable String pointer, String detail) {

    /// The stable codes of refusals, as they stand in answers.
    public enum Code implements Worded {
        MALFORMED_JSON("malformed_json"),
        LINE_TOO_LONG("line_too_long"),
        INVALID_ENVELOPE("invalid_envelope"),
        UNKNOWN_EVENT_TYPE("unknown_event_type"),
        INVALID_PAYLOAD("invalid_payload"),
        TIMESTAMP_IN_FUTURE("timestamp_in_future"),
        BEFORE_RETAINED_HISTORY("before_retained_history");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}

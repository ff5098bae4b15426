package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Going through a history in order.
final class Walk {
    private Walk() {}

    /// A value and the event that says it.
    record Fact(Object value, Event event) {
        String text() {
            return (String) value;
        }
    }

    /// Where the value that stands at the end began to stand unbroken; null where it stood before any event.
    ///
    /// @param value what stands after the given first events of the history
    static <T extends @Nullable Object> @Nullable Instant startOfRun(
            List<Event> history, Function<List<Event>, T> value) {
        T last = value.apply(history);
        for (int length = history.size() - 1; length >= 0; length--) {
            if (!Objects.equals(value.apply(history.subList(0, length)), last)) {
                return history.get(length).timestamp();
            }
        }
        return null;
    }

    /// The history up to an event of it, that one included.
    static List<Event> upTo(List<Event> history, Event last) {
        return history.subList(0, history.indexOf(last) + 1);
    }

    /// The fact told last.
    static @Nullable Fact last(List<Fact> facts) {
        return facts.isEmpty() ? null : facts.getLast();
    }

    /// The fact that wins by the order of desired values.
    static @Nullable Fact winner(List<Fact> facts) {
        return facts.stream()
                .max((one, other) -> Event.DESIRED_ORDER.compare(one.event(), other.event()))
                .orElse(null);
    }

    static @Nullable String text(@Nullable Fact fact) {
        return fact == null ? null : fact.text();
    }

    /// The last value given in a payload field by events of these types; null where none was.
    static @Nullable Object lastGiven(List<Event> history, String field, String... types) {
        for (Event event : history.reversed()) {
            if (List.of(types).contains(event.type()) && event.payload().get(field) != null) {
                return event.payload().get(field);
            }
        }
        return null;
    }

    /// The last event of one type; null where there is none.
    static @Nullable Event lastOf(List<Event> history, String type) {
        for (Event event : history.reversed()) {
            if (event.is(type)) {
                return event;
            }
        }
        return null;
    }
}

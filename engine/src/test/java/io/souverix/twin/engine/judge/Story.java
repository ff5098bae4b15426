package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A hand-written history, event by event, of 2026-03-01; times are `HH:MM` or `HH:MM:SS`.
final class Story {
    static final String NODE = "node-1";

    private final List<Map<String, @Nullable Object>> events = new ArrayList<>();
    private JudgeRules rules = JudgeRules.defaults();

    static Instant time(String time) {
        return Instant.parse("2026-03-01T" + (time.length() == 5 ? time + ":00" : time) + "Z");
    }

    /// An event of the node; its payload in JSON with `'` for `"`.
    Story node(String time, String type, String payload) {
        return event("node_id", NODE, time, type, payload);
    }

    /// An event of any subject; ids count up.
    Story event(String kind, String subject, String time, String type, String payload) {
        events.add(
                Members.of(
                        "id",
                        "e" + (events.size() + 1),
                        "timestamp",
                        Times.show(time(time)),
                        kind,
                        subject,
                        "event_type",
                        type,
                        "payload",
                        PlainJson.readObject(payload.replace('\'', '"'))));
        return this;
    }

    /// Gives the last event a member of the envelope.
    Story with(String member, @Nullable Object value) {
        Map<String, @Nullable Object> last = new java.util.LinkedHashMap<>(events.removeLast());
        last.put(member, value instanceof Integer number ? BigDecimal.valueOf(number) : value);
        events.add(last);
        return this;
    }

    Story under(JudgeRules given) {
        rules = given;
        return this;
    }

    Judge judge() {
        return new Judge(events, rules);
    }

    /// What the twin has at a path like `/connectivity/state`, in canonical JSON.
    String twin(String time, String path) {
        return at(judge().twin(NODE, time(time), AsOf.AT), path);
    }

    String drift(String time, String path) {
        return at(judge().drift(NODE, time(time), AsOf.AT), path);
    }

    String ledger(String time, String path) {
        return at(judge().ledger(NODE, time(time), AsOf.AT), path);
    }

    static String at(Map<String, @Nullable Object> answer, String path) {
        Object value = answer;
        for (String name : path.substring(1).split("/")) {
            List<@Nullable Object> list = Members.asList(value);
            Map<String, @Nullable Object> object = Members.asObject(value);
            value =
                    list != null
                            ? list.get(Integer.parseInt(name))
                            : object == null ? null : object.get(name);
        }
        return PlainJson.canonical(value);
    }
}

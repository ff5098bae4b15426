package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Tone;
import java.util.ArrayList;
import java.util.List;

/// One event of a stream as a line.
public final class ChangeView {
    private ChangeView() {}

    /// The line, with its line feed; empty for what only programs want to know.
    public static String line(String event, Json data, Paint paint) {
        return switch (event) {
            case "bookmark", "synced" -> "";
            case "gone" -> paint.apply(Tone.STRONG, "gone") + "\n";
            default ->
                    Members.string(data, "node_id").isPresent()
                            ? node(event, data, paint)
                            : rows(event, data, paint);
        };
    }

    private static String node(String event, Json data, Paint paint) {
        List<String> parts = new ArrayList<>();
        parts.add(Members.text(Members.at(data, "at")));
        parts.add(paint.apply(Tone.STRONG, Members.text(Members.at(data, "node_id"))));
        parts.add(word(event, data));
        add(parts, data, "connectivity", "state");
        add(parts, data, "lifecycle", "phase");
        add(parts, data, "drift", "status");
        add(parts, data, "drift", "severity");
        add(parts, data, "trust", "integrity_state");
        for (Json told : Members.list(data, "events")) {
            parts.add(Members.text(told, "event_type"));
        }
        return String.join("  ", parts) + "\n";
    }

    private static String word(String event, Json data) {
        if (Members.isTrue(data, "enter")) {
            return "enter";
        }
        return Members.isTrue(data, "leave") ? "leave" : event;
    }

    private static void add(List<String> parts, Json data, String part, String member) {
        Members.string(data, "twin", part, member).ifPresent(parts::add);
    }

    private static String rows(String event, Json data, Paint paint) {
        return Members.text(data, "at")
                + "  "
                + paint.apply(Tone.STRONG, Members.text(data, "projection"))
                + "  "
                + event
                + "  "
                + Members.text(data, "total", "nodes")
                + " nodes\n";
    }
}

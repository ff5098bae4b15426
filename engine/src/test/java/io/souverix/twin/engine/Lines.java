package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// Events from NDJSON lines, and a way to append them.
final class Lines {
    private static final EventReader READER = new EventReader();

    private Lines() {}

    static Event event(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return switch (READER.readNative(bytes, 0, bytes.length)) {
            case EventReader.Result.Accepted(Event event) -> event;
            case EventReader.Result.Refused(var rejection) ->
                    throw new AssertionError(rejection + " of " + line);
        };
    }

    static List<Event> events(List<String> lines) {
        List<Event> events = new ArrayList<>();
        for (String line : lines) {
            events.add(event(line));
        }
        return events;
    }

    static Appended append(TwinEngine engine, List<String> lines) {
        try {
            return engine.append(events(lines)).get();
        } catch (AppendRefused | ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

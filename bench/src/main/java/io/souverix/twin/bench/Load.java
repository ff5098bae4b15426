package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.simulator.FleetSimulation;
import io.souverix.twin.simulator.Scenario;
import io.souverix.twin.simulator.SimulatedEvent;
import java.util.ArrayList;
import java.util.List;

/// The events that are sent: the simulator's, as lines.
record Load(List<byte[]> lines, long bytes) {
    private static final long SEED = 42;

    Load {
        lines = List.copyOf(lines);
    }

    static Load simulated(Settings settings) {
        FleetSimulation simulation =
                new FleetSimulation(Scenario.of(settings.nodes(), SEED).holding(settings.events()));
        List<byte[]> lines = new ArrayList<>(settings.events());
        long bytes = 0;
        for (SimulatedEvent event = simulation.next();
                event != null && lines.size() < settings.events();
                event = simulation.next()) {
            lines.add(event.json());
            bytes += event.json().length + 1;
        }
        return new Load(lines, bytes);
    }

    /// The lines read into events; all are valid.
    List<Event> events() {
        EventReader reader = new EventReader();
        List<Event> events = new ArrayList<>(lines.size());
        for (byte[] line : lines) {
            events.add(event(reader, line));
        }
        return events;
    }

    static Event event(EventReader reader, byte[] line) {
        return switch (reader.readNative(line, 0, line.length)) {
            case EventReader.Result.Accepted(Event event) -> event;
            case EventReader.Result.Refused(var rejection) ->
                    throw new IllegalStateException("the simulator made " + rejection);
        };
    }

    /// The node a line is about, or nothing.
    static String nodeId(byte[] line) {
        String text = new String(line, java.nio.charset.StandardCharsets.UTF_8);
        String member = "\"node_id\":\"";
        int at = text.indexOf(member);
        return at < 0
                ? ""
                : text.substring(at + member.length(), text.indexOf('"', at + member.length()));
    }
}

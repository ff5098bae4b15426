package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.StrictJson.object;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One delivery, read again from its line.
record Told(SimulatedEvent event, Map<String, Object> envelope) {
    static List<Told> all(Scenario scenario) {
        FleetSimulation simulation = new FleetSimulation(scenario);
        List<Told> all = new ArrayList<>();
        for (SimulatedEvent event = simulation.next(); event != null; event = simulation.next()) {
            all.add(new Told(event, object(StrictJson.read(event.json()))));
        }
        return all;
    }

    String type() {
        return text(envelope.get("event_type"));
    }

    boolean is(String type) {
        return type().equals(type);
    }

    String id() {
        return text(envelope.get("id"));
    }

    String subject() {
        return event.subject();
    }

    Instant timestamp() {
        return event.timestamp();
    }

    Instant deliveredAt() {
        return event.deliveredAt();
    }

    long epoch() {
        return Long.parseLong(envelope.getOrDefault("epoch", "0").toString());
    }

    Map<String, Object> payload() {
        return object(envelope.get("payload"));
    }

    /// A field of the payload as text; empty where there is none.
    String field(String name) {
        return text(payload().getOrDefault(name, ""));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}

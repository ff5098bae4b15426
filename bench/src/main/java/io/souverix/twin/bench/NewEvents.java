package io.souverix.twin.bench;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Events beside the load, of nodes that no run had before, so that they are new in any directory.
/// Thread-safe.
final class NewEvents {
    private static final AtomicInteger NODES = new AtomicInteger();

    private final long begun = Times.micros(Instant.now());
    private final EventReader reader = new EventReader();

    /// The id of a node that nobody has heard of.
    String node(String name) {
        return name + "-" + begun + "-" + NODES.incrementAndGet();
    }

    /// A small event of now.
    byte[] report(String node, int number) {
        return reported(node, "report-" + number, "{\"latency_ms\":" + number % 1_000 + "}");
    }

    /// A small event of now by which its node counts differently.
    byte[] backlogged(String node, int number) {
        return reported(node, "backlogged-" + number, "{\"backlog\":" + (1 + number % 9) + "}");
    }

    private static byte[] reported(String node, String id, String payload) {
        long now = Times.micros(Instant.now()) - 1_000;
        return line(node, id, now, "connectivity_reported", payload);
    }

    /// What a node wrote down while it was away, oldest first: as the simulator's nodes do, reports,
    /// attestations, links, measurements, notes, transitions.
    List<byte[]> backlog(String node, int count) {
        long until = begun - Duration.ofHours(6).toNanos() / 1_000;
        long step = Duration.ofHours(60).toNanos() / 1_000 / count;
        List<byte[]> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long at = until - (count - i) * step;
            lines.add(line(node, "backlog-" + i, at, TYPES[i % TYPES.length], payload(i)));
        }
        return lines;
    }

    private static final String[] TYPES = {
        "actual_state_reported",
        "attestation_performed",
        "link_reported",
        "connectivity_reported",
        "actual_state_reported",
        "x_local_decision",
        "attestation_performed",
        "state_transition",
        "connectivity_reported",
        "actual_state_reported"
    };

    private static String payload(int i) {
        return switch (TYPES[i % TYPES.length]) {
            case "actual_state_reported" ->
                    i % 4 == 0
                            ? "{\"config_changes\":{\"local.override_cps\":" + (400 + i % 9) + "}}"
                            : "{\"health\":\"ok\",\"compliance\":{\"passed\":18,\"failed\":%d}}"
                                    .formatted(i % 3);
            case "attestation_performed" ->
                    "{\"result\":\"verified\",\"verifier\":\"local-verifier\"}";
            case "link_reported" ->
                    "{\"to\":\"peer-%d\",\"type\":\"signaling\",\"health\":\"ok\",\"latency_ms\":7}"
                            .formatted(i % 7);
            case "connectivity_reported" -> "{\"backlog\":" + (i + 1) + "}";
            case "x_local_decision" -> "{\"decision\":\"keep_policy\",\"calls\":" + i + "}";
            default ->
                    "{\"dimension\":\"operational\",\"to\":\"%s\",\"reason\":\"no_upstream\"}"
                            .formatted(i % 20 == 7 ? "ok" : "degraded");
        };
    }

    static byte[] line(String node, String id, long micros, String type, String payload) {
        return ("{\"id\":\""
                        + id
                        + "\",\"timestamp\":\""
                        + Times.text(micros)
                        + "\",\"node_id\":\""
                        + node
                        + "\",\"event_type\":\""
                        + type
                        + "\",\"payload\":"
                        + payload
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    List<Event> read(List<byte[]> lines) {
        return lines.stream().map(this::read).toList();
    }

    Event read(byte[] line) {
        return Load.read(reader, line, 0, line.length);
    }
}

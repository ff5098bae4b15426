package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.Fleet.MINUTE;
import static io.souverix.twin.simulator.Fleet.SECOND;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What goes wrong between the fleet and the service, and what is merely unusual: deliveries that
/// repeat, ids used twice, wrong events that are annulled, transitions out of turn, events of
/// equal time, events of types the catalogue does not know.
final class Mishaps {
    private static final int KEPT = 64;
    private static final int KEEP_ONE_IN = 37;

    private final Fleet fleet;
    private final Outbox out;
    private final @Nullable SimulatedEvent[] kept = new @Nullable SimulatedEvent[KEPT];
    private int steps;

    Mishaps(Fleet fleet) {
        this.fleet = fleet;
        this.out = fleet.out;
    }

    /// Looks at what was just written and keeps some of it for a second delivery.
    void watch() {
        if (++steps % KEEP_ONE_IN == 0 && !out.isEmpty()) {
            kept[steps / KEEP_ONE_IN % KEPT] = out.last();
        }
    }

    /// Delivers again what was delivered before; the same fact, every other time spelled with
    /// other white space.
    void redeliver() {
        SimulatedEvent event = kept[fleet.dice.below(KEPT)];
        if (event != null) {
            out.redeliver(fleet.dice.perMille(500) ? event : respelled(event));
        }
    }

    private static SimulatedEvent respelled(SimulatedEvent event) {
        String line = event.toString().replaceFirst(",\"event_type\":", " ,\t\"event_type\" : ");
        return new SimulatedEvent(
                line.getBytes(StandardCharsets.UTF_8),
                event.deliveredAt(),
                event.timestamp(),
                event.subject());
    }

    /// Says something wrong of a node, and takes it back some minutes later.
    void blunder(int node) {
        long timestamp = fleet.justNow();
        if (fleet.dice.perMille(500)) {
            out.node("state_transition", node, timestamp, Source.LIFECYCLE).payload();
            out.put("to", "decommissioned").put("reason", "wrong_node").close();
        } else {
            out.node("update_completed", node, timestamp, Source.LIFECYCLE).payload();
            out.put("version", fleet.plan.component(node).type() + "-9.9.9").close();
        }
        String id = out.lastId();
        fleet.agenda.after(
                fleet.dice.between(20 * SECOND, 10 * MINUTE), () -> annul(node, id, timestamp));
    }

    private void annul(int node, String id, long timestamp) {
        out.node("event_annulled", node, fleet.justNow(), Source.LIFECYCLE).payload();
        out.put("event_id", id).putTime("event_timestamp", timestamp);
        out.put("reason", "reported for the wrong node").close();
    }

    /// Two facts under one id at one time: both stand.
    void reuseId(int node) {
        long timestamp = fleet.justNow();
        String id = "reused-" + Long.toHexString(timestamp);
        for (int i = 0; i < 2; i++) {
            out.withId(id).node("connectivity_reported", node, timestamp, Source.CONNECTIVITY);
            out.payload().put("latency_ms", 30 + 10 * i + fleet.dice.below(10)).close();
        }
    }

    /// Down and up within a microsecond: the sequence tells the order.
    void flicker(int node) {
        long timestamp = fleet.justNow();
        String from = fleet.nodes.link(node).word();
        String to = fleet.nodes.link(node) == Link.DELAYED ? "edge-cached" : "delayed";
        out.node("state_transition", node, timestamp, Source.CONNECTIVITY).sequence(1).payload();
        out.put("from", from).put("to", to).put("latency_ms", 2500).close();
        out.node("state_transition", node, timestamp, Source.CONNECTIVITY).sequence(2).payload();
        out.put("from", to).put("to", from).put("latency_ms", 60).close();
    }

    /// A transition the contract calls irregular, put right half a minute later.
    void jump(int node) {
        if (fleet.nodes.link(node) != Link.LIVE) {
            return;
        }
        boolean wrongFrom = fleet.dice.perMille(400);
        Link to = wrongFrom ? Link.DELAYED : Link.REPLAYING;
        fleet.nodes.link(node, to);
        out.node("state_transition", node, fleet.justNow(), Source.CONNECTIVITY).payload();
        if (wrongFrom) {
            out.put("from", Link.EDGE_CACHED.word());
        }
        out.put("to", to.word()).put("reason", "manager_restarted").close();
        fleet.agenda.after(30 * SECOND, () -> land(node, to));
    }

    private void land(int node, Link from) {
        if (fleet.nodes.link(node) == from) {
            fleet.nodes.link(node, Link.LIVE);
            out.node("state_transition", node, fleet.justNow(), Source.CONNECTIVITY).payload();
            out.put("from", from.word()).put("to", "live").close();
        }
    }

    /// Something the catalogue does not know.
    void note(int node) {
        if (fleet.dice.perMille(300)) {
            out.node("x_operator_note", node, fleet.justNow(), Source.LIFECYCLE).payload();
            out.put(
                    "text",
                    "C\u00e2ble remplac\u00e9, \"port "
                            + node % 8
                            + "\"\n\u2192 v\u00e9rifi\u00e9");
            out.put("author", "astreinte-" + node % 5).close();
        } else {
            out.node("x_call_statistics", node, fleet.byClockOf(node), Source.AGENT).payload();
            out.put("calls", fleet.dice.below(90_000)).put("failed", fleet.dice.below(40));
            out.putHundredths("answer_ratio_pct", 4000 + fleet.dice.below(5000)).close();
        }
    }
}

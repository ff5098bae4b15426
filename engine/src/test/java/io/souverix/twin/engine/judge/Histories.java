package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Seeded histories of small fleets, made to be nasty: skewed clocks, equal times, ids used again, late backlogs,
/// competing epochs, annulments of all kinds, every event type, every value in every place.
///
/// The same seed gives the same history, rules, instants and delivery. Every event is valid.
public final class Histories {
    private final Draw draw;
    private final Spelling spelling;
    private final PayloadDraw payloads;
    private final List<String> nodes;
    private final Map<String, Map<String, @Nullable Object>> byContent = new LinkedHashMap<>();

    private Histories(long seed) {
        draw = new Draw(seed);
        spelling = new Spelling(draw);
        nodes = IntStream.rangeClosed(1, draw.between(3, 8)).mapToObj(i -> "node-" + i).toList();
        payloads = new PayloadDraw(draw, nodes);
    }

    /// The set of events of a fleet as NDJSON lines, each event once, in no order.
    public static List<String> events(long seed) {
        Histories histories = new Histories(seed);
        histories.nodes.forEach(histories::addNode);
        PayloadDraw.DOMAINS.forEach(
                domain -> histories.addSubject("domain_id", domain, TypePools.DOMAINS, 12));
        histories.add(
                histories.event(
                        "component",
                        PayloadDraw.COMPONENTS.getFirst(),
                        "release_published",
                        Draw.START,
                        TrustDraw.goodRelease()));
        PayloadDraw.COMPONENTS.forEach(component ->
                histories.addSubject("component", component, TypePools.COMPONENTS, 10));
        return histories.byContent.values().stream().map(histories.spelling::line).toList();
    }

    /// Rules to ask under.
    public static JudgeRules rules(long seed) {
        return new RulesDraw(new Draw(seed ^ 0x52_554c_4553L)).rules();
    }

    /// A random delivery of a set: permuted, some lines more than once (and in other words), cut in batches.
    public static List<List<String>> delivery(List<String> lines, long seed) {
        return new Delivery(new Draw(seed ^ 0x4445_4c49_56L)).batches(lines);
    }

    /// A moment that can be the present of a set: no event is more than five minutes ahead of it.
    public static Instant present(List<String> lines, long seed) {
        Draw draw = new Draw(seed ^ 0x4e_4f57L);
        Instant newest = timestamps(lines).getLast();
        return newest.plus(
                draw.of(
                        Duration.ofMinutes(-4),
                        Duration.ZERO,
                        Duration.ofNanos(1000),
                        Duration.ofMinutes(30),
                        Duration.ofHours(5),
                        Duration.ofDays(40)));
    }

    /// So many moments worth asking about, none beyond the present: at events, just beside them, and at bounds counted
    /// from them.
    public static List<Instant> pasts(List<String> lines, long seed, int count) {
        Draw draw = new Draw(seed ^ 0x5041_5354L);
        Instant present = present(lines, seed);
        List<Instant> timestamps = timestamps(lines);
        List<Instant> pasts = new ArrayList<>();
        while (pasts.size() < count) {
            Instant past = draw.near(draw.from(timestamps));
            if (!past.isAfter(present)) {
                pasts.add(past);
            }
        }
        return pasts;
    }

    private static List<Instant> timestamps(List<String> lines) {
        TreeSet<Instant> timestamps = new TreeSet<>();
        lines.forEach(line ->
                timestamps.add(
                        Times.instant(
                                String.valueOf(PlainJson.readObject(line).get("timestamp")))));
        return List.copyOf(timestamps);
    }

    private void addNode(String node) {
        List<String> focus = draw.percent(50) ? draw.from(TypePools.FOCUSES) : TypePools.NODES;
        Duration skew =
                draw.of(
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(37),
                        Duration.ofMinutes(-2),
                        Duration.ofHours(4));
        if (draw.percent(50)) {
            Instant start = draw.instant();
            for (Map.Entry<String, Map<String, @Nullable Object>> report :
                    PayloadDraw.commissioning(node).entrySet()) {
                add(event("node_id", node, report.getKey(), start.plus(skew), report.getValue()));
            }
        }
        Map<String, @Nullable Object> before = null;
        for (int i = draw.between(20, 150); i > 0; i--) {
            String type = draw.percent(80) ? draw.from(focus) : draw.from(TypePools.NODES);
            before = again(drawn("node_id", node, type, draw.instant().plus(skew)), before);
            add(before);
        }
    }

    private void addSubject(String kind, String subject, List<String> types, int most) {
        Map<String, @Nullable Object> before = null;
        for (int i = draw.between(0, most); i > 0; i--) {
            before = again(drawn(kind, subject, draw.from(types), draw.instant()), before);
            add(before);
        }
    }

    private void add(Map<String, @Nullable Object> event) {
        byContent.putIfAbsent(Canonical.text(event), event);
    }

    private Map<String, @Nullable Object> drawn(
            String kind, String subject, String type, Instant timestamp) {
        Map<String, @Nullable Object> payload =
                type.equals("event_annulled")
                        ? annulment(kind, subject)
                        : payloads.payload(type, subject);
        if (draw.percent(8)) {
            payload.putAll(unknownFields());
        }
        if (draw.percent(15)) {
            spelling.withNulls(type, payload, 30);
        }
        return event(kind, subject, type, timestamp, payload);
    }

    private Map<String, @Nullable Object> event(
            String kind,
            String subject,
            String type,
            Instant timestamp,
            Map<String, @Nullable Object> payload) {
        Map<String, @Nullable Object> event =
                Members.of(
                        "id",
                        id(),
                        "timestamp",
                        draw.spelled(timestamp),
                        kind,
                        subject,
                        "event_type",
                        type,
                        "payload",
                        payload);
        envelope(event, type);
        return event;
    }

    /// Sometimes under the id, and mostly at the time, of the event before.
    private Map<String, @Nullable Object> again(
            Map<String, @Nullable Object> event, @Nullable Map<String, @Nullable Object> before) {
        if (before != null && draw.percent(8)) {
            event.put("id", before.get("id"));
            event.put(
                    "timestamp",
                    draw.percent(70) ? before.get("timestamp") : event.get("timestamp"));
        }
        return event;
    }

    private void envelope(Map<String, @Nullable Object> event, String type) {
        boolean term =
                List.of("desired_state_changed", "update_initiated", "provisioning_started")
                                .contains(type)
                        || type.endsWith("_drift_detected")
                        || type.startsWith("authority");
        if (draw.percent(term ? 60 : 3)) {
            event.put("epoch", draw.number(0, 3));
        }
        if (draw.percent(25)) {
            event.put(
                    "sequence",
                    draw.of(BigDecimal.ONE, draw.number(0, 3), BigDecimal.valueOf(1L << 53)));
        }
        if (draw.percent(40)) {
            event.put(
                    "source",
                    draw.maybe(
                            75, draw.of("connectivity-manager/region-a", "lifecycle", "Gerät é")));
        }
    }

    private String id() {
        return draw.percent(90)
                ? "e" + draw.between(1, 60)
                : draw.of("E1", "evt:~!{}\"\\", "e10", "0");
    }

    private Map<String, @Nullable Object> unknownFields() {
        return draw.of(
                Members.of("note", "ünknown", "nothing", null),
                Members.of("note", List.of(BigDecimal.ONE, Members.of("deep", true))),
                Members.of("\uD83D\uDE00", new BigDecimal("2.50")),
                Members.of("x_from", "live", "x_total", 5));
    }

    /// Names an event of the subject that is there, comes later, is an annulment, or never was.
    private Map<String, @Nullable Object> annulment(String kind, String subject) {
        List<Map<String, @Nullable Object>> own =
                byContent.values().stream()
                        .filter(event -> subject.equals(event.get(kind)))
                        .toList();
        boolean present = !own.isEmpty() && draw.percent(80);
        Map<String, @Nullable Object> named =
                present ? draw.from(own) : Members.of("id", id(), "timestamp", draw.instantText());
        return Members.of(
                "event_id", named.get("id"),
                "event_timestamp",
                        draw.spelled(Times.instant(String.valueOf(named.get("timestamp")))),
                "reason", "drawn");
    }
}

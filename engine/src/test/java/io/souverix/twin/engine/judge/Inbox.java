package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The items of attention, by putting sightings of one cause together.
final class Inbox {
    private static final long WINDOW_SECONDS = Duration.ofMinutes(10).toSeconds();
    private static final int LISTED = 20;
    private static final Map<String, String> SEVERITIES =
            Map.ofEntries(
                    Map.entry("certificate_expired", "high"),
                    Map.entry("certificate_expiring", "medium"),
                    Map.entry("attestation_failed", "critical"),
                    Map.entry("drift_critical", "critical"),
                    Map.entry("drift_high", "high"),
                    Map.entry("irregular_transition", "low"),
                    Map.entry("return_overdue", "high"),
                    Map.entry("replay_stalled", "medium"),
                    Map.entry("silent", "medium"),
                    Map.entry("update_overdue", "medium"),
                    Map.entry("authority_conflict", "critical"));

    private Inbox() {}

    static List<Map<String, @Nullable Object>> of(
            List<Sighting> sightings, List<Map<String, @Nullable Object>> domains) {
        Map<String, List<Sighting>> byCause = new TreeMap<>();
        for (Sighting sighting : sightings) {
            String key = sighting.rule() + PlainJson.canonical(sighting.cause());
            byCause.computeIfAbsent(key, _ -> new ArrayList<>()).add(sighting);
        }
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (List<Sighting> some : byCause.values()) {
            parts(some).forEach(part -> items.add(item(part)));
        }
        for (Map<String, @Nullable Object> domain : domains) {
            Map<String, @Nullable Object> authority = Members.object(domain, "authority");
            if (authority != null && Members.isTrue(authority, "conflict")) {
                items.add(
                        Members.of(
                                "rule", "authority_conflict",
                                "severity", SEVERITIES.get("authority_conflict"),
                                "cause",
                                        Members.of(
                                                "domain", domain.get("id"),
                                                "epoch", domain.get("epoch"))));
            }
        }
        return items;
    }

    /// Those whose windows are the same or neighbours, one to the next.
    private static List<List<Sighting>> parts(List<Sighting> some) {
        List<Sighting> sorted = new ArrayList<>(some);
        sorted.sort(Comparator.comparingLong(Inbox::window));
        List<List<Sighting>> parts = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (Sighting sighting : sorted) {
            if (parts.isEmpty() || window(sighting) > last + 1) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(sighting);
            last = window(sighting);
        }
        return parts;
    }

    private static long window(Sighting sighting) {
        Instant together = sighting.together();
        return together == null ? 0 : Math.floorDiv(together.getEpochSecond(), WINDOW_SECONDS);
    }

    private static Map<String, @Nullable Object> item(List<Sighting> part) {
        Sighting first = part.getFirst();
        return Members.of(
                "rule", first.rule(),
                "severity", Objects.requireNonNull(SEVERITIES.get(first.rule())),
                "cause", first.cause(),
                "since",
                        part.stream()
                                .map(Sighting::since)
                                .filter(Objects::nonNull)
                                .min(Comparator.naturalOrder())
                                .orElse(null),
                "nodes", part.size(),
                "node_ids", part.stream().map(Sighting::subject).sorted().limit(LISTED).toList());
    }
}

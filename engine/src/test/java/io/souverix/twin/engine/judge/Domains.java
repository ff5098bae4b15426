package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The domain tree and who is master of record: `authority`.
final class Domains {
    private final Accepted accepted;
    private final Instant now;
    private final AsOf asOf;
    private final Map<String, List<Event>> histories = new ConcurrentHashMap<>();

    Domains(Accepted accepted, Instant now, AsOf asOf) {
        this.accepted = accepted;
        this.now = now;
        this.asOf = asOf;
    }

    /// The authority over a node; null where nobody claims it.
    @Nullable Map<String, @Nullable Object> authority(List<Event> history) {
        for (String start : List.of("zone", "region")) {
            for (String domain : upwards(Identity.registered(history, start))) {
                Map<String, @Nullable Object> standing = standing(domain);
                if (standing != null) {
                    return standing;
                }
            }
        }
        return null;
    }

    /// A domain and its parents, the nearest first; it ends at a domain that is its own ancestor.
    private List<String> upwards(@Nullable String domain) {
        List<String> path = new ArrayList<>();
        String next = domain;
        while (next != null) {
            path.add(next);
            next = isInCycle(next) ? null : parent(next);
        }
        return path;
    }

    private boolean isInCycle(String domain) {
        Set<String> seen = new HashSet<>();
        String next = parent(domain);
        while (next != null && seen.add(next)) {
            next = parent(next);
        }
        return seen.contains(domain);
    }

    private @Nullable String parent(String domain) {
        Event registered = Walk.lastOf(history(domain), "domain_registered");
        return registered == null ? null : registered.text("parent");
    }

    private List<Event> history(String domain) {
        return histories.computeIfAbsent(
                domain, id -> accepted.history("domain_id", id, now, asOf));
    }

    /// The claim or conflict that stands in a domain itself; null where it is vacant.
    private @Nullable Map<String, @Nullable Object> standing(String domain) {
        List<Event> history = history(domain);
        long epoch =
                history.stream()
                        .filter(event -> event.is("authority_claimed"))
                        .mapToLong(Event::epoch)
                        .max()
                        .orElse(0);
        Set<String> claimants = claimants(history, epoch);
        if (claimants.isEmpty()) {
            return null;
        }
        boolean conflict = claimants.size() > 1;
        String master = claimants.iterator().next();
        return Members.of(
                "domain",
                domain,
                "level",
                conflict ? null : level(history, epoch, master),
                "master",
                conflict ? null : master,
                "epoch",
                epoch,
                "conflict",
                conflict,
                "claimants",
                conflict ? List.copyOf(claimants) : List.of());
    }

    private static Set<String> claimants(List<Event> history, long epoch) {
        Set<String> claimants = new TreeSet<>();
        for (Event event : history) {
            if (event.is("authority_claimed") && event.epoch() == epoch) {
                claimants.add(event.needed("master"));
            }
        }
        for (Event event : history) {
            if (event.is("authority_released") && event.epoch() >= epoch) {
                claimants.remove(event.needed("master"));
            }
        }
        return claimants;
    }

    private static @Nullable String level(List<Event> history, long epoch, String master) {
        for (Event event : history.reversed()) {
            if (event.is("authority_claimed")
                    && event.epoch() == epoch
                    && event.needed("master").equals(master)) {
                return event.text("level");
            }
        }
        return null;
    }

    /// How long ago a domain was last synced, in microseconds; null where it never was.
    @Nullable Long debtMicros(String domain) {
        Event sync = Walk.lastOf(history(domain), "region_synced");
        return sync == null ? null : Math.max(0, ChronoUnit.MICROS.between(sync.timestamp(), now));
    }

    /// One domain as `GET /v1/domains` lists it.
    Map<String, @Nullable Object> domain(String id) {
        List<Event> history = history(id);
        Event registered = Walk.lastOf(history, "domain_registered");
        Event linked = Walk.lastOf(history, "federation_linked");
        Event sync = Walk.lastOf(history, "region_synced");
        Long debt = debtMicros(id);
        Duration owed = debt == null ? null : Duration.ofSeconds(debt / 1_000_000);
        Long epoch =
                history.stream()
                        .filter(event -> event.is("authority_claimed"))
                        .map(Event::epoch)
                        .max(Long::compare)
                        .orElse(null);
        return Members.of(
                "id", id,
                "kind", registered == null ? null : registered.text("kind"),
                "name", registered == null ? null : registered.text("name"),
                "parent", registered == null ? null : registered.text("parent"),
                "children", children(id),
                "in_cycle", isInCycle(id),
                "epoch", epoch == null ? null : BigDecimal.valueOf(epoch),
                "authority", standing(id),
                "governed_by", governedBy(id),
                "federation", linked == null ? null : federation(linked),
                "last_sync", sync == null ? null : sync.timestamp(),
                "sync_debt", Times.show(owed),
                "sync_debt_seconds", Times.seconds(owed),
                "messages", sync == null ? null : sync.payload().get("messages"),
                "backlog", sync == null ? null : sync.payload().get("backlog"));
    }

    private List<String> children(String parent) {
        return accepted.subjects("domain_id", now, asOf).stream()
                .filter(id -> parent.equals(parent(id)))
                .toList();
    }

    /// The nearest domain at or above that somebody claims.
    private @Nullable String governedBy(String id) {
        return upwards(id).stream().filter(d -> standing(d) != null).findFirst().orElse(null);
    }

    private static Map<String, @Nullable Object> federation(Event linked) {
        Duration frequency = Times.duration(linked.payload().get("frequency"));
        return Members.of(
                "upstream", linked.text("upstream"),
                "mode", linked.text("mode"),
                "frequency", Times.show(frequency),
                "frequency_seconds", Times.seconds(frequency),
                "since", linked.timestamp());
    }

    /// Who claimed and who gave up, newest first.
    List<Map<String, @Nullable Object>> claims(String id) {
        List<Map<String, @Nullable Object>> claims = new ArrayList<>();
        for (Event event : history(id).reversed()) {
            if (event.is("authority_claimed") || event.is("authority_released")) {
                boolean claimed = event.is("authority_claimed");
                claims.add(
                        Members.of(
                                "event_id", event.id(),
                                "timestamp", event.timestamp(),
                                "epoch", BigDecimal.valueOf(event.epoch()),
                                "action", claimed ? "claimed" : "released",
                                "master", event.text("master"),
                                "level", claimed ? event.text("level") : null));
            }
        }
        return claims;
    }
}

package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The domain tree and who is master of record: `authority`.
final class Domains {
    private final Accepted accepted;
    private final Instant now;
    private final AsOf asOf;

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
        return accepted.history("domain_id", domain, now, asOf);
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
}

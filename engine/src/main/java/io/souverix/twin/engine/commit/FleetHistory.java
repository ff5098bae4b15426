package io.souverix.twin.engine.commit;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Payload.DomainRegistered;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The events of one subject that concerns the whole fleet, sorted. The caller excludes other threads.
final class FleetHistory {
    private final List<Event> sorted = new ArrayList<>();
    private final Map<EventHash, Long> addresses = new HashMap<>();
    private final Set<Taken> taken = new HashSet<>();

    /// The releases that the first so many events that count publish, as far as they were asked for.
    private final Map<Integer, Releases> releases = new HashMap<>();

    /// The domain that the whole history makes, or null where it has to be folded anew.
    private @Nullable Domain domain;

    private long lastAddress = -1;
    private long lastAnnulment = -1;

    private record Taken(String eventId, long timestampMicros) {}

    Outcome add(Event event, long address) {
        if (addresses.putIfAbsent(event.hash(), address) != null) {
            return Outcome.DUPLICATE;
        }
        releases.clear();
        boolean late =
                !sorted.isEmpty() && event.timestampMicros() < sorted.getLast().timestampMicros();
        int at = sorted.size();
        while (at > 0 && Event.ORDER.compare(sorted.get(at - 1), event) > 0) {
            at--;
        }
        boolean reused = isReused(event, at);
        foldOn(event, at == sorted.size());
        sorted.add(at, event);
        if (event.payload() instanceof EventAnnulled annulment) {
            taken.add(new Taken(annulment.eventId(), annulment.eventTimestampMicros()));
            lastAnnulment = address;
        }
        lastAddress = address;
        if (late) {
            return reused ? Outcome.ID_REUSED_LATE : Outcome.LATE;
        }
        return reused ? Outcome.ID_REUSED_APPLIED : Outcome.APPLIED;
    }

    /// Folds on where an event came in order, and forgets what was folded where it did not.
    private void foldOn(Event event, boolean last) {
        Domain standing = domain;
        boolean counts =
                !(event.payload() instanceof EventAnnulled)
                        && !taken.contains(new Taken(event.id(), event.timestampMicros()));
        domain = standing == null || !last || !counts ? null : standing.after(event);
    }

    /// What it makes of a domain.
    Domain domain(String id, AsOf asOf) {
        if (!asOf.countsAll()) {
            return Domain.of(id, asOf(asOf));
        }
        Domain whole = domain == null ? Domain.of(id, asOf(asOf)) : domain;
        domain = whole;
        return whole;
    }

    /// The oldest timestamp before an address, or `Long.MAX_VALUE`.
    long firstMicros(long before) {
        return sorted.stream()
                .filter(event -> address(event) < before)
                .mapToLong(Event::timestampMicros)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /// Whether an event of the same instant, all of which stand around a place, has the id.
    private boolean isReused(Event event, int place) {
        int from = place;
        while (from > 0 && sameInstant(sorted.get(from - 1), event)) {
            from--;
        }
        int to = place;
        while (to < sorted.size() && sameInstant(sorted.get(to), event)) {
            to++;
        }
        return sorted.subList(from, to).stream().anyMatch(o -> o.id().equals(event.id()));
    }

    private static boolean sameInstant(Event a, Event b) {
        return a.timestampMicros() == b.timestampMicros();
    }

    /// The events that count, without the annulled.
    List<Event> asOf(AsOf asOf) {
        Set<Taken> gone = asOf.before() == AsOf.ALL ? taken : takenBefore(asOf.before());
        return sorted.stream()
                .filter(event -> asOf.counts(event.timestampMicros(), address(event)))
                .filter(event ->
                        event.payload() instanceof EventAnnulled
                                || !gone.contains(new Taken(event.id(), event.timestampMicros())))
                .toList();
    }

    /// Where an event stands, or null where it is not known.
    @Nullable Long addressOrNull(Event event) {
        return addresses.get(event.hash());
    }

    long address(Event event) {
        return Objects.requireNonNull(addresses.get(event.hash()));
    }

    private Set<Taken> takenBefore(long before) {
        Set<Taken> gone = new HashSet<>();
        for (Event event : sorted) {
            if (event.payload() instanceof EventAnnulled annulment && address(event) < before) {
                gone.add(new Taken(annulment.eventId(), annulment.eventTimestampMicros()));
            }
        }
        return gone;
    }

    /// What a component's history publishes, of the events that count.
    Releases releases(String component, AsOf asOf) {
        List<Event> events = asOf(asOf);
        return asOf.before() == AsOf.ALL
                ? releases.computeIfAbsent(events.size(), _ -> Releases.of(component, events))
                : Releases.of(component, events);
    }

    /// The addresses of all events, in no order.
    LongStream addresses() {
        return addresses.values().stream().mapToLong(Long::longValue);
    }

    /// The address of the last event of any kind.
    long lastAddress() {
        return lastAddress;
    }

    /// The address of the last annulment, or -1.
    long lastAnnulment() {
        return lastAnnulment;
    }

    /// Every parent that a domain was ever registered with.
    Set<String> parents() {
        Set<String> parents = new TreeSet<>();
        for (Event event : sorted) {
            if (event.payload() instanceof DomainRegistered registered
                    && registered.parent() != null) {
                parents.add(registered.parent());
            }
        }
        return parents;
    }
}

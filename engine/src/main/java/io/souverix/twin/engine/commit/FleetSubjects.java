package io.souverix.twin.engine.commit;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Payload.FederationLinked;
import io.souverix.twin.core.event.Payload.RegionSynced;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Timeline;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The subjects that concern every node: domains and components, with their whole histories in
/// memory, as they are few and small. Thread-safe.
public final class FleetSubjects implements Catalogues {
    /// The history of a subject nobody ever heard of.
    private final FleetHistory nothing = new FleetHistory();

    private final Map<Subject, FleetHistory> histories = new HashMap<>();
    private final Set<Subject> changed = new LinkedHashSet<>();
    private final Map<Subject, String> quarantined = new HashMap<>();
    private final List<Long> unstored = new ArrayList<>();
    private final Timelines timelines = new Timelines(this, histories::get);
    private Catalogue catalogue = Catalogue.EMPTY;
    private EventHash digest = EventHash.ZERO;
    private long events;
    private long lastAddress = -1;

    /// Takes an event; the catalogue follows at the next [#catalogue()].
    public synchronized Outcome take(Event event, long address) {
        Outcome outcome =
                histories
                        .computeIfAbsent(event.subject(), _ -> new FleetHistory())
                        .add(event, address);
        if (outcome != Outcome.DUPLICATE) {
            changed.add(event.subject());
            unstored.add(address);
            lastAddress = Math.max(lastAddress, address);
            digest = digest.plus(event.hash());
            events++;
            timelines.take(event);
        }
        return outcome;
    }

    /// The catalogue of the present.
    public synchronized Catalogue catalogue() {
        for (Subject subject : changed) {
            try {
                catalogue = with(catalogue, subject, AsOf.PRESENT);
                quarantined.remove(subject);
            } catch (RuntimeException e) {
                // It stays as it was; everything else goes on.
                System.getLogger(FleetSubjects.class.getName())
                        .log(System.Logger.Level.ERROR, "quarantined " + subject, e);
                quarantined.put(subject, e.toString());
            }
        }
        changed.clear();
        return catalogue;
    }

    /// The subjects that could not be understood any more and stay as they were, with the reason.
    public synchronized Map<Subject, String> quarantined() {
        return Map.copyOf(quarantined);
    }

    @Override
    public synchronized Catalogue at(Identity identity, AsOf asOf) {
        if (isStanding(asOf)) {
            return catalogue();
        }
        Catalogue past = Catalogue.EMPTY;
        if (identity.componentType() != null) {
            Subject component = new Subject(Subject.Kind.COMPONENT, identity.componentType());
            past = with(past, component, asOf);
        }
        past = withAncestors(past, identity.zone(), asOf);
        return withAncestors(past, identity.region(), asOf);
    }

    @Override
    public synchronized Catalogue domains(AsOf asOf) {
        Catalogue all = Catalogue.EMPTY;
        for (Map.Entry<Subject, FleetHistory> entry : histories.entrySet()) {
            Subject subject = entry.getKey();
            if (subject.kind() == Subject.Kind.DOMAIN
                    && entry.getValue().firstMicros(asOf.before()) <= asOf.atMicros()) {
                all = with(all, subject, asOf);
            }
        }
        return all;
    }

    /// The history of a domain, without the annulled.
    public synchronized List<Event> domainHistory(String id, AsOf asOf) {
        return histories.getOrDefault(new Subject(Subject.Kind.DOMAIN, id), nothing).asOf(asOf);
    }

    /// The timestamp of the first event of a domain before an address, or `Long.MAX_VALUE` where
    /// there is none.
    public synchronized long domainFirstMicros(String id, long before) {
        return histories
                .getOrDefault(new Subject(Subject.Kind.DOMAIN, id), nothing)
                .firstMicros(before);
    }

    /// The facts that may change how a node is seen: what domains are and who claims
    /// them, and the releases of components; sorted, without the annulled.
    public synchronized List<Event> facts(Set<String> components, AsOf asOf) {
        List<Event> facts = new ArrayList<>();
        histories.forEach((subject, history) -> {
            if (subject.kind() == Subject.Kind.DOMAIN || components.contains(subject.id())) {
                history.asOf(asOf).stream().filter(FleetSubjects::isSeen).forEach(facts::add);
            }
        });
        facts.sort(Event.ORDER);
        return facts;
    }

    /// Whether a fact shows in the twin of a node.
    private static boolean isSeen(Event event) {
        return !(event.payload() instanceof RegionSynced
                || event.payload() instanceof FederationLinked);
    }

    @Override
    public synchronized Timeline timeline(Identity identity) {
        return timelines.of(identity);
    }

    private Catalogue withAncestors(Catalogue base, @Nullable String start, AsOf asOf) {
        Catalogue grown = base;
        String id = start;
        while (id != null && grown.domain(id) == null) {
            Subject subject = new Subject(Subject.Kind.DOMAIN, id);
            if (!histories.containsKey(subject)) {
                return grown;
            }
            grown = with(grown, subject, asOf);
            Domain domain = grown.domain(id);
            id = domain == null ? null : domain.parent();
        }
        return grown;
    }

    private Catalogue with(Catalogue base, Subject subject, AsOf asOf) {
        FleetHistory history = histories.getOrDefault(subject, nothing);
        return switch (subject.kind()) {
            case COMPONENT -> base.with(subject.id(), history.releases(subject.id(), asOf));
            case DOMAIN -> base.with(history.domain(subject.id(), asOf));
            case NODE -> throw new IllegalStateException("a node is no fleet subject");
        };
    }

    /// Whether the event stands before an address: what is taken reaches the shards only later.
    public synchronized boolean knows(Event event, long visible) {
        FleetHistory history = histories.get(event.subject());
        Long address = history == null ? null : history.addressOrNull(event);
        return address != null && address < visible;
    }

    public synchronized EventHash digest() {
        return digest;
    }

    public synchronized long events() {
        return events;
    }

    /// The addresses of all events.
    public synchronized LongStream addresses() {
        return histories.values().stream()
                .flatMapToLong(FleetHistory::addresses)
                .boxed()
                .toList()
                .stream()
                .mapToLong(Long::longValue);
    }

    /// Whether a question is answered by the releases and domains as they stand.
    public synchronized boolean isStanding(AsOf asOf) {
        return asOf.atMicros() == AsOf.ALL && lastAddress < asOf.before();
    }

    /// The address of the last event taken, or -1.
    public synchronized long lastAddress() {
        return lastAddress;
    }

    /// The addresses of events that no checkpoint holds yet.
    public synchronized List<Long> unstored() {
        return List.copyOf(unstored);
    }

    /// Says that a checkpoint holds the first of the [#unstored()] addresses.
    public synchronized void stored(int first) {
        unstored.subList(0, first).clear();
    }
}

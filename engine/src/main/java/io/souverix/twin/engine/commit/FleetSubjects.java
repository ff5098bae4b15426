package io.souverix.twin.engine.commit;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.release.Releases;
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
import org.jspecify.annotations.Nullable;

/// The subjects that concern every node: domains and components, with their whole histories in
/// memory, as they are few and small. Thread-safe.
public final class FleetSubjects implements Catalogues {
    private final Map<Subject, FleetHistory> histories = new HashMap<>();
    private final Set<Subject> changed = new LinkedHashSet<>();
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
            catalogue = with(catalogue, subject, AsOf.PRESENT);
        }
        changed.clear();
        return catalogue;
    }

    @Override
    public synchronized Catalogue at(Identity identity, AsOf asOf) {
        if (asOf.atMicros() == AsOf.ALL && lastAddress < asOf.before()) {
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
    public synchronized Timeline timeline(Identity identity) {
        return timelines.of(identity);
    }

    /// Every domain as of an instant.
    public synchronized List<Domain> domains(AsOf asOf) {
        List<Domain> domains = new ArrayList<>();
        histories.forEach((subject, history) -> {
            if (subject.kind() == Subject.Kind.DOMAIN) {
                domains.add(Domain.of(subject.id(), history.asOf(asOf)));
            }
        });
        return domains;
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
        FleetHistory history = histories.get(subject);
        String id = subject.id();
        return switch (subject.kind()) {
            case COMPONENT ->
                    base.with(id, history == null ? Releases.NONE : history.releases(id, asOf));
            case DOMAIN ->
                    base.with(Domain.of(id, history == null ? List.of() : history.asOf(asOf)));
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

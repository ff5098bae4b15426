package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.AuthorityClaimed;
import io.souverix.twin.core.event.Payload.AuthorityReleased;
import io.souverix.twin.core.event.Payload.DomainRegistered;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.event.Payload.ReleasePublished;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Timeline;
import io.souverix.twin.engine.past.Timeline.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The timelines that are in use, each for the nodes of one component, zone and region. The caller
/// excludes other threads.
final class Timelines {
    /// How many are kept; beyond it starts anew.
    static final int MAX_KEPT = 16_384;

    private final Catalogues catalogues;
    private final Function<Subject, @Nullable FleetHistory> histories;
    private final Map<Key, Kept> kept = new HashMap<>();

    private record Key(
            @Nullable String component, @Nullable String zone, @Nullable String region) {}

    /// @param subjects whose events concern it
    private record Kept(Timeline timeline, Set<Subject> subjects) {}

    Timelines(Catalogues catalogues, Function<Subject, @Nullable FleetHistory> histories) {
        this.catalogues = catalogues;
        this.histories = histories;
    }

    Timeline of(Identity identity) {
        Key key = new Key(identity.componentType(), identity.zone(), identity.region());
        Kept known = kept.get(key);
        if (known == null) {
            if (kept.size() >= MAX_KEPT) {
                kept.values().forEach(gone -> gone.timeline().outdate());
                kept.clear();
            }
            known = fresh(identity);
            kept.put(key, known);
        }
        return known.timeline();
    }

    /// Forgets the timelines that an event changes.
    void take(Event event) {
        if (concerns(event)) {
            kept.values()
                    .removeIf(known -> {
                        boolean changed = known.subjects().contains(event.subject());
                        if (changed) {
                            known.timeline().outdate();
                        }
                        return changed;
                    });
        }
    }

    private static boolean concerns(Event event) {
        return switch (event.payload()) {
            case ReleasePublished _,
                    DomainRegistered _,
                    AuthorityClaimed _,
                    AuthorityReleased _,
                    EventAnnulled _ ->
                    true;
            default -> false;
        };
    }

    private Kept fresh(Identity identity) {
        Set<Subject> subjects = subjects(identity);
        List<Source> sources = new ArrayList<>();
        long lastAddress = -1;
        long lastAnnulment = -1;
        for (Subject subject : subjects) {
            FleetHistory history = histories.apply(subject);
            if (history == null) {
                continue;
            }
            lastAddress = Math.max(lastAddress, history.lastAddress());
            lastAnnulment = Math.max(lastAnnulment, history.lastAnnulment());
            for (Event event : history.asOf(AsOf.PRESENT)) {
                if (concerns(event) && !(event.payload() instanceof EventAnnulled)) {
                    long address = history.address(event);
                    sources.add(new Source(event.timestampMicros(), event.hash(), address));
                }
            }
        }
        sources.sort(Comparator.comparingLong(Source::timestampMicros).thenComparing(Source::hash));
        Timeline timeline =
                new Timeline(
                        identity,
                        sources,
                        lastAddress,
                        lastAnnulment,
                        at -> catalogues.at(identity, AsOf.at(at)));
        return new Kept(timeline, subjects);
    }

    /// The component, and every domain that ever was above the zone or the region.
    private Set<Subject> subjects(Identity identity) {
        Set<Subject> subjects = new LinkedHashSet<>();
        Deque<Subject> open = new ArrayDeque<>();
        if (identity.componentType() != null) {
            subjects.add(new Subject(Subject.Kind.COMPONENT, identity.componentType()));
        }
        for (String id : new String[] {identity.zone(), identity.region()}) {
            if (id != null) {
                open.add(new Subject(Subject.Kind.DOMAIN, id));
            }
        }
        while (!open.isEmpty()) {
            Subject domain = open.remove();
            if (subjects.add(domain)) {
                FleetHistory history = histories.apply(domain);
                for (String parent : history == null ? Set.<String>of() : history.parents()) {
                    open.add(new Subject(Subject.Kind.DOMAIN, parent));
                }
            }
        }
        return subjects;
    }
}

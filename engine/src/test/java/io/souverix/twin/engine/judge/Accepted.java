package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The set of accepted events of the whole fleet, each once.
final class Accepted {
    private final List<Event> events;

    /// May be given the same event several times, in any order and spelling.
    Accepted(Collection<? extends Map<String, @Nullable Object>> given) {
        Map<String, Event> byContent = new TreeMap<>();
        given.forEach(envelope -> byContent.put(Canonical.text(envelope), Event.of(envelope)));
        events = List.copyOf(byContent.values());
    }

    /// The sorted ids of the subjects of one kind that have an event that counts.
    List<String> subjects(String kind, Instant now, AsOf asOf) {
        Set<String> found = new TreeSet<>();
        for (Event event : events) {
            if (event.subjectKind().equals(kind) && counts(event, now, asOf)) {
                found.add(event.subject());
            }
        }
        return List.copyOf(found);
    }

    /// All events of a subject that count, in order, annulled and annulling ones included.
    List<Event> all(String kind, String subject, Instant now, AsOf asOf) {
        List<Event> found = new ArrayList<>();
        for (Event event : events) {
            if (isOf(event, kind, subject) && counts(event, now, asOf)) {
                found.add(event);
            }
        }
        found.sort(Event.ORDER);
        return found;
    }

    /// The history of a subject: the events that count, in order, without those annulled.
    List<Event> history(String kind, String subject, Instant now, AsOf asOf) {
        Set<String> annulled = annulled(kind, subject);
        List<Event> history = all(kind, subject, now, asOf);
        history.removeIf(event ->
                !event.is("event_annulled")
                        && annulled.contains(name(event.id(), event.timestamp())));
        return history;
    }

    /// What the subject's annulments name, whatever their own time.
    private Set<String> annulled(String kind, String subject) {
        Set<String> names = new HashSet<>();
        for (Event event : events) {
            if (isOf(event, kind, subject) && event.is("event_annulled")) {
                names.add(
                        name(
                                event.needed("event_id"),
                                Times.instant(event.needed("event_timestamp"))));
            }
        }
        return names;
    }

    private static String name(String id, Instant timestamp) {
        return id + " " + timestamp;
    }

    private static boolean isOf(Event event, String kind, String subject) {
        return event.subjectKind().equals(kind) && event.subject().equals(subject);
    }

    private static boolean counts(Event event, Instant now, AsOf asOf) {
        return asOf == AsOf.PRESENT || !event.timestamp().isAfter(now);
    }
}

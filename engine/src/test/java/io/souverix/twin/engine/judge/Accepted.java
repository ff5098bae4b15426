package io.souverix.twin.engine.judge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The set of accepted events of the whole fleet, each once.
final class Accepted {
    /// By kind and id of their subject, with a space between.
    private final SortedMap<String, List<Event>> bySubject = new TreeMap<>();

    /// May be given the same event several times, in any order and spelling.
    Accepted(Collection<? extends Map<String, @Nullable Object>> given) {
        this(given.stream().map(Event::of));
    }

    /// As above, of events that were taken apart.
    Accepted(Stream<Event> given) {
        Map<String, Event> byContent = new TreeMap<>();
        given.forEach(event -> byContent.put(event.hash(), event));
        for (Event event : byContent.values()) {
            bySubject
                    .computeIfAbsent(
                            key(event.subjectKind(), event.subject()), _ -> new ArrayList<>())
                    .add(event);
        }
    }

    private static String key(String kind, String subject) {
        return kind + " " + subject;
    }

    private List<Event> of(String kind, String subject) {
        return bySubject.getOrDefault(key(kind, subject), List.of());
    }

    /// The sorted ids of the subjects of one kind that have an event that counts.
    List<String> subjects(String kind, Instant now, AsOf asOf) {
        List<String> found = new ArrayList<>();
        bySubject.forEach((key, events) -> {
            if (key.startsWith(kind + " ")
                    && events.stream().anyMatch(event -> counts(event, now, asOf))) {
                found.add(key.substring(kind.length() + 1));
            }
        });
        return List.copyOf(found);
    }

    /// All events of a subject that count, in order, annulled and annulling ones included.
    List<Event> all(String kind, String subject, Instant now, AsOf asOf) {
        List<Event> found = new ArrayList<>();
        for (Event event : of(kind, subject)) {
            if (counts(event, now, asOf)) {
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
        for (Event event : of(kind, subject)) {
            if (event.is("event_annulled")) {
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

    private static boolean counts(Event event, Instant now, AsOf asOf) {
        return asOf == AsOf.PRESENT || !event.timestamp().isAfter(now);
    }
}

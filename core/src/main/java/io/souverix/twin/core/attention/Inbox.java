package io.souverix.twin.core.attention;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Makes items of what is raised: one for each rule and cause. Where things have the same cause only if
/// they happened close together, those whose ten minutes touch are one item. Not thread-safe.
public final class Inbox {
    /// What happens in one such window, or in neighbouring ones, happened together.
    public static final long WINDOW_MICROS = 600 * Times.MICROS_PER_SECOND;

    /// That of what has the same cause whenever it happened.
    private static final long NO_WINDOW = window(Times.NONE);

    private static final int ID_DIGITS = 16;

    /// By cause and window.
    private final Map<Cause, TreeMap<Long, Group>> causes = new HashMap<>();

    /// What has one cause, and happened in one stretch of time.
    private static final class Group {
        private int size;
        private long sinceMicros = Long.MAX_VALUE;
        private List<String> subjects = new ArrayList<>(1);
        private final List<Sighting> sightings = new ArrayList<>(0);

        void add(Raised raised, Supplier<String> subject) {
            size++;
            if (raised.sinceMicros() != Times.NONE) {
                sinceMicros = Math.min(sinceMicros, raised.sinceMicros());
            }
            if (subjects.size() < Item.MAX_NAMED) {
                subjects.add(subject.get());
            }
        }

        void addAll(Group other) {
            size += other.size;
            sinceMicros = Math.min(sinceMicros, other.sinceMicros);
            subjects = first(subjects, other.subjects);
            sightings.addAll(other.sightings);
        }

        /// The first of two sorted lists.
        private static List<String> first(List<String> a, List<String> b) {
            List<String> first = new ArrayList<>(Math.min(Item.MAX_NAMED, a.size() + b.size()));
            int ofA = 0;
            int ofB = 0;
            while (first.size() < Item.MAX_NAMED && (ofA < a.size() || ofB < b.size())) {
                boolean next =
                        ofB == b.size()
                                || (ofA < a.size() && a.get(ofA).compareTo(b.get(ofB)) <= 0);
                first.add(next ? a.get(ofA++) : b.get(ofB++));
            }
            return first;
        }
    }

    /// Takes what is raised for a subject. They come sorted by subject.
    ///
    /// @param subject asked only where it may be among the first
    public void add(Raised raised, Supplier<String> subject) {
        group(raised).add(raised, subject);
    }

    /// Takes a sighting whole, for one of the few that nobody can look at again. They come sorted by
    /// subject.
    public void add(Sighting sighting) {
        Group group = group(sighting.raised());
        group.add(sighting.raised(), sighting::subject);
        if (group.sightings.size() < Item.MAX_NAMED) {
            group.sightings.add(sighting);
        }
    }

    private Group group(Raised raised) {
        return causes.computeIfAbsent(raised.cause(), _ -> new TreeMap<>())
                .computeIfAbsent(window(raised.togetherMicros()), _ -> new Group());
    }

    private static long window(long togetherMicros) {
        return Math.floorDiv(togetherMicros, WINDOW_MICROS);
    }

    /// Takes what another took of other subjects, which is of no use any more.
    public void addAll(Inbox other) {
        other.causes.forEach((cause, windows) -> {
            TreeMap<Long, Group> own = causes.putIfAbsent(cause, windows);
            if (own != null) {
                windows.forEach((window, group) -> {
                    Group standing = own.putIfAbsent(window, group);
                    if (standing != null) {
                        standing.addAll(group);
                    }
                });
            }
        });
    }

    /// The items, ranked. Nothing more can be added then.
    public List<Item> items() {
        List<Item> items = new ArrayList<>();
        causes.forEach((cause, windows) -> {
            together(windows).forEach((first, group) -> items.add(item(cause, first, group)));
        });
        items.sort(Item.RANK);
        return items;
    }

    /// What happened together, by the first of its windows.
    private static Map<Long, Group> together(SortedMap<Long, Group> windows) {
        Map<Long, Group> together = new HashMap<>();
        Group open = null;
        long last = 0;
        for (Map.Entry<Long, Group> next : windows.entrySet()) {
            if (open != null && next.getKey() - last <= 1) {
                open.addAll(next.getValue());
            } else {
                open = next.getValue();
                together.put(next.getKey(), open);
            }
            last = next.getKey();
        }
        return together;
    }

    private static Item item(Cause cause, long window, Group group) {
        boolean together = window != NO_WINDOW;
        return new Item(
                id(cause, together ? Times.text(window * WINDOW_MICROS) : ""),
                cause,
                group.sinceMicros == Long.MAX_VALUE ? Times.NONE : group.sinceMicros,
                together,
                group.size,
                group.subjects,
                group.sightings);
    }

    private static String id(Cause cause, String window) {
        String text =
                cause.alert().word()
                        + "\n"
                        + JsonWriter.text(cause.members().sortedByName())
                        + "\n"
                        + window;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return EventHash.of(bytes, bytes.length).hex().substring(0, ID_DIGITS);
    }
}

package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The oracle: a plain sorted map of what was accepted, with when it was recorded.
final class Model {
    private static final List<String> KINDS = List.of("node_id", "domain_id", "component");

    private final SortedMap<Key, Fact> facts = new TreeMap<>();
    private final JudgeRules rules;

    /// The subject and the order key.
    record Key(String subject, Instant timestamp, BigDecimal sequence, String id, String hash)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::subject)
                        .thenComparing(Key::timestamp)
                        .thenComparing(Key::sequence)
                        .thenComparing(Key::id)
                        .thenComparing(Key::hash);

        static Key of(Map<String, @Nullable Object> event) {
            String kind = KINDS.stream().filter(event::containsKey).findFirst().orElseThrow();
            Object sequence = event.get("sequence");
            return new Key(
                    kind + " " + event.get(kind),
                    OffsetDateTime.parse(String.valueOf(event.get("timestamp")))
                            .toInstant()
                            .truncatedTo(ChronoUnit.MICROS),
                    sequence == null ? BigDecimal.ZERO : (BigDecimal) sequence,
                    String.valueOf(event.get("id")),
                    Judge.hash(event));
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Fact(Map<String, @Nullable Object> event, Instant recorded) {}

    /// What must come of an append.
    record Counts(int applied, int late, int duplicates, int warnings) {
        static Counts of(Appended done) {
            return new Counts(
                    done.applied(), done.late(), done.duplicates(), done.warnings().size());
        }
    }

    Model(JudgeRules rules) {
        this.rules = rules;
    }

    int size() {
        return facts.size();
    }

    /// Takes a batch.
    Counts add(List<String> lines, Instant recorded) {
        int late = 0;
        int duplicates = 0;
        int warnings = 0;
        for (String line : lines) {
            Map<String, @Nullable Object> event = PlainJson.readObject(line);
            Key key = Key.of(event);
            SortedMap<Key, Fact> own = of(key.subject());
            if (own.containsKey(key)) {
                duplicates++;
                continue;
            }
            boolean older = !own.isEmpty() && key.timestamp().isBefore(own.lastKey().timestamp());
            boolean reused =
                    own.keySet().stream()
                            .anyMatch(other ->
                                    other.id().equals(key.id())
                                            && other.timestamp().equals(key.timestamp()));
            late += older ? 1 : 0;
            warnings += reused ? 1 : 0;
            facts.put(key, new Fact(event, recorded));
        }
        return new Counts(lines.size() - late - duplicates, late, duplicates, warnings);
    }

    private SortedMap<Key, Fact> of(String subject) {
        return facts.subMap(
                new Key(subject, Instant.MIN, BigDecimal.ZERO, "", ""),
                new Key(subject, Instant.MAX, BigDecimal.ZERO, "", ""));
    }

    /// The nodes that have an event.
    List<String> nodes() {
        return facts.keySet().stream()
                .map(Key::subject)
                .filter(subject -> subject.startsWith("node_id "))
                .map(subject -> subject.substring("node_id ".length()))
                .distinct()
                .toList();
    }

    /// The hashes of a node's events up to an instant, in the order key.
    List<String> history(String node, Instant until) {
        List<String> hashes = new ArrayList<>();
        of("node_id " + node)
                .forEach((key, _) -> {
                    if (!key.timestamp().isAfter(until)) {
                        hashes.add(key.hash());
                    }
                });
        return hashes;
    }

    /// Who judges by what was recorded up to an instant.
    JudgedFleet judged(Instant known, String what) {
        List<Map<String, @Nullable Object>> counting = new ArrayList<>();
        for (Fact fact : facts.values()) {
            if (!fact.recorded().isAfter(known)) {
                counting.add(Objects.requireNonNull(fact.event()));
            }
        }
        return new JudgedFleet(new Judge(counting, rules), what);
    }
}

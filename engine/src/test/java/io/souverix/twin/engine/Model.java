package io.souverix.twin.engine;

import io.souverix.twin.engine.judge.Judge;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.PlainJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
        /// The part of the hash that an event is known by, in hex digits.
        private static final int IDENTITY_DIGITS = 32;

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

        String identity() {
            return hash.substring(0, IDENTITY_DIGITS);
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

    /// The hashes of a node's events from one timestamp to another, in the order key.
    List<String> history(String node, long sinceMicros, long untilMicros) {
        List<String> hashes = new ArrayList<>();
        of("node_id " + node)
                .forEach((key, _) -> {
                    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, key.timestamp());
                    if (micros >= sinceMicros && micros <= untilMicros) {
                        hashes.add(key.identity());
                    }
                });
        return hashes;
    }

    /// The sum of the hashes of all events, as the service tells it.
    String digest() {
        BigInteger sum =
                facts.keySet().stream()
                        .map(key -> new BigInteger(key.identity(), 16))
                        .reduce(BigInteger.ZERO, BigInteger::add)
                        .mod(BigInteger.ONE.shiftLeft(Key.IDENTITY_DIGITS * 4));
        String hex = sum.toString(16);
        return "0".repeat(Key.IDENTITY_DIGITS - hex.length()) + hex;
    }

    /// The same of what was recorded up to an instant.
    Model until(Instant known) {
        Model until = new Model(rules);
        facts.forEach((key, fact) -> {
            if (!fact.recorded().isAfter(known)) {
                until.facts.put(key, fact);
            }
        });
        return until;
    }

    /// Who judges by what was recorded up to an instant.
    JudgedFleet judged(Instant known, String what) {
        List<Map<String, @Nullable Object>> counting = new ArrayList<>();
        until(known).facts.values().forEach(fact -> counting.add(fact.event()));
        return new JudgedFleet(new Judge(counting, rules), what);
    }
}

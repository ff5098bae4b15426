package io.souverix.twin.torture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What was asked how often, how long answers took, and which were not what they should be.
final class Tally {
    private static final int MOST_TOLD = 60;
    private static final int LONGEST = 1_500;

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> mismatches = new ArrayList<>();
    private int wrong;

    private static final class Row {
        private final List<Long> nanos = new ArrayList<>();
        private long compared;
        private int wrong;
    }

    private Row row(String question) {
        return rows.computeIfAbsent(question, _ -> new Row());
    }

    /// An answer came whole.
    void took(String question, long nanos) {
        row(question).nanos.add(nanos);
    }

    /// So many answers, or lines of one, were held against what they should be.
    void compared(String question, long more) {
        row(question).compared += more;
    }

    /// One was not what it should be; the first ones are told.
    void mismatch(String question, String told) {
        row(question).wrong++;
        if (wrong++ < MOST_TOLD) {
            mismatches.add(told.length() > LONGEST ? told.substring(0, LONGEST) + "…" : told);
            System.err.println("MISMATCH " + mismatches.getLast());
        }
    }

    /// Throws where anything was wrong.
    void requireNoMismatch() {
        if (wrong > 0) {
            throw new AssertionError(
                    wrong + " answers are wrong; the first:\n" + String.join("\n", mismatches));
        }
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append(
                String.format(
                        Locale.ROOT,
                        "%-34s %9s %11s %7s %10s %10s %10s%n",
                        "question",
                        "asked",
                        "compared",
                        "wrong",
                        "median ms",
                        "p95 ms",
                        "max ms"));
        rows.forEach((question, row) -> {
            long[] sorted = row.nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%-34s %,9d %,11d %7d %,10.1f %,10.1f %,10.1f%n",
                            question,
                            sorted.length,
                            row.compared,
                            row.wrong,
                            at(sorted, 50),
                            at(sorted, 95),
                            at(sorted, 100)));
        });
        return table.toString();
    }

    private static double at(long[] sorted, int percent) {
        int rank = (sorted.length * percent + 99) / 100;
        return sorted.length == 0
                ? 0
                : Arrays.stream(sorted).skip(rank - 1L).findFirst().orElse(0) / 1e6;
    }
}

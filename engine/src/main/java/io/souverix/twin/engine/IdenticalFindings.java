package io.souverix.twin.engine;

import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.Finding;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.query.InvalidQueryException;
import io.souverix.twin.core.twin.TwinView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gathers findings that are the same on several nodes into one row each.
final class IdenticalFindings {
    /// How many different findings are gathered.
    static final int MAX_ROWS = 200_000;

    /// How many ids a row tells.
    static final int MAX_IDS = 10;

    /// The most nodes first, then the worst severity, then by what they are about.
    private static final Comparator<Row> ORDER =
            Comparator.comparingLong((Row row) -> row.nodes)
                    .thenComparing(row -> row.same.severity())
                    .reversed()
                    .thenComparing(row -> row.same.dimension())
                    .thenComparing(row -> row.same.path())
                    .thenComparing(row -> row.same.kind())
                    .thenComparing(row -> JsonWriter.text(Json.orNull(row.same.desired())))
                    .thenComparing(row -> JsonWriter.text(Json.orNull(row.same.actual())))
                    .thenComparing(row -> String.valueOf(row.same.impact()));

    private final Map<Same, Row> rows = new HashMap<>();

    /// What makes findings identical.
    private record Same(
            String dimension,
            String path,
            String kind,
            @Nullable Json desired,
            @Nullable Json actual,
            Severity severity,
            @Nullable String impact) {}

    private static final class Row {
        private final Same same;
        private final TreeSet<String> firstIds = new TreeSet<>();
        private long nodes;
        private long provisional;
        private long sinceMicros = Long.MAX_VALUE;

        Row(Same same) {
            this.same = same;
        }

        void add(String id, boolean unsure, long since) {
            nodes++;
            provisional += unsure ? 1 : 0;
            sinceMicros = Math.min(sinceMicros, since);
            addId(id);
        }

        private void addId(String id) {
            firstIds.add(id);
            if (firstIds.size() > MAX_IDS) {
                firstIds.removeLast();
            }
        }

        void addAll(Row others) {
            nodes += others.nodes;
            provisional += others.provisional;
            sinceMicros = Math.min(sinceMicros, others.sinceMicros);
            others.firstIds.forEach(this::addId);
        }

        JsonObject json() {
            return new JsonObject.Builder()
                    .put("dimension", same.dimension())
                    .put("path", same.path())
                    .put("kind", same.kind())
                    .put("desired", Json.orNull(same.desired()))
                    .put("actual", Json.orNull(same.actual()))
                    .put("severity", same.severity().word())
                    .put("impact", same.impact())
                    .put("nodes", nodes)
                    .put("provisional", provisional)
                    .put("node_ids", Json.strings(List.copyOf(firstIds)))
                    .put("since", Times.text(sinceMicros))
                    .build();
        }
    }

    /// Takes the findings of a twin.
    ///
    /// @throws InvalidQueryException where there are more different ones than are gathered
    void add(TwinView view) {
        boolean provisional = view.status(view.drift()) == DriftStatus.UNKNOWN;
        List<Finding> findings = view.twin().drift().findings(view.versions(), view.nowMicros());
        for (Finding finding : findings) {
            Same same =
                    new Same(
                            finding.dimension(),
                            finding.path(),
                            finding.kind(),
                            finding.desired(),
                            finding.actual(),
                            finding.severity(),
                            finding.impact());
            row(same).add(view.twin().id(), provisional, finding.sinceMicros());
        }
    }

    /// Takes what was gathered of other twins.
    ///
    /// @throws InvalidQueryException where there are more different ones than are gathered
    void addAll(IdenticalFindings others) {
        others.rows.forEach((same, row) -> row(same).addAll(row));
    }

    private Row row(Same same) {
        if (rows.size() == MAX_ROWS && !rows.containsKey(same)) {
            throw new InvalidQueryException(
                    "found more than "
                            + MAX_ROWS
                            + " different findings, expected a filter that lets fewer twins"
                            + " through");
        }
        return rows.computeIfAbsent(same, Row::new);
    }

    /// How many rows there are.
    int size() {
        return rows.size();
    }

    /// The rows from a place up to another one, in order.
    List<JsonObject> rows(int from, int to) {
        List<Row> sorted = new ArrayList<>(rows.values());
        sorted.sort(ORDER);
        return sorted.subList(Math.min(from, sorted.size()), Math.min(to, sorted.size())).stream()
                .map(Row::json)
                .toList();
    }
}

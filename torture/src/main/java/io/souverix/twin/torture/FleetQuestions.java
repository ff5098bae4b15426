package io.souverix.twin.torture;

import io.souverix.twin.engine.judge.FleetAt;
import io.souverix.twin.engine.judge.NodeAt;
import io.souverix.twin.engine.judge.PlainJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The questions about the whole fleet that count and list nodes: aggregates, lists, findings.
final class FleetQuestions {
    static final List<String> PROJECTIONS =
            List.of("current", "drift", "connectivity", "lifecycle", "trust", "authority");
    private static final List<String> GROUPS =
            List.of("region", "zone", "cluster", "trust_domain", "component_type");

    /// Aggregates that are asked for with each filter.
    private static final int FILTERED = 2;

    /// Pages that are looked at of a list that is long.
    static final int MOST_PAGES = 3;

    private final Asking asking;
    private final FleetAt fleet;
    private final Choice choice;

    FleetQuestions(Asking asking, FleetAt fleet, Choice choice) {
        this.asking = asking;
        this.fleet = fleet;
        this.choice = choice;
    }

    void ask() throws IOException, InterruptedException {
        aggregates();
        if (choice.asks()) {
            twins();
        }
        for (PlainFilter filter : PlainFilter.some(choice.of(fleet.nodes()))) {
            if (choice.asks()) {
                filtered(filter);
            }
        }
        for (String field : List.of("drift.score", "connectivity.last_sync", "trust.trust_score")) {
            if (choice.asks()) {
                sorted(field);
            }
        }
        findings();
    }

    private void aggregates() throws IOException, InterruptedException {
        for (String projection : PROJECTIONS) {
            aggregate("aggregate", projection, null, "", null);
            for (String group : GROUPS) {
                if (choice.asks()) {
                    aggregate("aggregate by group", projection, group, "", null);
                }
            }
            if (choice.asks()) {
                String two =
                        choice.of(GROUPS.subList(0, 3)) + "," + choice.of(GROUPS.subList(3, 5));
                aggregate("aggregate by two", projection, two, "", null);
            }
            if (choice.asks()) {
                String all = "&include=decommissioned";
                aggregate("aggregate by group", projection, choice.of(GROUPS), all, fleet.nodes());
            }
        }
    }

    /// @param nodes null: all that count
    private void aggregate(
            String question,
            String projection,
            @Nullable String group,
            String more,
            @Nullable List<NodeAt> nodes)
            throws IOException, InterruptedException {
        String path =
                "/v1/projections/"
                        + projection
                        + "?"
                        + (group == null ? "" : "group_by=" + group)
                        + more;
        asking.same(
                question,
                path,
                nodes == null
                        ? fleet.projection(projection, group)
                        : fleet.projection(projection, group, nodes),
                asking.get(question, path.replace("?&", "?").replaceAll("\\?$", "")));
    }

    private void filtered(PlainFilter filter) throws IOException, InterruptedException {
        String text = "filter=" + Asking.encoded(filter.text());
        List<NodeAt> nodes = fleet.counted().stream().filter(filter.lets()).toList();
        for (int i = 0; i < FILTERED; i++) {
            String projection = choice.of(PROJECTIONS);
            aggregate("aggregate, filtered", projection, choice.of(GROUPS), "&" + text, nodes);
        }
        asking.sameList(
                "list, filtered",
                filter.text(),
                nodes.stream().map(FleetQuestions::row).toList(),
                asking.pages(
                        "list, filtered",
                        "/v1/twins?limit=1000&fields=" + FIELDS + "&" + text,
                        "twins",
                        MOST_PAGES),
                nodes.size() > MOST_PAGES * 1000);
    }

    private static final String FIELDS =
            "connectivity.state,drift.score,lifecycle.software.actual_version,meta.revision";

    private static Map<String, @Nullable Object> row(NodeAt node) {
        return object(
                "identity", object("immutable_id", node.id()),
                "connectivity", object("state", node.at("connectivity", "state")),
                "drift", object("score", node.at("drift", "score")),
                "lifecycle",
                        object(
                                "software",
                                object(
                                        "actual_version",
                                        node.at("lifecycle", "software", "actual_version"))),
                "meta", object("revision", node.at("meta", "revision")));
    }

    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    private void sorted(String field) throws IOException, InterruptedException {
        String[] path = field.split("\\.");
        boolean down = choice.below(2) == 0;
        Comparator<NodeAt> order =
                (a, b) -> ordered(a.at(path[0], path[1]), b.at(path[0], path[1]), down);
        List<NodeAt> nodes =
                fleet.counted().stream()
                        .sorted(order.thenComparing(NodeAt::id))
                        .limit(MOST_PAGES * 1000L)
                        .toList();
        asking.sameList(
                "list, sorted",
                (down ? "-" : "") + field,
                nodes.stream().map(FleetQuestions::row).toList(),
                asking.pages(
                        "list, sorted",
                        "/v1/twins?limit=1000&fields="
                                + FIELDS
                                + "&sort="
                                + (down ? "-" : "")
                                + field,
                        "twins",
                        MOST_PAGES),
                false);
    }

    /// Numbers, or instants as text; what is not known comes last both ways.
    private static int ordered(@Nullable Object a, @Nullable Object b, boolean down) {
        if (a == null || b == null) {
            return Boolean.compare(a == null, b == null);
        }
        int compared =
                a instanceof BigDecimal x && b instanceof BigDecimal y
                        ? x.compareTo(y)
                        : Instant.parse(a.toString()).compareTo(Instant.parse(b.toString()));
        return down ? -compared : compared;
    }

    /// Every twin, whole.
    private void twins() throws IOException, InterruptedException {
        String question = "list, every twin whole";
        List<NodeAt> nodes = fleet.nodes();
        int[] seen = {0};
        asking.lines(
                question,
                "/v1/twins?include=decommissioned",
                twin -> {
                    NodeAt node = seen[0] < nodes.size() ? nodes.get(seen[0]) : null;
                    seen[0]++;
                    if (node == null || !node.isWhole(twin)) {
                        String id = node == null ? "" : node.id();
                        asking.same(question, id, node == null ? null : fleet.twin(id), twin);
                    }
                });
        asking.compared(question, seen[0]);
        asking.same(question, "how many", number(nodes.size()), number(seen[0]));
    }

    static BigDecimal number(long number) {
        return BigDecimal.valueOf(number);
    }

    private void findings() throws IOException, InterruptedException {
        List<Map<String, @Nullable Object>> rows =
                fleet.counted().stream()
                        .flatMap(node ->
                                node.findings().stream()
                                        .map(finding -> {
                                            Map<String, @Nullable Object> row =
                                                    object("node_id", node.id());
                                            row.putAll(finding);
                                            return row;
                                        }))
                        .limit(MOST_PAGES * 1000L)
                        .toList();
        asking.sameList(
                "findings",
                "",
                rows,
                asking.pages("findings", "/v1/drift/findings?limit=1000", "findings", MOST_PAGES),
                false);
        List<Map<String, @Nullable Object>> found =
                asking.pages(
                        "findings, identical",
                        "/v1/drift/findings?group=identical&limit=1000",
                        "findings",
                        Integer.MAX_VALUE);
        asking.sameList(
                "findings, identical",
                "the rows",
                texts(fleet.identicalFindings()),
                texts(found),
                false);
        asking.same(
                "findings, identical",
                "the order",
                found.stream()
                        .sorted(
                                Comparator.comparing((Map<String, @Nullable Object> row) ->
                                                (BigDecimal)
                                                        Objects.requireNonNull(row.get("nodes")))
                                        .thenComparingInt(row -> severity(row.get("severity")))
                                        .reversed())
                        .toList(),
                found);
    }

    static int severity(@Nullable Object word) {
        return Arrays.asList("low", "medium", "high", "critical").indexOf(word);
    }

    /// Canonical texts, sorted, for lists whose order is looked at apart.
    static List<String> texts(List<Map<String, @Nullable Object>> rows) {
        List<String> texts = new ArrayList<>(rows.stream().map(PlainJson::canonical).toList());
        Collections.sort(texts);
        return texts;
    }
}

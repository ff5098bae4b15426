package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import java.util.stream.Collectors;

/// The graph, a part of it, a path, or what a failure cuts off.
public final class GraphView {
    private GraphView() {}

    /// @param what `neighbors`, `path`, `impact`, or nothing for the graph itself
    public static String text(String what, Json answer, Paint paint) {
        return switch (what) {
            case "impact" -> impact(answer, paint);
            case "path" ->
                    Members.isTrue(answer, "found")
                            ? parts(answer, paint)
                            : "There is no path from "
                                    + Members.text(answer, "from")
                                    + " to "
                                    + Members.text(answer, "to")
                                    + ".\n";
            case "neighbors" -> parts(answer, paint);
            default -> totals(answer).text(paint) + "\n" + parts(answer, paint);
        };
    }

    private static Fields totals(Json answer) {
        Fields fields = new Fields().heading("Graph");
        for (String name : new String[] {"nodes", "dangling", "edges", "clusters", "zones"}) {
            fields.field(name, Members.cell(answer, "totals", name));
        }
        fields.field("crossing", Members.cell(answer, "totals", "edges_crossing"));
        fields.heading("Edges by health");
        for (String name : new String[] {"ok", "degraded", "down", "unknown"}) {
            fields.field(name, Members.cell(answer, "totals", "edges_by_health", name));
        }
        return fields;
    }

    private static String parts(Json answer, Paint paint) {
        String edges = edges(answer).text(paint);
        return nodes(answer).text(paint) + (edges.isEmpty() ? "" : "\n" + edges);
    }

    private static Table nodes(Json answer) {
        Table table =
                new Table(
                        Column.text("ID"),
                        Column.number("HOPS"),
                        Column.text("REGION"),
                        Column.text("ZONE"),
                        Column.text("TRUST DOMAIN"),
                        Column.text("STATE"),
                        Column.text("HEALTH"));
        for (Json node : Members.list(answer, "nodes")) {
            table.row(
                    Members.cell(node, "id"),
                    Members.cell(node, "hops"),
                    Members.cell(node, "region"),
                    Members.cell(node, "zone"),
                    Members.cell(node, "trust_domain"),
                    Words.word(node, "connectivity"),
                    Words.word(node, "health"));
        }
        return table;
    }

    private static Table edges(Json answer) {
        Table table =
                new Table(
                        Column.text("FROM"),
                        Column.text("TO"),
                        Column.text("TYPE"),
                        Column.text("HEALTH"),
                        Column.text("REPORTED"),
                        Column.text("CROSSES TO"));
        for (Json edge : Members.list(answer, "edges")) {
            table.row(
                    Members.cell(edge, "from"),
                    Members.cell(edge, "to"),
                    Members.cell(edge, "type"),
                    Words.word(edge, "health"),
                    Words.word(edge, "reported_health"),
                    Members.cell(edge, "crosses", "to"));
        }
        return table;
    }

    private static String impact(Json answer, Paint paint) {
        Fields fields =
                new Fields()
                        .heading("When " + Members.text(answer, "of") + " fails")
                        .field("kind", Members.text(answer, "kind"))
                        .field("failing", Members.cell(answer, "failing", "nodes"))
                        .field("edges lost", Members.cell(answer, "edges_lost"))
                        .field("cut off", Members.cell(answer, "lost", "nodes"))
                        .field("in parts", Members.cell(answer, "parts_total"));
        String ids =
                Members.list(answer, "lost", "ids").stream()
                        .map(id -> "  " + Members.text(id) + "\n")
                        .collect(Collectors.joining());
        return fields.text(paint) + ids;
    }
}

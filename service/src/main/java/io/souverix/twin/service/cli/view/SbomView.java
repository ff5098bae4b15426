package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import java.util.List;

/// SBOM documents, what changes between them, and who runs what is in them.
public final class SbomView {
    private SbomView() {}

    /// A document that was put.
    public static String stored(Json stored, Paint paint) {
        return new Fields()
                .field("digest", Members.text(stored, "digest"))
                .field("stored", Members.isTrue(stored, "stored") ? "now" : "before")
                .field("recorded at", Members.text(stored, "recorded_at"))
                .field("components", Members.text(stored, "components"))
                .text(paint);
    }

    /// The components of a document.
    public static String document(Json document, Paint paint) {
        Table table =
                new Table(Column.text("NAME"), Column.text("VERSION"), Column.text("PACKAGE URL"));
        for (Json component : Members.list(document, "components")) {
            table.row(
                    Members.cell(component, "name"),
                    Members.cell(component, "version"),
                    Members.cell(component, "purl"));
        }
        return table.text(paint);
    }

    /// A row for each package that is added, removed or changed.
    public static String diff(Json diff, Paint paint) {
        Table table =
                new Table(
                        Column.text("CHANGE"),
                        Column.text("PACKAGE"),
                        Column.text("FROM"),
                        Column.text("TO"));
        for (Json each : Members.list(diff, "added")) {
            Cell version = Members.cell(each, "version");
            table.row(Cell.of("added"), Members.cell(each, "package"), Cell.of(""), version);
        }
        for (Json each : Members.list(diff, "removed")) {
            Cell version = Members.cell(each, "version");
            table.row(Cell.of("removed"), Members.cell(each, "package"), version, Cell.of(""));
        }
        for (Json each : Members.list(diff, "changed")) {
            table.row(
                    Cell.of("changed"),
                    Members.cell(each, "package"),
                    Members.cell(each, "from"),
                    Members.cell(each, "to"));
        }
        return table.text(paint);
    }

    /// A row for each node and component.
    public static String affected(Json affected, Paint paint) {
        Table table =
                new Table(
                        Column.text("NODE"),
                        Column.text("VERSION"),
                        Column.text("IN RANGE"),
                        Column.text("PATH"));
        rows(table, Members.list(affected, "nodes"), "yes");
        rows(table, Members.list(affected, "indeterminate"), "cannot be ordered");
        StringBuilder text = new StringBuilder(table.text(paint));
        text.append(Figures.counted(Members.number(affected, "total"), "node"));
        long unordered = Members.number(affected, "indeterminate_total");
        if (unordered > 0) {
            text.append(", and ")
                    .append(Figures.counted(unordered, "node"))
                    .append(" whose version cannot be ordered");
        }
        return text.append('\n').toString();
    }

    private static void rows(Table table, List<Json> rows, String inRange) {
        for (Json row : rows) {
            List<String> path =
                    Members.list(row, "path").stream().map(each -> Members.text(each)).toList();
            table.row(
                    Members.cell(row, "node_id"),
                    Members.cell(row, "version"),
                    Cell.of(inRange),
                    Cell.of(
                            path.isEmpty()
                                    ? Members.text(row, "component")
                                    : String.join(" > ", path)));
        }
    }
}

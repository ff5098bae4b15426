package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;

/// A page of findings: a row each, or one for those that say the same.
public final class FindingsView {
    private FindingsView() {}

    public static String each(Json page, Paint paint) {
        Table table =
                new Table(
                        Column.text("NODE"),
                        Column.text("DIMENSION"),
                        Column.text("PATH"),
                        Column.text("KIND"),
                        Column.text("SEVERITY"),
                        Column.text("DESIRED"),
                        Column.text("ACTUAL"),
                        Column.text("SINCE"));
        for (Json finding : Members.list(page, "findings")) {
            table.row(
                    Members.cell(finding, "node_id"),
                    Members.cell(finding, "dimension"),
                    Members.cell(finding, "path"),
                    Members.cell(finding, "kind"),
                    Words.word(finding, "severity"),
                    Words.value(finding, "desired"),
                    Words.value(finding, "actual"),
                    Members.cell(finding, "since"));
        }
        return table.text(paint);
    }

    public static String grouped(Json page, Paint paint) {
        Table table =
                new Table(
                        Column.number("NODES"),
                        Column.text("DIMENSION"),
                        Column.text("PATH"),
                        Column.text("KIND"),
                        Column.text("SEVERITY"),
                        Column.text("DESIRED"),
                        Column.text("ACTUAL"),
                        Column.text("SINCE"),
                        Column.text("SUCH AS"));
        for (Json finding : Members.list(page, "findings")) {
            table.row(
                    Members.cell(finding, "nodes"),
                    Members.cell(finding, "dimension"),
                    Members.cell(finding, "path"),
                    Members.cell(finding, "kind"),
                    Words.word(finding, "severity"),
                    Words.value(finding, "desired"),
                    Words.value(finding, "actual"),
                    Members.cell(finding, "since"),
                    Members.cell(finding, "node_ids"));
        }
        return table.text(paint);
    }
}

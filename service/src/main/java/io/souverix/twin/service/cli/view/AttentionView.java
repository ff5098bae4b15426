package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;

/// The inbox: a row for each item, the worst first.
public final class AttentionView {
    private AttentionView() {}

    public static String list(Json inbox, Paint paint) {
        Table table =
                new Table(
                        Column.text("ID"),
                        Column.text("SEVERITY"),
                        Column.text("RULE"),
                        Column.text("SINCE"),
                        Column.number("NODES"),
                        Column.text("STATE"),
                        Column.text("ASSIGNEE"),
                        Column.text("TITLE"));
        for (Json item : Members.list(inbox, "items")) {
            table.row(
                    Members.cell(item, "id"),
                    Words.word(item, "severity"),
                    Members.cell(item, "rule"),
                    Members.cell(item, "since"),
                    Members.cell(item, "nodes"),
                    Members.cell(item, "handling", "state"),
                    Members.cell(item, "handling", "assignee"),
                    Members.cell(item, "title"));
        }
        return table.text(paint);
    }

    /// How operators stand to one item.
    public static String handling(Json answer, Paint paint) {
        Json handling = Members.at(answer, "handling");
        return new Fields()
                .field("item", new Cell(Members.text(answer, "id"), Tone.STRONG))
                .field("state", Members.text(handling, "state"))
                .field("assignee", Members.text(handling, "assignee"))
                .field("until", Members.text(handling, "until"))
                .field("by", Members.text(handling, "by"))
                .field("note", Members.text(handling, "note"))
                .text(paint);
    }
}

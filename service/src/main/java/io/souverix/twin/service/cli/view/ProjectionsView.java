package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;

/// How the projections stand: a row each.
public final class ProjectionsView {
    private ProjectionsView() {}

    public static String text(Json answer, Paint paint) {
        Table table =
                new Table(
                        Column.text("NAME"),
                        Column.text("STATE"),
                        Column.number("LAG"),
                        Column.text("POSITION"),
                        Column.text("DIGEST"));
        for (Json projection : Members.list(answer, "projections")) {
            table.row(
                    Members.cell(projection, "name"),
                    Words.word(projection, "state"),
                    Members.cell(projection, "lag"),
                    Members.cell(projection, "position"),
                    Members.cell(projection, "digest"));
        }
        return table.text(paint);
    }
}

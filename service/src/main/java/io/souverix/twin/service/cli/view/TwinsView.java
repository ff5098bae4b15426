package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A page of twins: a row each.
public final class TwinsView {
    private TwinsView() {}

    public static String text(Json page, Paint paint) {
        Table table =
                new Table(
                        Column.text("ID"),
                        Column.text("REGION"),
                        Column.text("ZONE"),
                        Column.text("STATE"),
                        Column.number("SYNC DEBT"),
                        Column.text("PHASE"),
                        Column.text("VERSION"),
                        Column.text("DRIFT"),
                        Column.number("SCORE"),
                        Column.text("SEVERITY"),
                        Column.text("INTEGRITY"));
        for (Json twin : Members.list(page, "twins")) {
            table.row(
                    Members.cell(twin, "identity", "immutable_id"),
                    Members.cell(twin, "identity", "region"),
                    Members.cell(twin, "identity", "zone"),
                    Words.word(twin, "connectivity", "state"),
                    Members.cell(twin, "connectivity", "sync_debt"),
                    Words.word(twin, "lifecycle", "phase"),
                    Members.cell(twin, "lifecycle", "software", "actual_version"),
                    Words.word(twin, "drift", "status"),
                    Words.value(twin, "drift", "score"),
                    Words.word(twin, "drift", "severity"),
                    Words.word(twin, "trust", "integrity_state"));
        }
        return table.text(paint);
    }

    /// A page of parts of twins: the id, and a column a path.
    public static String text(Json page, List<String> paths, Paint paint) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("ID")));
        paths.forEach(path -> columns.add(Column.text(path.toUpperCase(Locale.ROOT))));
        Table table = new Table(columns);
        for (Json twin : Members.list(page, "twins")) {
            List<Cell> cells = new ArrayList<>();
            cells.add(Members.cell(twin, "identity", "immutable_id"));
            paths.forEach(path -> cells.add(Words.value(twin, path.split("\\.", -1))));
            table.row(cells);
        }
        return table.text(paint);
    }
}

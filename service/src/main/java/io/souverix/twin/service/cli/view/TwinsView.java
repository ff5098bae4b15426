package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;

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
}

package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;

/// A connectivity ledger: a row for each entry, oldest first.
public final class LedgerView {
    private LedgerView() {}

    public static String text(Json ledger, Paint paint) {
        Table table =
                new Table(
                        Column.text("TIMESTAMP"),
                        Column.text("STATE"),
                        Column.number("FOR"),
                        Column.text("REASON"),
                        Column.number("LATENCY MS"),
                        Column.number("BACKLOG"),
                        Column.text("REGULAR"),
                        Column.text("EVENT"));
        for (Json entry : Members.list(ledger, "history")) {
            boolean irregular = Members.at(entry, "regular") == JsonLiteral.FALSE;
            table.row(
                    Members.cell(entry, "timestamp"),
                    Words.word(entry, "state"),
                    Words.seconds(entry, "duration_seconds"),
                    Members.cell(entry, "reason"),
                    Members.cell(entry, "latency_ms"),
                    Members.cell(entry, "backlog"),
                    irregular ? new Cell("no", Tone.BAD) : Cell.of("yes"),
                    Members.cell(entry, "event_id"));
        }
        return table.text(paint);
    }
}

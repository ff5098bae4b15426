package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;

/// Part of a history: a row for each event.
public final class EventsView {
    /// How much of a payload is shown.
    private static final int PAYLOAD_WIDTH = 80;

    private EventsView() {}

    public static String text(Json page, Paint paint) {
        Table table =
                new Table(
                        Column.text("TIMESTAMP"),
                        Column.text("TYPE"),
                        Column.text("ID"),
                        Column.text("SOURCE"),
                        Column.text("PAYLOAD"));
        for (Json event : Members.list(page, "events")) {
            boolean annulled = Members.isTrue(event, "annulled");
            String type = Members.text(event, "event_type");
            table.row(
                    Members.cell(event, "timestamp"),
                    annulled ? new Cell(type + " (annulled)", Tone.FAINT) : Cell.of(type),
                    Members.cell(event, "id"),
                    Members.cell(event, "source"),
                    Cell.of(shortened(JsonWriter.text(Members.at(event, "payload")))));
        }
        return table.text(paint);
    }

    private static String shortened(String text) {
        return text.length() <= PAYLOAD_WIDTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PAYLOAD_WIDTH - 1)) + "…";
    }
}

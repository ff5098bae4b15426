package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;
import java.util.ArrayList;
import java.util.List;

/// What explains a twin: why a value is what it is, what changed, the lanes of its states.
public final class StoryView {
    private StoryView() {}

    /// The value, then a row for each event that set it, newest first.
    public static String why(Json why, Paint paint) {
        Fields fields =
                new Fields()
                        .field("node", new Cell(Members.text(why, "node_id"), Tone.STRONG))
                        .field("path", Members.text(why, "path"))
                        .field("value", Words.value(why, "value"));
        if (Members.isTrue(why, "by_time")) {
            fields.field("changed by", "time alone, since the newest event below");
        }
        Table table =
                new Table(
                        Column.text("TIMESTAMP"),
                        Column.text("EVENT"),
                        Column.text("TYPE"),
                        Column.text("SOURCE"),
                        Column.text("VALUE"),
                        Column.text("REPLACED"));
        List<Json> settings = new ArrayList<>();
        if (Members.at(why, "set_by") instanceof JsonObject newest) {
            settings.add(newest);
        }
        settings.addAll(Members.list(why, "replaced"));
        for (Json setting : settings) {
            table.row(
                    Members.cell(setting, "timestamp"),
                    Members.cell(setting, "event_id"),
                    Members.cell(setting, "event_type"),
                    Members.cell(setting, "source"),
                    Words.value(setting, "value"),
                    Words.value(setting, "replaced"));
        }
        return fields.text(paint) + "\n" + table.text(paint);
    }

    /// A row for each change.
    public static String diff(Json diff, Paint paint) {
        Table table = new Table(Column.text("CHANGE"), Column.text("PATH"), Column.text("VALUE"));
        for (Json change : Members.list(diff, "patch")) {
            table.row(
                    Members.cell(change, "op"),
                    Members.cell(change, "path"),
                    Words.value(change, "value"));
        }
        return table.text(paint);
    }

    /// A row for each stretch, lane by lane.
    public static String timeline(Json timeline, Paint paint) {
        Table table =
                new Table(
                        Column.text("LANE"),
                        Column.text("FROM"),
                        Column.text("TO"),
                        Column.text("STATE"),
                        Column.text("DETAIL"),
                        Column.text("EVENT"));
        if (Members.at(timeline, "lanes") instanceof JsonObject lanes) {
            lanes.forEach((lane, stretches) -> {
                for (Json stretch : Members.list(stretches)) {
                    table.row(
                            Cell.of(lane),
                            Members.cell(stretch, "from"),
                            Members.cell(stretch, "to"),
                            Words.word(stretch, "state"),
                            detail(stretch),
                            Members.cell(stretch, "event_id"));
                }
            });
        }
        return table.text(paint);
    }

    private static Cell detail(Json stretch) {
        return Members.isNull(stretch, "severity")
                ? Members.cell(stretch, "target_version")
                : Words.word(stretch, "severity");
    }
}

package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;

/// Rollouts: a row for each, and one for each of its waves where they are wanted.
public final class RolloutsView {
    private RolloutsView() {}

    public static String text(Json answer, boolean waves, Paint paint) {
        Table table =
                new Table(
                        Column.text("CAMPAIGN"),
                        Column.text("TARGET"),
                        Column.text("WAVE"),
                        Column.number("NODES"),
                        Column.number("IN PROGRESS"),
                        Column.number("OVERDUE"),
                        Column.number("COMPLETED"),
                        Column.number("FAILED"),
                        Column.number("PENDING"));
        for (Json rollout : Members.list(answer, "rollouts")) {
            row(table, rollout, rollout, "all", Members.cell(rollout, "pending"));
            if (waves) {
                for (Json wave : Members.list(rollout, "waves")) {
                    row(table, rollout, wave, Members.text(wave, "wave"), Cell.of(""));
                }
            }
        }
        return table.text(paint);
    }

    private static void row(Table table, Json rollout, Json counts, String wave, Cell pending) {
        table.row(
                Members.cell(rollout, "campaign"),
                Members.cell(rollout, "target_version"),
                Cell.of(wave),
                Members.cell(counts, "nodes"),
                Members.cell(counts, "in_progress"),
                Members.cell(counts, "overdue"),
                Members.cell(counts, "completed"),
                Members.cell(counts, "failed"),
                pending);
    }
}

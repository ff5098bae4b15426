package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;
import java.util.List;

/// A drift analysis: how the node stands, then a row for each finding.
public final class DriftView {
    private DriftView() {}

    public static String text(Json drift, Paint paint) {
        StringBuilder text = new StringBuilder(summary(drift).text(paint));
        List<Json> findings = Members.list(drift, "findings");
        if (!findings.isEmpty()) {
            text.append('\n').append(findings(findings).text(paint));
        }
        long unlisted = Members.number(drift, "findings_total") - findings.size();
        if (unlisted > 0) {
            text.append("and ").append(Figures.counted(unlisted, "violation")).append(" more\n");
        }
        return text.toString();
    }

    private static Fields summary(Json drift) {
        return new Fields()
                .field("node", new Cell(Members.text(drift, "node_id"), Tone.STRONG))
                .field("status", Words.word(drift, "status"))
                .field("score", Words.value(drift, "score"))
                .field("severity", Words.word(drift, "severity"))
                .field("impact", Members.text(drift, "version_drift", "impact"))
                .field("compliance", Words.value(drift, "policy_drift", "compliance_score"))
                .field("config stale by", Members.text(drift, "config_drift", "stale_by"))
                .field("policy stale by", Members.text(drift, "policy_drift", "stale_by"))
                .field("findings", Members.text(drift, "findings_total"))
                .field("as of", Members.text(drift, "meta", "at"));
    }

    private static Table findings(List<Json> findings) {
        Table table =
                new Table(
                        Column.text("DIMENSION"),
                        Column.text("PATH"),
                        Column.text("KIND"),
                        Column.text("SEVERITY"),
                        Column.text("DESIRED"),
                        Column.text("ACTUAL"),
                        Column.text("SINCE"),
                        Column.text("EVENTS"));
        for (Json finding : findings) {
            table.row(
                    Members.cell(finding, "dimension"),
                    Members.cell(finding, "path"),
                    Members.cell(finding, "kind"),
                    Words.word(finding, "severity"),
                    Words.value(finding, "desired"),
                    Words.value(finding, "actual"),
                    Members.cell(finding, "since"),
                    Members.cell(finding, "event_ids"));
        }
        return table;
    }
}

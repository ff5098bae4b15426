package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;
import java.util.List;

/// A trust index: how the node stands, a row for each part, its certificates and its SBOMs.
public final class TrustView {
    private static final List<String> PARTS =
            List.of("certificate_chain", "attestation", "provenance", "sbom");

    private TrustView() {}

    public static String text(Json trust, Paint paint) {
        StringBuilder text = new StringBuilder(summary(trust).text(paint));
        text.append('\n').append(parts(trust).text(paint));
        List<Json> chain = Members.list(trust, "certificate_chain");
        if (!chain.isEmpty()) {
            text.append('\n').append(chain(chain).text(paint));
        }
        List<Json> lineage = Members.list(trust, "sbom_lineage");
        if (!lineage.isEmpty()) {
            text.append('\n').append(lineage(lineage).text(paint));
        }
        return text.toString();
    }

    /// The certificates of all nodes, a row each.
    public static String certificates(Json list, Paint paint) {
        Table table =
                new Table(
                        Column.text("NODE"),
                        Column.text("VALID UNTIL"),
                        Column.text("EXPIRED"),
                        Column.text("INTEGRITY"),
                        Column.text("ISSUER"),
                        Column.text("SUBJECT"));
        for (Json one : Members.list(list, "certificates")) {
            table.row(
                    new Cell(Members.text(one, "node_id"), Tone.STRONG),
                    Members.cell(one, "valid_until"),
                    Members.cell(one, "expired"),
                    Words.word(one, "integrity_state"),
                    Members.cell(one, "issuer"),
                    Members.cell(one, "subject"));
        }
        return table.text(paint)
                + "\n"
                + new Fields()
                        .field("certificates", Members.text(list, "total"))
                        .field("expired", Members.text(list, "expired"))
                        .field("as of", Members.text(list, "at"))
                        .text(paint);
    }

    private static Fields summary(Json trust) {
        return new Fields()
                .field("node", new Cell(Members.text(trust, "node_id"), Tone.STRONG))
                .field("integrity", Words.word(trust, "integrity_state"))
                .field("score", Words.value(trust, "trust_score"))
                .field("as of", Members.text(trust, "meta", "at"));
    }

    private static Table parts(Json trust) {
        Table table =
                new Table(
                        Column.text("PART"),
                        Column.text("VERDICT"),
                        Column.number("SCORE"),
                        Column.number("WEIGHT"),
                        Column.text("REASON"));
        for (String part : PARTS) {
            table.row(
                    Cell.of(part),
                    Words.word(trust, "parts", part, "verdict"),
                    Members.cell(trust, "parts", part, "score"),
                    Members.cell(trust, "parts", part, "weight"),
                    Members.cell(trust, "parts", part, "reason"));
        }
        return table;
    }

    private static Table chain(List<Json> chain) {
        Table table =
                new Table(
                        Column.text("SUBJECT"),
                        Column.text("ISSUER"),
                        Column.text("VALID FROM"),
                        Column.text("VALID UNTIL"));
        for (Json certificate : chain) {
            table.row(
                    Members.cell(certificate, "subject"),
                    Members.cell(certificate, "issuer"),
                    Members.cell(certificate, "valid_from"),
                    Members.cell(certificate, "valid_until"));
        }
        return table;
    }

    private static Table lineage(List<Json> lineage) {
        Table table =
                new Table(
                        Column.text("COMPONENT"),
                        Column.text("VERSION"),
                        Column.text("SBOM"),
                        Column.text("SINCE"),
                        Column.text("STORED"),
                        Column.text("RUNNING"),
                        Column.number("ADDED"),
                        Column.number("REMOVED"),
                        Column.number("CHANGED"));
        for (Json step : lineage) {
            table.row(
                    Members.cell(step, "component"),
                    Members.cell(step, "version"),
                    Members.cell(step, "sbom_hash"),
                    Members.cell(step, "timestamp"),
                    Members.cell(step, "stored"),
                    Members.cell(step, "running"),
                    Members.cell(step, "changes", "added_total"),
                    Members.cell(step, "changes", "removed_total"),
                    Members.cell(step, "changes", "changed_total"));
        }
        return table;
    }
}

package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;

/// Domains: a row for each, or one with the history of its claims.
public final class DomainsView {
    private DomainsView() {}

    public static String list(Json answer, Paint paint) {
        Table table =
                new Table(
                        Column.text("DOMAIN"),
                        Column.text("KIND"),
                        Column.text("PARENT"),
                        Column.text("LEVEL"),
                        Column.text("MASTER"),
                        Column.number("EPOCH"),
                        Column.text("GOVERNED BY"),
                        Column.text("UPSTREAM"),
                        Column.number("SYNC DEBT"));
        for (Json domain : Members.list(answer, "domains")) {
            table.row(
                    Members.cell(domain, "id"),
                    Members.cell(domain, "kind"),
                    Members.cell(domain, "parent"),
                    Members.cell(domain, "authority", "level"),
                    master(domain),
                    Members.cell(domain, "epoch"),
                    Members.cell(domain, "governed_by"),
                    Members.cell(domain, "federation", "upstream"),
                    Members.cell(domain, "sync_debt"));
        }
        return table.text(paint);
    }

    private static Cell master(Json domain) {
        return Members.isTrue(domain, "authority", "conflict")
                ? new Cell("conflict: " + Members.text(domain, "authority", "claimants"), Tone.BAD)
                : Members.cell(domain, "authority", "master");
    }

    public static String one(Json domain, Paint paint) {
        Fields fields =
                new Fields()
                        .field("domain", new Cell(Members.text(domain, "id"), Tone.STRONG))
                        .field("kind", Members.text(domain, "kind"))
                        .field("name", Members.text(domain, "name"))
                        .field("parent", Members.text(domain, "parent"))
                        .field("children", Members.text(domain, "children"))
                        .field("level", Members.text(domain, "authority", "level"))
                        .field("master", master(domain))
                        .field("epoch", Members.text(domain, "epoch"))
                        .field("governed by", Members.text(domain, "governed_by"))
                        .field("upstream", Members.text(domain, "federation", "upstream"))
                        .field("last sync", Members.text(domain, "last_sync"))
                        .field("sync debt", Members.text(domain, "sync_debt"))
                        .field("nodes", Members.text(domain, "nodes"));
        Table table =
                new Table(
                        Column.text("TIMESTAMP"),
                        Column.number("EPOCH"),
                        Column.text("ACTION"),
                        Column.text("MASTER"),
                        Column.text("LEVEL"),
                        Column.text("EVENT"));
        for (Json claim : Members.list(domain, "claims")) {
            table.row(
                    Members.cell(claim, "timestamp"),
                    Members.cell(claim, "epoch"),
                    Members.cell(claim, "action"),
                    Members.cell(claim, "master"),
                    Members.cell(claim, "level"),
                    Members.cell(claim, "event_id"));
        }
        return fields.text(paint) + "\n" + table.text(paint);
    }
}

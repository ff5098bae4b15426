package io.souverix.twin.engine;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.trust.RunningSbom;
import io.souverix.twin.engine.TrustQueries.NodePage;
import io.souverix.twin.engine.sbom.AffectedVersions;
import io.souverix.twin.engine.sbom.AffectedVersions.Match;
import io.souverix.twin.engine.sbom.VersionRange.Containment;
import io.souverix.twin.engine.shard.Shard;
import io.souverix.twin.engine.shard.TrustHistory;
import io.souverix.twin.engine.shard.TrustHistory.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which nodes run what has a package: the shards' partial answers, merged.
final class AffectedNodes {
    private final List<Shard> shards;
    private final AffectedVersions affected;
    private final NavigableMap<String, RunningSbom> page = new TreeMap<>();
    private long total;
    private long indeterminateTotal;

    AffectedNodes(List<Shard> shards, AffectedVersions affected) {
        this.shards = shards;
        this.affected = affected;
    }

    JsonObject.Builder answer(NodePage asked, JsonObject.Builder answer) {
        for (Shard shard : shards) {
            shard.queries()
                    .locked(() -> {
                        TrustHistory history = shard.queries().trustHistory();
                        counted(history, asked).forEach(some -> count(some.sbom(), some.nodes()));
                        return true;
                    });
        }
        boolean more = page.size() > asked.limit();
        while (page.size() > asked.limit()) {
            page.pollLastEntry();
        }
        List<Json> nodes = new ArrayList<>();
        List<Json> indeterminate = new ArrayList<>();
        page.forEach((id, sbom) -> {
            for (Match match : affected.matches(sbom)) {
                boolean inside = match.containment() == Containment.INSIDE;
                (inside ? nodes : indeterminate).add(row(id, sbom, match));
            }
        });
        answer.put("nodes", new JsonArray(nodes))
                .put("indeterminate", new JsonArray(indeterminate))
                .put("total", total)
                .put("indeterminate_total", indeterminateTotal);
        return more ? answer.put("next_cursor", asked.cursor(page.lastKey())) : answer;
    }

    private List<Counted> counted(TrustHistory history, NodePage asked) {
        // One more than is shown says whether there are more.
        int limit = asked.limit() + 1;
        return asked.present()
                ? history.present(affected, asked.decommissioned(), asked.after(), limit, page)
                : history.past(
                        affected, asked.decommissioned(), asked.asOf(), asked.after(), limit, page);
    }

    private void count(RunningSbom sbom, int nodes) {
        boolean inside = false;
        boolean indeterminate = false;
        for (Match match : affected.matches(sbom)) {
            inside |= match.containment() == Containment.INSIDE;
            indeterminate |= match.containment() == Containment.INDETERMINATE;
        }
        total += inside ? nodes : 0;
        indeterminateTotal += indeterminate ? nodes : 0;
    }

    private Json row(String nodeId, RunningSbom sbom, Match match) {
        List<String> path = match.path();
        return new JsonObject.Builder()
                .put("node_id", nodeId)
                .put("sbom_hash", sbom.hash())
                .put("document", affected.isStored(sbom) ? sbom.hash() : null)
                .put("component", match.shown())
                .put("version", match.version())
                .put("matched_by", match.byName() ? "name" : "purl")
                .put("path", path == null ? JsonLiteral.NULL : Json.strings(path))
                .build();
    }
}

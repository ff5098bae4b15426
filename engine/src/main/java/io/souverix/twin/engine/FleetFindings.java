package io.souverix.twin.engine;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Filter;
import io.souverix.twin.core.query.Operator;
import io.souverix.twin.engine.TwinEngine.FindingsPage;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.query.Digest;
import io.souverix.twin.engine.query.FindingsQuery;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// The findings of the fleet, page by page: each for itself, or identical ones together.
final class FleetFindings {
    private static final Filter.Comparison HAS_FINDINGS =
            new Filter.Comparison("drift.findings", Operator.GREATER, List.of("0"));
    private static final String SEPARATOR = " ";

    private final FleetSearch search;
    private final LongFunction<String> eventIds;

    /// @param eventIds the id of the event at an address
    FleetFindings(FleetSearch search, LongFunction<String> eventIds) {
        this.search = search;
        this.eventIds = eventIds;
    }

    /// Names the list that a page is of.
    static String list(FindingsQuery query) {
        return Digest.of(
                "findings",
                query.filter().text(),
                query.identical() ? "identical" : "",
                query.decommissioned() ? "decommissioned" : "");
    }

    FindingsPage page(FindingsQuery query, AsOf pinned, @Nullable PageCursor after) {
        CompiledFilter all =
                query.decommissioned() ? query.filter() : query.filter().withoutDecommissioned();
        CompiledFilter filter = all.and(HAS_FINDINGS);
        return query.identical()
                ? identical(query, filter, pinned, after)
                : each(query, filter, pinned, after);
    }

    /// The key of a cursor is how many rows came before.
    private FindingsPage identical(
            FindingsQuery query, CompiledFilter filter, AsOf pinned, @Nullable PageCursor after) {
        int from = after == null ? 0 : Integer.parseInt(after.after());
        int to = from + query.limit();
        IdenticalFindings findings = new IdenticalFindings();
        search.gathered(filter, pinned, IdenticalFindings::new, IdenticalFindings::add)
                .forEach(findings::addAll);
        String next =
                findings.size() <= to
                        ? null
                        : new PageCursor(list(query), pinned, Integer.toString(to)).token();
        return new FindingsPage(findings.rows(from, to), pinned, next);
    }

    /// The key of a cursor is how many findings were given of the node that is next, and the id of the
    /// node before it.
    private FindingsPage each(
            FindingsQuery query, CompiledFilter filter, AsOf pinned, @Nullable PageCursor after) {
        String[] key = after == null ? new String[] {"0", ""} : after.after().split(SEPARATOR, 2);
        int skipped = Integer.parseInt(key[0]);
        String before = key.length < 2 || key[1].isEmpty() ? null : key[1];
        List<JsonObject> page = new ArrayList<>();
        for (Seen seen : search.byId(filter, pinned, before, query.limit() + 1)) {
            List<Json> findings = findings(seen);
            for (int i = skipped; i < findings.size(); i++) {
                if (page.size() == query.limit()) {
                    String next = i + SEPARATOR + (before == null ? "" : before);
                    return new FindingsPage(
                            page, pinned, new PageCursor(list(query), pinned, next).token());
                }
                page.add(withNode(seen.view().twin().id(), (JsonObject) findings.get(i)));
            }
            skipped = 0;
            before = seen.view().twin().id();
        }
        return new FindingsPage(page, pinned, null);
    }

    private List<Json> findings(Seen seen) {
        Json findings = seen.view().driftJson(eventIds).member("findings");
        return findings instanceof JsonArray(List<Json> elements) ? elements : List.of();
    }

    private static JsonObject withNode(String id, JsonObject finding) {
        JsonObject.Builder row = new JsonObject.Builder().put("node_id", id);
        finding.forEach(row::put);
        return row.build();
    }
}

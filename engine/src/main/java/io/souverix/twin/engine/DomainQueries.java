package io.souverix.twin.engine;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.AuthorityClaimed;
import io.souverix.twin.core.event.Payload.AuthorityReleased;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.DomainJson;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Listed;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Questions about domains: the tree, who governs what, federation. Thread-safe.
public final class DomainQueries {
    /// How many claims and releases of a domain are listed.
    public static final int MAX_CLAIMS = 1_000;

    private static final String LIST = "domains";

    private final TwinEngine engine;
    private final FleetSubjects fleet;
    private final FleetQueries nodes;

    DomainQueries(TwinEngine engine, FleetSubjects fleet, FleetQueries nodes) {
        this.engine = engine;
        this.fleet = fleet;
        this.nodes = nodes;
    }

    /// All domains as of a question.
    Catalogue all(AsOf asOf) {
        return fleet.domains(asOf);
    }

    /// A page of domains in the order of their ids, with the conflicts of all of them.
    ///
    /// @param cursor of the page before, or null for the first
    /// @throws IllegalArgumentException where the cursor is none of this list
    public JsonObject list(AsOf asOf, @Nullable String cursor, int limit) {
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, LIST);
        AsOf pinned = engine.question(after, asOf);
        String afterId = after == null ? null : after.after();
        Catalogue all = fleet.domains(pinned);
        List<Domain> sorted = new ArrayList<>(all.domains());
        sorted.sort(Comparator.comparing(Domain::id));
        List<String> conflicts =
                sorted.stream().filter(d -> d.claims().size() > 1).map(Domain::id).toList();
        List<Domain> following =
                sorted.stream()
                        .filter(domain -> afterId == null || domain.id().compareTo(afterId) > 0)
                        .toList();
        DomainJson json = new DomainJson(all, pinned.nowMicros());
        List<Json> page =
                following.stream().limit(limit).map(d -> (Json) json.of(d).build()).toList();
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("domains", new JsonArray(page))
                        .put("conflicts", Json.strings(conflicts));
        if (following.size() > limit) {
            String last = following.get(limit - 1).id();
            answer.put("next_cursor", new PageCursor(LIST, pinned, last).token());
        }
        answer.put("at", Times.text(pinned.nowMicros()));
        TwinQueries.putKnownAt(answer, pinned);
        return answer.put("position", new Position(pinned.before()).token()).build();
    }

    /// The domains as those who watch them are told: what is only counted from an instant is no change.
    Listed listed() {
        AsOf pinned = engine.pinned(AsOf.PRESENT);
        Catalogue all = fleet.domains(pinned);
        DomainJson json = new DomainJson(all, pinned.nowMicros());
        Map<String, Listed.Item> first = new LinkedHashMap<>();
        all.domains().stream()
                .sorted(Comparator.comparing(Domain::id))
                .limit(Listed.MAX_ITEMS)
                .forEach(domain -> {
                    JsonObject whole = json.of(domain).build();
                    JsonObject still =
                            whole.with("sync_debt", null).with("sync_debt_seconds", null);
                    first.put(domain.id(), new Listed.Item(still, () -> whole));
                });
        return new Listed(first, all.domains().size(), pinned.nowMicros());
    }

    /// One domain with its claims and the nodes it governs.
    public Answer domain(String id, AsOf asked) {
        AsOf asOf = engine.pinned(asked);
        long first = fleet.domainFirstMicros(id, asOf.before());
        if (first == Long.MAX_VALUE) {
            return new Answer.Unknown();
        }
        if (first > asOf.atMicros()) {
            return new Answer.NotYetKnown(first);
        }
        Catalogue all = fleet.domains(asOf);
        Domain domain = all.domain(id);
        List<Event> history = fleet.domainHistory(id, asOf);
        JsonObject.Builder body =
                new DomainJson(all, asOf.nowMicros())
                        .of(domain == null ? Domain.unknown(id) : domain)
                        .put("claims", new JsonArray(DomainJson.claims(history, MAX_CLAIMS)))
                        .put("claims_total", history.stream().filter(this::isClaim).count());
        governed(body, id, asked.countsAll() ? AsOf.PRESENT : asOf);
        JsonObject.Builder meta =
                new JsonObject.Builder()
                        .put("position", new Position(asOf.before()).token())
                        .put("at", Times.text(asOf.nowMicros()));
        TwinQueries.putKnownAt(meta, asOf);
        return new Answer.Found(body.build(), meta.build());
    }

    private boolean isClaim(Event event) {
        return event.payload() instanceof AuthorityClaimed
                || event.payload() instanceof AuthorityReleased;
    }

    /// How many nodes it governs, and under which epochs their desired values stand.
    private void governed(JsonObject.Builder body, String id, AsOf asOf) {
        TreeMap<Long, Long> byEpoch = new TreeMap<>();
        nodes.eachFace(
                asOf,
                (_, face) -> {
                    if (id.equals(face.facets().governor()) && !face.decommissioned()) {
                        byEpoch.merge(face.facets().desiredEpoch(), 1L, Long::sum);
                    }
                });
        List<Json> epochs = new ArrayList<>();
        long count = 0;
        for (Map.Entry<Long, Long> entry : byEpoch.entrySet()) {
            count += entry.getValue();
            if (entry.getKey() >= 0) {
                epochs.add(
                        new JsonObject.Builder()
                                .put("epoch", entry.getKey())
                                .put("nodes", entry.getValue())
                                .build());
            }
        }
        body.put("nodes", count).put("desired_epochs", new JsonArray(epochs));
    }
}

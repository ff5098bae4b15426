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
import io.souverix.twin.engine.commit.FleetSubjects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Questions about domains: the tree, who governs what, federation. Thread-safe.
public final class DomainQueries {
    /// How many claims and releases of a domain are listed.
    public static final int MAX_CLAIMS = 1_000;

    private final TwinEngine engine;
    private final FleetSubjects fleet;
    private final FleetQueries nodes;

    DomainQueries(TwinEngine engine, FleetSubjects fleet, FleetQueries nodes) {
        this.engine = engine;
        this.fleet = fleet;
        this.nodes = nodes;
    }

    private long now(long atMicros) {
        return atMicros == TwinEngine.NOW ? engine.nowMicros() : atMicros;
    }

    /// A page of domains in the order of their ids, with the conflicts of all of them.
    ///
    /// @param afterId the last of the page before, or null
    public JsonObject list(long atMicros, @Nullable String afterId, int limit) {
        long now = now(atMicros);
        String position = engine.position().token();
        Catalogue all = fleet.domainsAt(atMicros);
        List<Domain> sorted = new ArrayList<>(all.domains());
        sorted.sort(Comparator.comparing(Domain::id));
        List<String> conflicts =
                sorted.stream().filter(d -> d.claims().size() > 1).map(Domain::id).toList();
        List<Domain> following =
                sorted.stream()
                        .filter(domain -> afterId == null || domain.id().compareTo(afterId) > 0)
                        .toList();
        DomainJson json = new DomainJson(all, now);
        List<Json> page =
                following.stream().limit(limit).map(d -> (Json) json.of(d).build()).toList();
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("domains", new JsonArray(page))
                        .put("conflicts", Json.strings(conflicts));
        if (following.size() > limit) {
            answer.put("next_cursor", following.get(limit - 1).id());
        }
        return answer.put("at", Times.text(now)).put("position", position).build();
    }

    /// One domain with its claims and, for the present, the nodes it governs.
    public Answer domain(String id, long atMicros) {
        long first = fleet.domainFirstMicros(id);
        if (first == Long.MAX_VALUE) {
            return new Answer.Unknown();
        }
        if (first > atMicros) {
            return new Answer.NotYetKnown(first);
        }
        long now = now(atMicros);
        String position = engine.position().token();
        Catalogue all = fleet.domainsAt(atMicros);
        Domain domain = all.domain(id);
        List<Event> history = fleet.domainHistory(id, atMicros);
        JsonObject.Builder body =
                new DomainJson(all, now)
                        .of(domain == null ? Domain.unknown(id) : domain)
                        .put("claims", new JsonArray(DomainJson.claims(history, MAX_CLAIMS)))
                        .put("claims_total", history.stream().filter(this::isClaim).count());
        if (atMicros == TwinEngine.NOW) {
            governed(body, id);
        }
        JsonObject meta =
                new JsonObject.Builder()
                        .put("position", position)
                        .put("at", Times.text(now))
                        .build();
        return new Answer.Found(body.build(), meta);
    }

    private boolean isClaim(Event event) {
        return event.payload() instanceof AuthorityClaimed
                || event.payload() instanceof AuthorityReleased;
    }

    /// How many nodes it governs, and under which epochs their desired values stand.
    private void governed(JsonObject.Builder body, String id) {
        TreeMap<Long, Long> byEpoch = new TreeMap<>();
        nodes.eachFacets((_, facets) -> {
            if (id.equals(facets.governor())) {
                byEpoch.merge(facets.desiredEpoch(), 1L, Long::sum);
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

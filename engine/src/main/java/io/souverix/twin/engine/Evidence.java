package io.souverix.twin.engine;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Item;
import io.souverix.twin.core.attention.Sighting;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Renders items of attention with what they rest on: values of the first nodes, and the events that
/// told them.
final class Evidence {
    /// How many nodes of an item are named.
    static final int MAX_NAMED = 20;

    /// Of how many nodes evidence is given.
    static final int MAX_SHOWN = 3;

    /// How many claims are named for one domain.
    private static final int MAX_EVENTS = 5;

    private final FleetSubjects fleet;
    private final Function<String, Queries> queries;

    Evidence(FleetSubjects fleet, Function<String, Queries> queries) {
        this.fleet = fleet;
        this.queries = queries;
    }

    JsonObject json(Item item, AsOf asOf, JsonObject handling) {
        boolean ofNodes = subject(item.alert()).equals("node_id");
        List<Sighting> sightings = item.sightings();
        List<String> named = sightings.stream().limit(MAX_NAMED).map(Sighting::subject).toList();
        List<Json> shown =
                sightings.stream().limit(MAX_SHOWN).map(s -> (Json) shown(s, asOf)).toList();
        long since = item.sinceMicros();
        return new JsonObject.Builder()
                .put("id", item.id())
                .put("rule", item.alert().word())
                .put("severity", item.alert().severity().word())
                .put("title", item.title())
                .put("cause", item.cause())
                .put("since", since == Times.NONE ? JsonLiteral.NULL : Json.of(Times.text(since)))
                .put("nodes", ofNodes ? sightings.size() : 0)
                .put("node_ids", Json.strings(ofNodes ? named : List.of()))
                .put("evidence", new JsonArray(shown))
                .put("links", Json.strings(links(item)))
                .put("handling", handling)
                .build();
    }

    private JsonObject shown(Sighting sighting, AsOf asOf) {
        boolean ofDomain = sighting.alert() == Alert.AUTHORITY_CONFLICT;
        JsonObject.Builder json =
                new JsonObject.Builder().put(subject(sighting.alert()), sighting.subject());
        sighting.values().forEach(json::put);
        List<String> ids = ofDomain ? claims(sighting, asOf) : told(sighting, asOf);
        return json.put("event_ids", Json.strings(ids)).build();
    }

    /// What the subject of a sighting is.
    private static String subject(Alert alert) {
        return switch (alert) {
            case AUTHORITY_CONFLICT -> "domain_id";
            case CLOCK_OFF -> "clock";
            default -> "node_id";
        };
    }

    private List<String> claims(Sighting sighting, AsOf asOf) {
        return fleet.domainHistory(sighting.subject(), asOf).stream()
                .filter(event ->
                        event.typeName().equals(EventType.AUTHORITY_CLAIMED.word())
                                && Json.of(event.epoch()).equals(sighting.values().member("epoch")))
                .map(Event::id)
                .distinct()
                .limit(MAX_EVENTS)
                .toList();
    }

    /// The events that told it: those it names, else the last of the rule's types, at its instant
    /// where it has one: what else was told in that instant stands no more.
    private List<String> told(Sighting sighting, AsOf asOf) {
        Queries shard = queries.apply(sighting.subject());
        if (!sighting.references().isEmpty()) {
            return sighting.references().stream().map(shard.eventIds()::apply).distinct().toList();
        }
        Set<Integer> types =
                sighting.alert().told().stream()
                        .map(EventType::code)
                        .collect(Collectors.toCollection(HashSet::new));
        long told = sighting.toldMicros();
        boolean instant = told != Times.NONE;
        List<String> ids = new ArrayList<>();
        var _ =
                shard.history(
                        sighting.subject(),
                        instant ? told : Long.MIN_VALUE,
                        instant ? new AsOf(told, asOf.before()) : asOf,
                        types,
                        true,
                        (stored, standing) -> {
                            Event event = stored.event();
                            if (standing == Standing.COUNTS && tells(sighting, event)) {
                                ids.add(event.id());
                            }
                            return ids.isEmpty();
                        });
        return ids;
    }

    private static boolean tells(Sighting sighting, Event event) {
        return sighting.alert() != Alert.EPOCH_AHEAD
                || Json.of(event.epoch()).equals(sighting.values().member("epoch"));
    }

    private static List<String> links(Item item) {
        String part =
                switch (item.alert()) {
                    case CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRING, ATTESTATION_FAILED -> "/trust";
                    case DRIFT_CRITICAL, DRIFT_HIGH -> "/drift";
                    case IRREGULAR_TRANSITION, RETURN_OVERDUE, REPLAY_STALLED -> "/ledger";
                    case SILENT, EPOCH_AHEAD -> "/events";
                    case UPDATE_OVERDUE -> "/timeline";
                    case AUTHORITY_CONFLICT, CLOCK_OFF -> "";
                };
        String base = item.alert() == Alert.AUTHORITY_CONFLICT ? "/v1/domains/" : "/v1/twins/";
        return item.sightings().stream()
                .limit(MAX_SHOWN)
                .map(sighting -> base + linked(sighting) + part)
                .filter(link -> !link.equals(base))
                .toList();
    }

    /// The subject that a link leads to; nothing where it is none of a node.
    private static String linked(Sighting sighting) {
        if (sighting.alert() != Alert.CLOCK_OFF) {
            return sighting.subject();
        }
        return sighting.values().member("node_id") instanceof Json.JsonString(String id) ? id : "";
    }
}

package io.souverix.twin.engine;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Cause;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Renders items of attention with what they rest on: values of the first nodes, and the events that
/// told them.
final class Evidence {
    /// Of how many nodes evidence is given.
    static final int MAX_SHOWN = 3;

    /// How many claims are named for one domain.
    private static final int MAX_EVENTS = 5;

    private final FleetSubjects fleet;
    private final TwinQueries twins;

    Evidence(FleetSubjects fleet, TwinQueries twins) {
        this.fleet = fleet;
        this.twins = twins;
    }

    /// The first sightings of an item. What a node raised when it was passed it may raise no more as
    /// of the instant the inbox is of, and as it is now it may have gone on: then there are fewer.
    ///
    /// @param asOf pinned
    /// @param question what the nodes were asked: the same, or the present
    List<Sighting> shown(Item item, AsOf asOf, AsOf question, long highestEpoch) {
        if (!item.sightings().isEmpty()) {
            return item.sightings().stream().limit(MAX_SHOWN).toList();
        }
        List<Sighting> shown = new ArrayList<>();
        for (String id : item.subjects().stream().limit(MAX_SHOWN).toList()) {
            Sighting seen = sighting(id, item.cause(), asOf, highestEpoch);
            if (seen == null) {
                seen = sighting(id, item.cause(), question, highestEpoch);
            }
            if (seen != null) {
                shown.add(seen);
            }
        }
        return shown;
    }

    private @Nullable Sighting sighting(String id, Cause cause, AsOf asOf, long highestEpoch) {
        AtomicReference<@Nullable Sighting> seen = new AtomicReference<>();
        twins.view(id, asOf, view -> seen.set(view.sighting(cause, highestEpoch)));
        return seen.get();
    }

    /// @param shown as [#shown] gives it
    JsonObject json(Item item, List<Sighting> shown, AsOf asOf, JsonObject handling) {
        boolean ofNodes = subject(item.alert()).equals("node_id");
        List<Json> rested = shown.stream().map(s -> (Json) json(s, asOf)).toList();
        long since = item.sinceMicros();
        return new JsonObject.Builder()
                .put("id", item.id())
                .put("rule", item.alert().word())
                .put("severity", item.alert().severity().word())
                .put("title", item.title())
                .put("cause", item.cause().members())
                .put("since", since == Times.NONE ? JsonLiteral.NULL : Json.of(Times.text(since)))
                .put("nodes", ofNodes ? item.size() : 0)
                .put("node_ids", Json.strings(ofNodes ? item.subjects() : List.of()))
                .put("evidence", new JsonArray(rested))
                .put("links", Json.strings(links(item, shown)))
                .put("handling", handling)
                .build();
    }

    private JsonObject json(Sighting sighting, AsOf asOf) {
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
        Queries shard = twins.queries(sighting.subject());
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

    private static List<String> links(Item item, List<Sighting> shown) {
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
        Stream<String> linked =
                item.alert() == Alert.CLOCK_OFF
                        ? shown.stream().map(Evidence::nodeOf).filter(id -> !id.isEmpty())
                        : item.subjects().stream();
        return linked.limit(MAX_SHOWN).map(id -> base + id + part).toList();
    }

    /// The node that an event came from whose clock was off; empty where it came from none.
    private static String nodeOf(Sighting sighting) {
        return sighting.values().member("node_id") instanceof Json.JsonString(String id) ? id : "";
    }
}

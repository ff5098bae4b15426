package io.souverix.twin.engine;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Inbox;
import io.souverix.twin.core.attention.Item;
import io.souverix.twin.core.attention.Sighting;
import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.AuthorityClaimed;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.attention.Clocks;
import io.souverix.twin.engine.attention.Handling;
import io.souverix.twin.engine.attention.HandlingLog;
import io.souverix.twin.engine.changes.Listed;
import io.souverix.twin.engine.commit.FleetSubjects;
import io.souverix.twin.engine.past.AsOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The ranked inbox of what deserves attention, now or as of an instant, with how operators stand to
/// it now. Thread-safe.
public final class AttentionQueries {
    /// How long an inbox of the present is good enough, while nothing is recorded.
    static final long FRESH_MICROS = Times.MICROS_PER_SECOND;

    private final TwinEngine engine;
    private final FleetSubjects fleet;
    private final Clocks clocks;
    private final FleetQueries nodes;
    private final HandlingLog handlings;
    private final Evidence evidence;
    private volatile @Nullable Kept kept;

    /// The last inbox that was put together.
    ///
    /// @param past the question it answers; null for the present
    private record Kept(long position, long nowMicros, @Nullable AsOf past, List<Item> items) {
        boolean answers(@Nullable AsOf asked, AsOf pinned) {
            if (past != null) {
                return past.equals(asked);
            }
            long age = pinned.nowMicros() - nowMicros;
            return pinned.atMicros() == AsOf.ALL
                    && position == pinned.before()
                    && age >= 0
                    && age < FRESH_MICROS;
        }
    }

    /// Which items are wanted; null members want all, but snoozed ones are only shown where asked for.
    public record Filter(
            @Nullable Alert alert, @Nullable Severity severity, Handling.@Nullable State state) {
        private boolean wants(Item item, Handling handling, long now) {
            Handling.State standing = handling.state(now);
            return (alert == null || item.alert() == alert)
                    && (severity == null || item.alert().severity() == severity)
                    && (state == null ? standing != Handling.State.SNOOZED : standing == state);
        }

        private String key() {
            return alert + " " + severity + " " + state;
        }
    }

    AttentionQueries(
            TwinEngine engine,
            FleetSubjects fleet,
            Clocks clocks,
            FleetQueries nodes,
            HandlingLog handlings,
            Evidence evidence) {
        this.engine = engine;
        this.fleet = fleet;
        this.clocks = clocks;
        this.nodes = nodes;
        this.handlings = handlings;
        this.evidence = evidence;
    }

    /// A page of the inbox.
    ///
    /// @param cursor of the page before, or null for the first
    /// @throws IllegalArgumentException where the cursor is none of this list
    public JsonObject list(AsOf asOf, Filter filter, @Nullable String cursor, int limit) {
        String list = "attention " + filter.key();
        PageCursor after = cursor == null ? null : PageCursor.parse(cursor, list);
        AsOf pinned = engine.question(after, asOf);
        int offset = after == null ? 0 : Integer.parseInt(after.after());
        long moment = engine.nowMicros();
        boolean present = asOf.equals(AsOf.PRESENT) && after == null;
        List<Item> wanted =
                items(present ? null : pinned, pinned).stream()
                        .filter(item -> filter.wants(item, handlings.of(item.id()), moment))
                        .toList();
        int from = Math.min(offset, wanted.size());
        int to = from + Math.min(limit, wanted.size() - from);
        List<Json> page = new ArrayList<>();
        for (Item item : wanted.subList(from, to)) {
            page.add(evidence.json(item, pinned, handlings.of(item.id()).json(moment)));
        }
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("items", new JsonArray(page))
                        .put("total", wanted.size());
        if (to < wanted.size()) {
            answer.put("next_cursor", new PageCursor(list, pinned, Integer.toString(to)).token());
        }
        answer.put("at", Times.text(pinned.nowMicros()));
        TwinQueries.putKnownAt(answer, pinned);
        return answer.put("position", new Position(pinned.before()).token()).build();
    }

    /// The inbox as those who watch it are told: the snoozed too, each with how it is handled.
    Listed listed() {
        AsOf pinned = engine.pinned(AsOf.PRESENT);
        List<Item> all = items(null, pinned);
        Map<String, Listed.Item> first = new LinkedHashMap<>();
        for (Item item : all.subList(0, Math.min(all.size(), Listed.MAX_ITEMS))) {
            JsonObject handling = handlings.of(item.id()).json(pinned.nowMicros());
            first.put(
                    item.id(),
                    new Listed.Item(
                            List.of(item, handling), () -> evidence.json(item, pinned, handling)));
        }
        return new Listed(first, all.size(), pinned.nowMicros());
    }

    /// Does what an operator says about an item; empty where there is no such item now and nobody ever
    /// handled it.
    public Optional<JsonObject> handle(String id, Handling.Order order) {
        AsOf pinned = engine.pinned(AsOf.PRESENT);
        boolean known =
                !handlings.of(id).equals(Handling.NONE)
                        || items(null, pinned).stream().anyMatch(item -> item.id().equals(id));
        if (!known) {
            return Optional.empty();
        }
        long now = engine.nowMicros();
        Handling handling = handlings.apply(id, order, now);
        return Optional.of(
                new JsonObject.Builder().put("id", id).put("handling", handling.json(now)).build());
    }

    /// All items, ranked.
    ///
    /// @param past null for the present
    /// @param pinned the same, pinned
    private List<Item> items(@Nullable AsOf past, AsOf pinned) {
        Kept last = kept;
        if (last != null && last.answers(past, pinned)) {
            return last.items();
        }
        Catalogue domains = fleet.domains(past == null ? AsOf.PRESENT : past);
        List<Sighting> sightings = new ArrayList<>();
        if (past == null) {
            nodes.sightings(pinned.nowMicros(), domains.highestEpoch(), sightings);
        } else {
            nodes.sightings(past, domains.highestEpoch(), sightings);
        }
        conflicts(domains, pinned, sightings);
        clocks.sightings(pinned.atMicros(), pinned.before(), pinned.nowMicros(), sightings);
        List<Item> items = Inbox.of(sightings);
        kept = new Kept(pinned.before(), pinned.nowMicros(), past, items);
        return items;
    }

    private void conflicts(Catalogue domains, AsOf asOf, List<Sighting> out) {
        for (Domain domain : domains.domains()) {
            if (domain.claims().size() > 1) {
                out.add(conflict(domain, asOf));
            }
        }
    }

    private Sighting conflict(Domain domain, AsOf asOf) {
        long since = Times.NONE;
        for (Event event : fleet.domainHistory(domain.id(), asOf)) {
            boolean claims = event.payload() instanceof AuthorityClaimed;
            since = claims && event.epoch() == domain.epoch() ? event.timestampMicros() : since;
        }
        List<String> claimants = domain.claims().keySet().stream().sorted().toList();
        JsonObject cause =
                new JsonObject.Builder()
                        .put("domain", domain.id())
                        .put("epoch", domain.epoch())
                        .build();
        JsonObject values =
                new JsonObject.Builder()
                        .put("epoch", domain.epoch())
                        .put("claimants", Json.strings(claimants))
                        .build();
        return new Sighting(
                Alert.AUTHORITY_CONFLICT,
                domain.id(),
                since,
                Times.NONE,
                since,
                cause,
                values,
                List.of());
    }
}

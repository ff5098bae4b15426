package io.souverix.twin.engine;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Inbox;
import io.souverix.twin.core.attention.Item;
import io.souverix.twin.core.attention.Raised;
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
import java.util.concurrent.ConcurrentHashMap;
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

    /// Of the present, as it was told last.
    private volatile @Nullable Told toldNow;

    /// Of any other question, as it was told last.
    private volatile @Nullable Told toldThen;

    /// An inbox that was put together.
    ///
    /// @param asOf pinned
    /// @param question what the nodes were asked: the same, or the present
    /// @param clocks what the clocks raised
    /// @param shown the sightings that items are shown with, by the ids of items that were shown
    private record Told(
            AsOf asOf,
            AsOf question,
            long highestEpoch,
            List<Sighting> clocks,
            List<Item> items,
            Map<String, List<Sighting>> shown) {
        Told at(AsOf other) {
            return new Told(other, question, highestEpoch, clocks, items, shown);
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
        AsOf asked = engine.question(after, asOf);
        int offset = after == null ? 0 : Integer.parseInt(after.after());
        long moment = engine.nowMicros();
        boolean present = asOf.equals(AsOf.PRESENT) && after == null;
        Told inbox = present ? present(asked) : asOf(asked);
        AsOf pinned = inbox.asOf;
        List<Item> wanted =
                inbox.items.stream()
                        .filter(item -> filter.wants(item, handlings.of(item.id()), moment))
                        .toList();
        int from = Math.min(offset, wanted.size());
        int to = from + Math.min(limit, wanted.size() - from);
        List<Json> page = new ArrayList<>();
        for (Item item : wanted.subList(from, to)) {
            JsonObject handling = handlings.of(item.id()).json(moment);
            page.add(evidence.json(item, shown(inbox, item), pinned, handling));
        }
        JsonObject.Builder answer =
                new JsonObject.Builder()
                        .put("items", new JsonArray(page))
                        .put("total", wanted.size());
        if (to < wanted.size()) {
            // The pages that follow are of the same.
            toldThen = inbox;
            answer.put("next_cursor", new PageCursor(list, pinned, Integer.toString(to)).token());
        }
        answer.put("at", Times.text(pinned.nowMicros()));
        TwinQueries.putKnownAt(answer, pinned);
        return answer.put("position", new Position(pinned.before()).token()).build();
    }

    /// The inbox as those who watch it are told: the snoozed too, each with how it is handled.
    Listed listed() {
        Told inbox = present(engine.pinned(AsOf.PRESENT));
        AsOf pinned = inbox.asOf;
        Map<String, Listed.Item> first = new LinkedHashMap<>();
        for (Item item : inbox.items.subList(0, Math.min(inbox.items.size(), Listed.MAX_ITEMS))) {
            JsonObject handling = handlings.of(item.id()).json(pinned.nowMicros());
            List<Sighting> shown = shown(inbox, item);
            first.put(
                    item.id(),
                    new Listed.Item(
                            List.of(item, shown, handling),
                            () -> evidence.json(item, shown, pinned, handling)));
        }
        return new Listed(first, inbox.items.size(), pinned.nowMicros());
    }

    /// Does what an operator says about an item; empty where there is no such item now and nobody ever
    /// handled it.
    public Optional<JsonObject> handle(String id, Handling.Order order) {
        boolean known =
                !handlings.of(id).equals(Handling.NONE)
                        || present(engine.pinned(AsOf.PRESENT)).items.stream()
                                .anyMatch(item -> item.id().equals(id));
        if (!known) {
            return Optional.empty();
        }
        long now = engine.nowMicros();
        Handling handling = handlings.apply(id, order, now);
        return Optional.of(
                new JsonObject.Builder().put("id", id).put("handling", handling.json(now)).build());
    }

    /// The items of the present: it may be from up to a second ago, while nothing is recorded.
    private Told present(AsOf pinned) {
        Told last = toldNow;
        if (last != null && last.asOf.before() == pinned.before()) {
            long age = pinned.nowMicros() - last.asOf.nowMicros();
            if (age >= 0 && age < FRESH_MICROS) {
                return last;
            }
            if (age >= 0 && stands(last, pinned)) {
                Told again = last.at(pinned);
                toldNow = again;
                return again;
            }
        }
        Told fresh = fresh(pinned, AsOf.PRESENT);
        toldNow = fresh;
        return fresh;
    }

    private Told asOf(AsOf pinned) {
        Told last = toldThen;
        if (last != null && last.asOf.equals(pinned)) {
            return last;
        }
        Told fresh = fresh(pinned, pinned);
        toldThen = fresh;
        return fresh;
    }

    /// Whether the time that has passed since changed nothing.
    private boolean stands(Told last, AsOf pinned) {
        return nodes.countedMicros(pinned.nowMicros()) <= last.asOf.nowMicros()
                && clocks(pinned).equals(last.clocks);
    }

    /// @param question of the nodes: pinned too, or the present
    private Told fresh(AsOf pinned, AsOf question) {
        Catalogue domains = fleet.domains(question);
        long highestEpoch = domains.highestEpoch();
        boolean standing = fleet.isStanding(question);
        Inbox inbox = nodes.raised(question, standing, pinned.nowMicros(), highestEpoch);
        for (Domain domain : domains.domains()) {
            if (domain.claims().size() > 1) {
                inbox.add(conflict(domain, pinned));
            }
        }
        List<Sighting> ofClocks = clocks(pinned);
        ofClocks.forEach(inbox::add);
        return new Told(
                pinned, question, highestEpoch, ofClocks, inbox.items(), new ConcurrentHashMap<>());
    }

    private List<Sighting> clocks(AsOf pinned) {
        return clocks.sightings(pinned.atMicros(), pinned.before(), pinned.nowMicros());
    }

    /// The sightings that an item is shown with.
    private List<Sighting> shown(Told inbox, Item item) {
        return inbox.shown.computeIfAbsent(
                item.id(),
                _ -> evidence.shown(item, inbox.asOf, inbox.question, inbox.highestEpoch));
    }

    private Sighting conflict(Domain domain, AsOf asOf) {
        long since = Times.NONE;
        for (Event event : fleet.domainHistory(domain.id(), asOf)) {
            boolean claims = event.payload() instanceof AuthorityClaimed;
            since = claims && event.epoch() == domain.epoch() ? event.timestampMicros() : since;
        }
        List<String> claimants = domain.claims().keySet().stream().sorted().toList();
        JsonObject members =
                new JsonObject.Builder()
                        .put("domain", domain.id())
                        .put("epoch", domain.epoch())
                        .build();
        Raised raised = new Raised(new Cause(Alert.AUTHORITY_CONFLICT, members), since, Times.NONE);
        JsonObject values =
                new JsonObject.Builder()
                        .put("epoch", domain.epoch())
                        .put("claimants", Json.strings(claimants))
                        .build();
        return new Sighting(raised, domain.id(), since, values, List.of());
    }
}

package io.souverix.twin.core.fleet;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.AuthorityClaimed;
import io.souverix.twin.core.event.Payload.AuthorityReleased;
import io.souverix.twin.core.event.Payload.DomainRegistered;
import io.souverix.twin.core.event.Payload.FederationLinked;
import io.souverix.twin.core.event.Payload.RegionSynced;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Renders domains as `GET /v1/domains` answers them: docs/twin.md, member by member.
public final class DomainJson {
    private final Catalogue catalogue;
    private final long now;
    private final Map<String, List<String>> children = new TreeMap<>();

    /// @param catalogue with all domains, as of the instant
    public DomainJson(Catalogue catalogue, long nowMicros) {
        this.catalogue = catalogue;
        this.now = nowMicros;
        catalogue.domains().stream().map(Domain::id).sorted().forEach(this::nest);
    }

    private void nest(String id) {
        Domain domain = catalogue.domain(id);
        if (domain != null && domain.parent() != null) {
            children.computeIfAbsent(domain.parent(), _ -> new ArrayList<>()).add(id);
        }
    }

    /// The domain and where it stands in the tree.
    public JsonObject.Builder of(Domain domain) {
        DomainRegistered registered = domain.registered();
        Domain governor = catalogue.governor(domain.id(), null);
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("id", domain.id())
                        .put("kind", word(registered == null ? null : registered.kind()))
                        .put("name", registered == null ? null : registered.name())
                        .put("parent", domain.parent())
                        .put("children", Json.strings(childrenOf(domain)))
                        .put("in_cycle", catalogue.inCycle(domain))
                        .put("epoch", count(domain.epoch()))
                        .put("authority", authority(domain.authority()))
                        .put("governed_by", governor == null ? null : governor.id())
                        .put("federation", federation(domain));
        return sync(json, domain);
    }

    private List<String> childrenOf(Domain domain) {
        return children.getOrDefault(domain.id(), List.of());
    }

    private static Json word(@Nullable Worded value) {
        return value == null ? JsonLiteral.NULL : Json.of(value.word());
    }

    private static Json count(long count) {
        return count < 0 ? JsonLiteral.NULL : Json.of(count);
    }

    private static Json duration(long seconds) {
        return seconds < 0 ? JsonLiteral.NULL : Json.of(Times.durationText(seconds));
    }

    private static Json instant(long micros) {
        return micros == Times.NONE ? JsonLiteral.NULL : Json.of(Times.text(micros));
    }

    /// Who governs, as a twin shows it too.
    public static Json authority(@Nullable Authority authority) {
        return authority == null
                ? JsonLiteral.NULL
                : new JsonObject.Builder()
                        .put("domain", authority.domain())
                        .put("level", word(authority.level()))
                        .put("master", authority.master())
                        .put("epoch", authority.epoch())
                        .put("conflict", authority.conflict())
                        .put("claimants", Json.strings(authority.claimants()))
                        .build();
    }

    private static Json federation(Domain domain) {
        FederationLinked link = domain.federation();
        return link == null
                ? JsonLiteral.NULL
                : new JsonObject.Builder()
                        .put("upstream", link.upstream())
                        .put("mode", word(link.mode()))
                        .put("frequency", duration(link.frequencySeconds()))
                        .put("frequency_seconds", count(link.frequencySeconds()))
                        .put("since", instant(domain.linkedMicros()))
                        .build();
    }

    private JsonObject.Builder sync(JsonObject.Builder json, Domain domain) {
        RegionSynced sync = domain.sync();
        long synced = domain.lastSyncMicros();
        long debt = synced == Times.NONE ? -1 : Times.elapsedSeconds(synced, now);
        return json.put("last_sync", instant(synced))
                .put("sync_debt", duration(debt))
                .put("sync_debt_seconds", count(debt))
                .put("messages", count(sync == null ? -1 : sync.messages()))
                .put("backlog", count(sync == null ? -1 : sync.backlog()));
    }

    /// Who claimed the domain and who gave it up, newest first.
    ///
    /// @param history sorted, without the annulled
    /// @param most how many are listed
    public static List<Json> claims(Collection<Event> history, int most) {
        List<Json> claims = new ArrayList<>();
        for (Event event : List.copyOf(history).reversed()) {
            switch (event.payload()) {
                case AuthorityClaimed claim ->
                        claims.add(claim(event, "claimed", claim.master(), word(claim.level())));
                case AuthorityReleased release ->
                        claims.add(claim(event, "released", release.master(), JsonLiteral.NULL));
                default -> {}
            }
        }
        return claims.subList(0, Math.min(most, claims.size()));
    }

    private static Json claim(Event event, String action, String master, Json level) {
        return new JsonObject.Builder()
                .put("event_id", event.id())
                .put("timestamp", Times.text(event.timestampMicros()))
                .put("epoch", event.epoch())
                .put("action", action)
                .put("master", master)
                .put("level", level)
                .build();
    }
}

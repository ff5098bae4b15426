package io.souverix.twin.core.fleet;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the authority over a group of nodes is shown. Nodes are counted by the domain that governs
/// them; what that domain is at the instant of the read comes from the catalogue, so a sync or a new
/// master of a region counts no node anew.
final class AuthorityRow implements Row {
    private final JsonObject head;
    private final long nodes;
    private final Map<String, Long> governed = new TreeMap<>();

    /// By the catalogue that was asked with last. A lost race makes it twice.
    private volatile @Nullable Shown last;

    /// @param head the members before
    AuthorityRow(JsonObject head, ShardSums sums) {
        this.head = head;
        nodes = sums.sum(one -> one.nodes);
        for (GroupSums one : sums.list()) {
            one.byGovernor.forEach((id, count) -> governed.merge(id, count, Long::sum));
        }
    }

    @Override
    public JsonObject at(Catalogue catalogue, long nowMicros) {
        Shown shown = shown(catalogue);
        return JsonObject.Builder.of(head)
                .put("by_level", shown.levels)
                .put("conflicts", shown.conflicts)
                .put("sync_debt", syncDebt(shown.syncs, nowMicros))
                .build();
    }

    /// What the domains of a catalogue say.
    ///
    /// @param syncs of the domains that synced, the latest first
    private record Shown(
            Catalogue catalogue, JsonObject levels, long conflicts, List<Synced> syncs) {}

    /// How many nodes a domain governs, and when it synced.
    private record Synced(long atMicros, long nodes) {}

    @SuppressWarnings("ReferenceEquality") // an equal one says the same
    private Shown shown(Catalogue catalogue) {
        Shown known = last;
        if (known == null || known.catalogue != catalogue) {
            known = show(catalogue);
            last = known;
        }
        return known;
    }

    private Shown show(Catalogue catalogue) {
        long[] byLevel = new long[AuthorityLevel.values().length];
        long vacant = nodes;
        long conflicts = 0;
        List<Synced> syncs = new ArrayList<>();
        for (Map.Entry<String, Long> entry : governed.entrySet()) {
            Domain domain = catalogue.domain(entry.getKey());
            Authority authority = domain == null ? null : domain.authority();
            if (domain == null || authority == null) {
                continue;
            }
            vacant -= entry.getValue();
            if (authority.level() == null) {
                conflicts += entry.getValue();
            } else {
                byLevel[authority.level().ordinal()] += entry.getValue();
            }
            if (domain.lastSyncMicros() != Times.NONE) {
                syncs.add(new Synced(domain.lastSyncMicros(), entry.getValue()));
            }
        }
        syncs.sort(Comparator.comparingLong(Synced::atMicros).reversed());
        JsonObject.Builder levels = new JsonObject.Builder();
        for (AuthorityLevel level : AuthorityLevel.values()) {
            levels.put(level.word(), byLevel[level.ordinal()]);
        }
        JsonObject shown = levels.put("vacant", vacant).build().keepingText();
        return new Shown(catalogue, shown, conflicts, List.copyOf(syncs));
    }

    private static Json syncDebt(List<Synced> syncs, long nowMicros) {
        long nodes = 0;
        BigInteger sum = BigInteger.ZERO;
        for (Synced synced : syncs) {
            nodes += synced.nodes;
            sum =
                    sum.add(
                            BigInteger.valueOf(elapsed(synced, nowMicros))
                                    .multiply(BigInteger.valueOf(synced.nodes)));
        }
        BigInteger divisor = BigInteger.valueOf(Math.max(1, nodes) * Times.MICROS_PER_SECOND);
        return SyncDebt.json(
                nodes == 0 ? JsonLiteral.NULL : Json.of(sum.divide(divisor).longValueExact()),
                nearestRank(syncs, nodes, 50, nowMicros),
                nearestRank(syncs, nodes, 95, nowMicros),
                nearestRank(syncs, nodes, 100, nowMicros));
    }

    private static long elapsed(Synced synced, long nowMicros) {
        return Math.max(0, nowMicros - synced.atMicros);
    }

    private static Json nearestRank(List<Synced> syncs, long nodes, int percent, long nowMicros) {
        long rank = Math.max(1, (percent * nodes + 99) / 100);
        long before = 0;
        for (Synced synced : syncs) {
            before += synced.nodes;
            if (before >= rank) {
                return Json.of(elapsed(synced, nowMicros) / Times.MICROS_PER_SECOND);
            }
        }
        return JsonLiteral.NULL;
    }
}

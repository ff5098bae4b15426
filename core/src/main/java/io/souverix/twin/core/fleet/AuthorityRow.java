package io.souverix.twin.core.fleet;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// How the authority over a group of nodes is shown. Nodes are counted by the domain that governs
/// them; what that domain is at the instant of the read comes from the catalogue, so a sync or a new
/// master of a region counts no node anew.
final class AuthorityRow implements Row {
    private final JsonObject head;
    private final long nodes;
    private final Map<String, Long> governed = new TreeMap<>();

    /// @param head the members before
    AuthorityRow(JsonObject head, Parts parts) {
        this.head = head;
        nodes = parts.sum(part -> part.nodes);
        for (GroupSums part : parts.list()) {
            part.byGovernor.forEach((id, count) -> governed.merge(id, count, Long::sum));
        }
    }

    @Override
    public JsonObject at(Catalogue catalogue, long nowMicros) {
        long[] byLevel = new long[AuthorityLevel.values().length];
        long vacant = nodes;
        long conflicts = 0;
        NavigableMap<Long, Long> elapsed = new TreeMap<>();
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
                long micros = Math.max(0, nowMicros - domain.lastSyncMicros());
                elapsed.merge(micros, entry.getValue(), Long::sum);
            }
        }
        JsonObject.Builder levels = new JsonObject.Builder();
        for (AuthorityLevel level : AuthorityLevel.values()) {
            levels.put(level.word(), byLevel[level.ordinal()]);
        }
        return JsonObject.Builder.of(head)
                .put("by_level", levels.put("vacant", vacant).build())
                .put("conflicts", conflicts)
                .put("sync_debt", syncDebt(elapsed))
                .build();
    }

    /// @param elapsed how many nodes by the microseconds their domain owes
    private static Json syncDebt(NavigableMap<Long, Long> elapsed) {
        long nodes = 0;
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<Long, Long> entry : elapsed.entrySet()) {
            nodes += entry.getValue();
            sum =
                    sum.add(
                            BigInteger.valueOf(entry.getKey())
                                    .multiply(BigInteger.valueOf(entry.getValue())));
        }
        BigInteger divisor = BigInteger.valueOf(Math.max(1, nodes) * Times.MICROS_PER_SECOND);
        return new JsonObject.Builder()
                .put(
                        "mean_seconds",
                        nodes == 0
                                ? JsonLiteral.NULL
                                : Json.of(sum.divide(divisor).longValueExact()))
                .put("p50_seconds", nearestRank(elapsed, nodes, 50))
                .put("p95_seconds", nearestRank(elapsed, nodes, 95))
                .put("max_seconds", nearestRank(elapsed, nodes, 100))
                .put("bucket_seconds", 1)
                .build();
    }

    private static Json nearestRank(NavigableMap<Long, Long> elapsed, long nodes, int percent) {
        long rank = Math.max(1, (percent * nodes + 99) / 100);
        long before = 0;
        for (Map.Entry<Long, Long> entry : elapsed.entrySet()) {
            before += entry.getValue();
            if (before >= rank) {
                return Json.of(entry.getKey() / Times.MICROS_PER_SECOND);
            }
        }
        return JsonLiteral.NULL;
    }
}

package io.souverix.twin.core.fleet;

import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.IntegrityState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// The projections that aggregate: how the sums of a group, spread over the shards, are shown.
public enum Projection implements Worded {
    CURRENT("current"),
    DRIFT("drift"),
    CONNECTIVITY("connectivity"),
    LIFECYCLE("lifecycle"),
    TRUST("trust"),
    AUTHORITY("authority");

    private final String word;

    Projection(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /// The row of a group.
    ///
    /// @param group the members that say which it is; none for the whole
    /// @param sums what the shards count of it
    public Row row(JsonObject group, List<GroupSums> sums) {
        Parts parts = new Parts(sums);
        JsonObject.Builder row =
                JsonObject.Builder.of(group).put("nodes", parts.sum(part -> part.nodes));
        return switch (this) {
            case CURRENT -> steady(current(row, parts));
            case DRIFT -> steady(drift(row, parts));
            case CONNECTIVITY -> new ConnectivityRow(row.build(), parts);
            case LIFECYCLE -> steady(lifecycle(row, parts));
            case TRUST -> steady(trust(row, parts));
            case AUTHORITY -> new AuthorityRow(row.build(), parts);
        };
    }

    /// One that is the same at any instant.
    private static Row steady(JsonObject.Builder row) {
        JsonObject kept = row.build().keepingText();
        return (_, _) -> kept;
    }

    private static JsonObject.Builder current(JsonObject.Builder row, Parts parts) {
        return row.put(
                        "by_connectivity",
                        parts.counts(ConnectivityState.values(), true, part -> part.byState))
                .put("by_phase", byPhase(parts))
                .put(
                        "by_operational",
                        parts.counts(OperationalState.values(), false, part -> part.byOperational))
                .put("by_drift_status", byStatus(parts));
    }

    private static Json byPhase(Parts parts) {
        return parts.counts(LifecyclePhase.values(), true, part -> part.byPhase);
    }

    private static Json byStatus(Parts parts) {
        return parts.counts(DriftStatus.values(), false, part -> part.byStatus);
    }

    private static JsonObject.Builder drift(JsonObject.Builder row, Parts parts) {
        long nodes = parts.sum(part -> part.nodes);
        long evaluated = parts.sum(part -> part.evaluated);
        return row.put("evaluated", evaluated)
                .put("coverage", ratio(evaluated, nodes, 4))
                .put("drifted", parts.sum(part -> part.drifted))
                .put(
                        "drifted_by",
                        new JsonObject.Builder()
                                .put("version", parts.sum(part -> part.driftedByVersion))
                                .put("config", parts.sum(part -> part.driftedByConfig))
                                .put("policy", parts.sum(part -> part.driftedByPolicy))
                                .build())
                .put("by_status", byStatus(parts))
                .put("by_severity", bySeverity(parts))
                .put(
                        "findings_by_severity",
                        parts.counts(Severity.values(), false, part -> part.findingsBySeverity))
                .put("mean_score", ratio(parts.sum(part -> part.scoreTenths), 10 * evaluated, 1));
    }

    private static Json bySeverity(Parts parts) {
        JsonObject.Builder counts = new JsonObject.Builder();
        counts.put("none", parts.sum(part -> part.bySeverity[0]));
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), parts.sum(part -> part.bySeverity[severity.ordinal() + 1]));
        }
        return counts.build();
    }

    private static Json ratio(long part, long whole, int decimals) {
        return whole == 0
                ? JsonLiteral.NULL
                : JsonNumber.of(
                        BigDecimal.valueOf(part)
                                .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP));
    }

    private static JsonObject.Builder trust(JsonObject.Builder row, Parts parts) {
        long nodes = parts.sum(part -> part.nodes);
        return row.put(
                        "by_integrity_state",
                        parts.counts(IntegrityState.values(), false, part -> part.byIntegrity))
                .put(
                        "mean_score",
                        ratio(parts.sum(part -> part.trustBasisPoints), 10_000 * nodes, 4))
                .put(
                        "certificates",
                        new JsonObject.Builder()
                                .put("expired", expiring(parts, Expiry.EXPIRED))
                                .put("expiring_30d", expiring(parts, Expiry.SOON))
                                .build());
    }

    private static long expiring(Parts parts, Expiry expiry) {
        return parts.sum(part -> part.byExpiry[expiry.ordinal()]);
    }

    private static JsonObject.Builder lifecycle(JsonObject.Builder row, Parts parts) {
        JsonObject.Builder updates = new JsonObject.Builder();
        for (Update.State state : Update.State.values()) {
            updates.put(state.word(), parts.sum(part -> part.byUpdate[state.ordinal()]));
        }
        return row.put("by_phase", byPhase(parts))
                .put("updates", updates.put("overdue", parts.sum(part -> part.overdue)).build())
                .put(
                        "maintenance",
                        new JsonObject.Builder()
                                .put("open", parts.sum(part -> part.inMaintenance))
                                .build());
    }
}

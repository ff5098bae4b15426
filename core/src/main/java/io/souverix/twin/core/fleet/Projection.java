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
    /// @param shards what each counts of it
    public Row row(JsonObject group, List<GroupSums> shards) {
        ShardSums sums = new ShardSums(shards);
        JsonObject.Builder row =
                JsonObject.Builder.of(group).put("nodes", sums.sum(one -> one.nodes));
        return switch (this) {
            case CURRENT -> steady(current(row, sums));
            case DRIFT -> steady(drift(row, sums));
            case CONNECTIVITY -> new ConnectivityRow(row.build(), sums);
            case LIFECYCLE -> steady(lifecycle(row, sums));
            case TRUST -> steady(trust(row, sums));
            case AUTHORITY -> new AuthorityRow(row.build(), sums);
        };
    }

    /// One that is the same at any instant.
    private static Row steady(JsonObject.Builder row) {
        JsonObject kept = row.build().keepingText();
        return (_, _) -> kept;
    }

    private static JsonObject.Builder current(JsonObject.Builder row, ShardSums sums) {
        return row.put(
                        "by_connectivity",
                        sums.counts(ConnectivityState.values(), true, one -> one.byState))
                .put("by_phase", byPhase(sums))
                .put(
                        "by_operational",
                        sums.counts(OperationalState.values(), false, one -> one.byOperational))
                .put("by_drift_status", byStatus(sums));
    }

    private static Json byPhase(ShardSums sums) {
        return sums.counts(LifecyclePhase.values(), true, one -> one.byPhase);
    }

    private static Json byStatus(ShardSums sums) {
        return sums.counts(DriftStatus.values(), false, one -> one.byStatus);
    }

    private static JsonObject.Builder drift(JsonObject.Builder row, ShardSums sums) {
        long nodes = sums.sum(one -> one.nodes);
        long evaluated = sums.sum(one -> one.evaluated);
        return row.put("evaluated", evaluated)
                .put("coverage", ratio(evaluated, nodes, 4))
                .put("drifted", sums.sum(one -> one.drifted))
                .put(
                        "drifted_by",
                        new JsonObject.Builder()
                                .put("version", sums.sum(one -> one.driftedByVersion))
                                .put("config", sums.sum(one -> one.driftedByConfig))
                                .put("policy", sums.sum(one -> one.driftedByPolicy))
                                .build())
                .put("by_status", byStatus(sums))
                .put("by_severity", bySeverity(sums))
                .put(
                        "findings_by_severity",
                        sums.counts(Severity.values(), false, one -> one.findingsBySeverity))
                .put("mean_score", ratio(sums.sum(one -> one.scoreTenths), 10 * evaluated, 1));
    }

    private static Json bySeverity(ShardSums sums) {
        JsonObject.Builder counts = new JsonObject.Builder();
        counts.put("none", sums.sum(one -> one.bySeverity[0]));
        for (Severity severity : Severity.values()) {
            counts.put(severity.word(), sums.sum(one -> one.bySeverity[severity.ordinal() + 1]));
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

    private static JsonObject.Builder trust(JsonObject.Builder row, ShardSums sums) {
        long nodes = sums.sum(one -> one.nodes);
        return row.put(
                        "by_integrity_state",
                        sums.counts(IntegrityState.values(), false, one -> one.byIntegrity))
                .put("mean_score", ratio(sums.sum(one -> one.trustBasisPoints), 10_000 * nodes, 4))
                .put(
                        "certificates",
                        new JsonObject.Builder()
                                .put("expired", expiring(sums, Expiry.EXPIRED))
                                .put("expiring_30d", expiring(sums, Expiry.SOON))
                                .build());
    }

    private static long expiring(ShardSums sums, Expiry expiry) {
        return sums.sum(one -> one.byExpiry[expiry.ordinal()]);
    }

    private static JsonObject.Builder lifecycle(JsonObject.Builder row, ShardSums sums) {
        JsonObject.Builder updates = new JsonObject.Builder();
        for (Update.State state : Update.State.values()) {
            updates.put(state.word(), sums.sum(one -> one.byUpdate[state.ordinal()]));
        }
        return row.put("by_phase", byPhase(sums))
                .put("updates", updates.put("overdue", sums.sum(one -> one.overdue)).build())
                .put(
                        "maintenance",
                        new JsonObject.Builder()
                                .put("open", sums.sum(one -> one.inMaintenance))
                                .build());
    }
}

package io.souverix.twin.core.fleet;

import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.IntegrityState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.ToLongFunction;

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

    /// Adds the row's members for what the shards count of one group, as of an instant.
    ///
    /// @param catalogue as of that instant
    public void put(
            JsonObject.Builder row, List<GroupSums> parts, Catalogue catalogue, long nowMicros) {
        Row sums = new Row(parts, nowMicros);
        row.put("nodes", sums.sum(part -> part.nodes));
        switch (this) {
            case CURRENT -> sums.current(row);
            case DRIFT -> sums.drift(row);
            case CONNECTIVITY -> sums.connectivity(row);
            case LIFECYCLE -> sums.lifecycle(row);
            case TRUST -> sums.trust(row);
            case AUTHORITY -> AuthorityRow.put(row, parts, catalogue, nowMicros);
        }
    }

    /// The parts of a group that the shards hold.
    private record Row(List<GroupSums> parts, long nowMicros) {
        long sum(ToLongFunction<GroupSums> field) {
            return parts.stream().mapToLong(field).sum();
        }

        Json counts(
                Worded[] names,
                boolean unknown,
                java.util.function.Function<GroupSums, long[]> field) {
            JsonObject.Builder counts = new JsonObject.Builder();
            for (int i = 0; i < names.length; i++) {
                int at = i;
                counts.put(names[i].word(), sum(part -> field.apply(part)[at]));
            }
            if (unknown) {
                counts.put("unknown", sum(part -> field.apply(part)[names.length]));
            }
            return counts.build();
        }

        void current(JsonObject.Builder row) {
            row.put("by_connectivity", byState());
            row.put("by_phase", counts(LifecyclePhase.values(), true, part -> part.byPhase));
            row.put(
                    "by_operational",
                    counts(OperationalState.values(), false, part -> part.byOperational));
            row.put("by_drift_status", byStatus());
        }

        private Json byState() {
            return counts(ConnectivityState.values(), true, part -> part.byState);
        }

        private Json byStatus() {
            return counts(DriftStatus.values(), false, part -> part.byStatus);
        }

        void drift(JsonObject.Builder row) {
            long nodes = sum(part -> part.nodes);
            long evaluated = sum(part -> part.evaluated);
            row.put("evaluated", evaluated);
            row.put("coverage", ratio(evaluated, nodes, 4));
            row.put("drifted", sum(part -> part.drifted));
            row.put(
                    "drifted_by",
                    new JsonObject.Builder()
                            .put("version", sum(part -> part.driftedByVersion))
                            .put("config", sum(part -> part.driftedByConfig))
                            .put("policy", sum(part -> part.driftedByPolicy))
                            .build());
            row.put("by_status", byStatus());
            row.put("by_severity", bySeverity());
            row.put(
                    "findings_by_severity",
                    counts(Severity.values(), false, part -> part.findingsBySeverity));
            row.put("mean_score", ratio(sum(part -> part.scoreTenths), 10 * evaluated, 1));
        }

        private Json bySeverity() {
            JsonObject.Builder counts = new JsonObject.Builder();
            counts.put("none", sum(part -> part.bySeverity[0]));
            for (Severity severity : Severity.values()) {
                counts.put(severity.word(), sum(part -> part.bySeverity[severity.ordinal() + 1]));
            }
            return counts.build();
        }

        private static Json ratio(long part, long whole, int decimals) {
            return whole == 0
                    ? JsonLiteral.NULL
                    : JsonNumber.of(
                            BigDecimal.valueOf(part)
                                    .divide(
                                            BigDecimal.valueOf(whole),
                                            decimals,
                                            RoundingMode.HALF_UP));
        }

        void connectivity(JsonObject.Builder row) {
            row.put("by_state", byState());
            row.put("sync_debt", syncDebt());
            List<CountedLongs> backlogs = parts.stream().map(part -> part.backlogs).toList();
            long waiting = sum(part -> part.backlogs.count());
            row.put(
                    "backlog",
                    new JsonObject.Builder()
                            .put("total", sum(part -> part.backlogTotal))
                            .put("max", waiting == 0 ? 0 : CountedLongs.largest(backlogs))
                            .put("nodes", waiting)
                            .build());
            row.put(
                    "replaying",
                    new JsonObject.Builder()
                            .put("processed", sum(part -> part.replayProcessed))
                            .put("total", sum(part -> part.replayTotal))
                            .build());
        }

        private Json syncDebt() {
            long live = sum(part -> part.liveNodes);
            long owing = sum(part -> part.debts.count());
            JsonObject.Builder debt = new JsonObject.Builder();
            if (live + owing == 0) {
                for (String name : List.of("mean", "p50", "p95", "max")) {
                    debt.put(name + "_seconds", JsonLiteral.NULL);
                }
            } else {
                debt.put("mean_seconds", meanSeconds(live + owing, owing));
                debt.put("p50_seconds", percentileSeconds(50, live, owing));
                debt.put("p95_seconds", percentileSeconds(95, live, owing));
                debt.put("max_seconds", percentileSeconds(100, live, owing));
            }
            return debt.put("bucket_seconds", 1).build();
        }

        /// The mean of the exact elapsed times, cut to the second.
        private long meanSeconds(long known, long owing) {
            BigInteger hour = BigInteger.valueOf(3_600_000_000L);
            BigInteger from =
                    BigInteger.valueOf(sum(part -> part.debtHigh))
                            .multiply(hour)
                            .add(BigInteger.valueOf(sum(part -> part.debtLow)));
            BigInteger elapsed =
                    BigInteger.valueOf(nowMicros)
                            .multiply(BigInteger.valueOf(owing))
                            .subtract(from)
                            .add(BigInteger.valueOf(sum(p -> p.debts.excessAbove(nowMicros))));
            BigInteger divisor = BigInteger.valueOf(known * Times.MICROS_PER_SECOND);
            return elapsed.divide(divisor).longValueExact();
        }

        /// Nearest rank over the live nodes (0) and then the others, the latest sync first.
        private long percentileSeconds(int percent, long live, long owing) {
            long rank = Math.max(1, (percent * (live + owing) + 99) / 100);
            if (rank <= live) {
                return 0;
            }
            List<CountedLongs> debts = parts.stream().map(part -> part.debts).toList();
            long from =
                    percent == 100
                            ? CountedLongs.smallest(debts)
                            : CountedLongs.select(debts, owing - (rank - live));
            return Times.elapsedSeconds(from, nowMicros);
        }

        void trust(JsonObject.Builder row) {
            row.put(
                    "by_integrity_state",
                    counts(IntegrityState.values(), false, part -> part.byIntegrity));
            long nodes = sum(part -> part.nodes);
            row.put("mean_score", ratio(sum(part -> part.trustBasisPoints), 10_000 * nodes, 4));
            row.put(
                    "certificates",
                    new JsonObject.Builder()
                            .put("expired", sum(part -> part.byExpiry[Expiry.EXPIRED.ordinal()]))
                            .put("expiring_30d", sum(part -> part.byExpiry[Expiry.SOON.ordinal()]))
                            .build());
        }

        void lifecycle(JsonObject.Builder row) {
            row.put("by_phase", counts(LifecyclePhase.values(), true, part -> part.byPhase));
            JsonObject.Builder updates = new JsonObject.Builder();
            for (Update.State state : Update.State.values()) {
                updates.put(state.word(), sum(part -> part.byUpdate[state.ordinal()]));
            }
            row.put("updates", updates.put("overdue", sum(part -> part.overdue)).build());
            row.put(
                    "maintenance",
                    new JsonObject.Builder().put("open", sum(part -> part.inMaintenance)).build());
        }
    }
}

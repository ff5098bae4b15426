package io.souverix.twin.core.fleet;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.lifecycle.Rollout;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.TrustSummary;
import org.jspecify.annotations.Nullable;

/// What aggregates count of one node, at an instant. Equal facets count equally.
///
/// @param debtFromMicros the instant from which sync debt is measured; [#NO_DEBT] while live,
///     [#UNKNOWN_DEBT] where the node never synced
/// @param backlog messages waiting, or -1
/// @param replayProcessed of a node that is replaying; 0 otherwise, as `replayTotal`
/// @param governor the nearest domain above it that somebody claims, or null
/// @param desiredEpoch the highest epoch of its standing desired values, or -1 where it has none
/// @param alerts what it raises in attention, a bit each ([io.souverix.twin.core.attention.Alert])
/// @param rollout where it stands in the rollout of a version, or null
/// @param desiredVersion the version it should run, or null; counted nowhere, but asked for often, as
///     is `actualVersion`, the one it runs
public record Facets(
        @Nullable ConnectivityState connectivity,
        long debtFromMicros,
        long backlog,
        long replayProcessed,
        long replayTotal,
        @Nullable LifecyclePhase phase,
        Update.@Nullable State update,
        boolean overdue,
        boolean inMaintenance,
        OperationalState operational,
        DriftStatus status,
        DriftSummary drift,
        TrustSummary trust,
        @Nullable String governor,
        long desiredEpoch,
        int alerts,
        @Nullable Rollout rollout,
        @Nullable String desiredVersion,
        @Nullable String actualVersion) {
    /// While live a node owes nothing.
    public static final long NO_DEBT = Long.MAX_VALUE;

    /// A node that never synced owes nobody knows what.
    public static final long UNKNOWN_DEBT = Long.MIN_VALUE;

    private static final ConnectivityState[] STATES = ConnectivityState.values();
    private static final LifecyclePhase[] PHASES = LifecyclePhase.values();
    private static final Update.State[] UPDATES = Update.State.values();
    private static final OperationalState[] OPERATIONAL = OperationalState.values();
    private static final DriftStatus[] STATUSES = DriftStatus.values();

    /// Whether it raises anything in attention.
    ///
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    public boolean raises(long highestEpoch) {
        return alerts != 0 || isAhead(highestEpoch);
    }

    /// Whether it is desired under an epoch above all that were claimed.
    public boolean isAhead(long highestEpoch) {
        return desiredEpoch > Math.max(0, highestEpoch) && phase != LifecyclePhase.DECOMMISSIONED;
    }

    /// What a node owes: nothing while it is live, else hardly ever the same as another.
    public record Owed(long debtFromMicros, long backlog, long replayProcessed, long replayTotal) {
        /// Nothing.
        static final Owed NONE = new Owed(NO_DEBT, -1, 0, 0);

        /// As bytes, for a checkpoint.
        public void write(StateWriter out) {
            out.fixed(debtFromMicros).number(backlog);
            out.number(replayProcessed).number(replayTotal);
        }

        /// Reads what [#write] wrote.
        public static Owed read(StateReader in) {
            return new Owed(in.fixed(), in.number(), in.number(), in.number());
        }
    }

    public Owed owed() {
        return new Owed(debtFromMicros, backlog, replayProcessed, replayTotal);
    }

    /// As bytes, for a checkpoint, but for what it owes: the rest is that of many.
    public void writeShared(StateWriter out) {
        out.constant(connectivity);
        out.constant(phase).constant(update).truth(overdue).truth(inMaintenance);
        out.constant(operational).constant(status);
        drift.write(out);
        trust.write(out);
        out.text(governor).number(desiredEpoch).number(alerts).truth(rollout != null);
        if (rollout != null) {
            rollout.write(out);
        }
        out.text(desiredVersion).text(actualVersion);
    }

    /// Reads what [#writeShared] wrote, of a node that owes nothing.
    public static Facets readShared(StateReader in) {
        return new Facets(
                in.optionalConstant(STATES),
                Owed.NONE.debtFromMicros,
                Owed.NONE.backlog,
                Owed.NONE.replayProcessed,
                Owed.NONE.replayTotal,
                in.optionalConstant(PHASES),
                in.optionalConstant(UPDATES),
                in.truth(),
                in.truth(),
                in.constant(OPERATIONAL),
                in.constant(STATUSES),
                DriftSummary.read(in),
                TrustSummary.read(in),
                in.optionalText(),
                in.number(),
                (int) in.number(),
                in.truth() ? Rollout.read(in) : null,
                in.optionalText(),
                in.optionalText());
    }

    /// The same of a node that owes something else.
    public Facets with(Owed owed) {
        return owed.equals(owed())
                ? this
                : new Facets(
                        connectivity,
                        owed.debtFromMicros,
                        owed.backlog,
                        owed.replayProcessed,
                        owed.replayTotal,
                        phase,
                        update,
                        overdue,
                        inMaintenance,
                        operational,
                        status,
                        drift,
                        trust,
                        governor,
                        desiredEpoch,
                        alerts,
                        rollout,
                        desiredVersion,
                        actualVersion);
    }
}

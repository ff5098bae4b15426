package io.souverix.twin.core.fleet;

import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.fleet.Facets.Owed;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.trust.TrustSummary;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a group of nodes adds up to: integers only, so that adding a node's new facets and
/// subtracting its old ones is exact for ever, and groups merge by adding. Not thread-safe.
public final class GroupSums {
    /// What the higher of the two words of a sum of instants counts.
    static final long HOUR_MICROS = 3_600_000_000L;

    private static final int UNKNOWN_LAST = 1;
    private static final Severity[] SEVERITIES = Severity.values();

    private long changes;

    long nodes;
    final long[] byState = new long[ConnectivityState.values().length + UNKNOWN_LAST];
    final long[] byPhase = new long[LifecyclePhase.values().length + UNKNOWN_LAST];
    final long[] byOperational = new long[OperationalState.values().length];
    final long[] byStatus = new long[DriftStatus.values().length];
    final long[] byUpdate = new long[Update.State.values().length];
    long overdue;
    long inMaintenance;
    long liveNodes;
    final CountedLongs debts = new CountedLongs();
    long debtHigh;
    long debtLow;
    long backlogTotal;
    final CountedLongs backlogs = new CountedLongs();
    long replayProcessed;
    long replayTotal;
    long evaluated;
    long drifted;
    long driftedByVersion;
    long driftedByConfig;
    long driftedByPolicy;
    long scoreTenths;

    /// Evaluated nodes by worst severity; the first is `none`.
    final long[] bySeverity = new long[Severity.values().length + 1];

    final long[] findingsBySeverity = new long[Severity.values().length];

    final long[] byIntegrity = new long[IntegrityState.values().length];
    final long[] byExpiry = new long[Expiry.values().length];
    long trustBasisPoints;

    /// Nodes by the domain that governs them; those that none governs are in no entry.
    final Map<String, Long> byGovernor = new HashMap<>();

    /// Counts a node in (`sign` 1) or out (-1).
    public void add(Facets facets, int sign) {
        addOwed(facets, sign);
        addBesideOwed(facets, sign);
    }

    /// Counts a node in that owes something else than its facets say.
    public void add(Facets facets, Owed owed) {
        addOwed(
                owed.debtFromMicros(),
                owed.backlog(),
                owed.replayProcessed(),
                owed.replayTotal(),
                1);
        addBesideOwed(facets, 1);
    }

    private void addBesideOwed(Facets facets, int sign) {
        changes++;
        nodes += sign;
        addStates(facets, sign);
        addGovernor(facets, sign);
        addDrift(facets.status(), facets.drift(), sign);
        addTrust(facets.trust(), sign);
    }

    /// Counts all nodes of another group in.
    void add(GroupSums more) {
        changes++;
        nodes += more.nodes;
        add(byState, more.byState);
        add(byPhase, more.byPhase);
        add(byOperational, more.byOperational);
        add(byStatus, more.byStatus);
        add(byUpdate, more.byUpdate);
        overdue += more.overdue;
        inMaintenance += more.inMaintenance;
        liveNodes += more.liveNodes;
        debts.addAll(more.debts);
        debtHigh += more.debtHigh;
        debtLow += more.debtLow;
        backlogTotal += more.backlogTotal;
        backlogs.addAll(more.backlogs);
        replayProcessed += more.replayProcessed;
        replayTotal += more.replayTotal;
        evaluated += more.evaluated;
        drifted += more.drifted;
        driftedByVersion += more.driftedByVersion;
        driftedByConfig += more.driftedByConfig;
        driftedByPolicy += more.driftedByPolicy;
        scoreTenths += more.scoreTenths;
        add(bySeverity, more.bySeverity);
        add(findingsBySeverity, more.findingsBySeverity);
        add(byIntegrity, more.byIntegrity);
        add(byExpiry, more.byExpiry);
        trustBasisPoints += more.trustBasisPoints;
        more.byGovernor.forEach((governor, count) -> byGovernor.merge(governor, count, Long::sum));
    }

    private static void add(long[] counts, long[] more) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += more[i];
        }
    }

    /// Counts a node as it is now and no more as it was before.
    ///
    /// @param parts which parts of the two differ
    void change(Facets before, Facets after, Differing parts) {
        if (!parts.any()) {
            return;
        }
        changes++;
        if (parts.states()) {
            addStates(before, -1);
            addStates(after, 1);
        }
        if (parts.governor()) {
            addGovernor(before, -1);
            addGovernor(after, 1);
        }
        if (parts.owed()) {
            addOwed(before, -1);
            addOwed(after, 1);
        }
        if (parts.drift()) {
            addDrift(before.status(), before.drift(), -1);
            addDrift(after.status(), after.drift(), 1);
        }
        if (parts.trust()) {
            addTrust(before.trust(), -1);
            addTrust(after.trust(), 1);
        }
    }

    /// Which parts of two facets differ: looked at once for all groups of a node.
    record Differing(boolean states, boolean governor, boolean owed, boolean drift, boolean trust) {
        boolean any() {
            return states || governor || owed || drift || trust;
        }

        static Differing between(Facets a, Facets b) {
            return new Differing(
                    !sameStates(a, b),
                    !Objects.equals(a.governor(), b.governor()),
                    !owesSame(a, b),
                    a.status() != b.status() || !a.drift().equals(b.drift()),
                    !a.trust().equals(b.trust()));
        }

        private static boolean sameStates(Facets a, Facets b) {
            return a.connectivity() == b.connectivity()
                    && a.phase() == b.phase()
                    && a.operational() == b.operational()
                    && a.status() == b.status()
                    && a.update() == b.update()
                    && a.overdue() == b.overdue()
                    && a.inMaintenance() == b.inMaintenance();
        }

        private static boolean owesSame(Facets a, Facets b) {
            return a.debtFromMicros() == b.debtFromMicros()
                    && a.backlog() == b.backlog()
                    && a.replayProcessed() == b.replayProcessed()
                    && a.replayTotal() == b.replayTotal();
        }
    }

    private void addStates(Facets facets, int sign) {
        byState[place(facets.connectivity(), byState)] += sign;
        byPhase[place(facets.phase(), byPhase)] += sign;
        byOperational[facets.operational().ordinal()] += sign;
        byStatus[facets.status().ordinal()] += sign;
        if (facets.update() != null) {
            byUpdate[facets.update().ordinal()] += sign;
        }
        overdue += facets.overdue() ? sign : 0;
        inMaintenance += facets.inMaintenance() ? sign : 0;
    }

    private void addGovernor(Facets facets, int sign) {
        if (facets.governor() != null) {
            byGovernor.merge(
                    facets.governor(), (long) sign, (a, b) -> a + b == 0 ? null : (Long) (a + b));
        }
    }

    private void addTrust(TrustSummary trust, int sign) {
        byIntegrity[trust.state().ordinal()] += sign;
        byExpiry[trust.expiry().ordinal()] += sign;
        trustBasisPoints += (long) sign * trust.basisPoints();
    }

    private static int place(@Nullable Enum<?> value, long[] counts) {
        return value == null ? counts.length - 1 : value.ordinal();
    }

    private void addOwed(Facets facets, int sign) {
        addOwed(
                facets.debtFromMicros(),
                facets.backlog(),
                facets.replayProcessed(),
                facets.replayTotal(),
                sign);
    }

    private void addOwed(long from, long backlog, long processed, long total, int sign) {
        if (from == Facets.NO_DEBT) {
            liveNodes += sign;
        } else if (from != Facets.UNKNOWN_DEBT) {
            debts.add(from, sign);
            // Two words, so that a sum of microseconds over any fleet cannot overflow.
            debtHigh += sign * Math.floorDiv(from, HOUR_MICROS);
            debtLow += sign * Math.floorMod(from, HOUR_MICROS);
        }
        if (backlog > 0) {
            backlogTotal += sign * backlog;
            backlogs.add(backlog, sign);
        }
        replayProcessed += sign * processed;
        replayTotal += sign * total;
    }

    private void addDrift(DriftStatus status, DriftSummary drift, int sign) {
        for (Severity severity : SEVERITIES) {
            findingsBySeverity[severity.ordinal()] += sign * drift.count(severity);
        }
        if (!status.evaluated()) {
            return;
        }
        evaluated += sign;
        Severity worst = drift.worst();
        bySeverity[worst == null ? 0 : worst.ordinal() + 1] += sign;
        drifted += worst == null ? 0 : sign;
        driftedByVersion += drift.version() ? sign : 0;
        driftedByConfig += drift.config() ? sign : 0;
        driftedByPolicy += drift.policy() ? sign : 0;
        scoreTenths += (long) sign * drift.scoreTenths();
    }

    /// How often they have changed: while it is the same, they stand.
    public long changes() {
        return changes;
    }

    /// True where no node is counted.
    public boolean isEmpty() {
        return nodes == 0;
    }
}

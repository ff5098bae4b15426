package io.souverix.twin.core.twin;

import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.attention.Sighting;
import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.connectivity.Replay;
import io.souverix.twin.core.drift.Drift;
import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.drift.VersionDrift;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.OperationalState;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonSink;
import io.souverix.twin.core.json.TreeSink;
import io.souverix.twin.core.lifecycle.Lifecycle;
import io.souverix.twin.core.lifecycle.Rollout;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.TrustScore;
import io.souverix.twin.core.trust.TrustSummary;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// A twin as seen at an instant, with the catalogue and the rules: the one view that answers and
/// aggregates are made of. Pure; valid until the twin is folded on.
///
/// @param nowMicros the instant of the read
/// @param tally what is counted of its events
public record TwinView(Twin twin, Catalogue catalogue, Rules rules, long nowMicros, Tally tally) {
    /// The members of the twin as answered, in their order; `meta` follows them.
    public static final List<String> MEMBERS =
            List.of(
                    "identity",
                    "connectivity",
                    "lifecycle",
                    "operational",
                    "state",
                    "policy",
                    "trust",
                    "supply_chain",
                    "authority",
                    "drift",
                    "relationships");

    /// A view for what does not depend on the tally.
    public TwinView(Twin twin, Catalogue catalogue, Rules rules, long nowMicros) {
        this(twin, catalogue, rules, nowMicros, Tally.NOTHING);
    }

    /// The same view with what is counted of its events.
    public TwinView with(Tally counted) {
        return new TwinView(twin, catalogue, rules, nowMicros, counted);
    }

    Releases releases() {
        return catalogue.releases(twin.identity().componentType());
    }

    /// The desired and the actual version, compared.
    public VersionDrift versions() {
        return twin.drift().version(twin.identity().componentType(), releases());
    }

    /// The findings that stand, counted.
    public DriftSummary drift() {
        return twin.drift().summary(versions(), nowMicros);
    }

    /// What can be said of the drift.
    ///
    /// @param drift as [#drift()] gives it
    public DriftStatus status(DriftSummary drift) {
        Lifecycle lifecycle = twin.lifecycle();
        long reported = twin.drift().lastReportedMicros();
        if (reported == Times.NONE || nowMicros - reported > horizonMicros()) {
            return DriftStatus.UNKNOWN;
        }
        if (drift.comparisonError()) {
            return DriftStatus.COMPARISON_ERROR;
        }
        Update update = lifecycle.update();
        boolean updating = update != null && update.inProgress() && !update.overdue(nowMicros);
        if (updating || lifecycle.phase() == LifecyclePhase.MAINTENANCE) {
            return DriftStatus.PROGRESSING;
        }
        return drift.total() > 0 ? DriftStatus.DRIFTED : DriftStatus.IN_SYNC;
    }

    /// The four parts of its trust, weighed.
    public TrustScore trust() {
        return TrustScore.of(
                twin.trust(),
                new TrustScore.Circumstances(
                        twin.identity().componentType(),
                        Fold.value(twin.drift().actualVersion()),
                        releases(),
                        catalogue.documents().holds(twin.trust().sbomHash()),
                        rules,
                        nowMicros));
    }

    /// What it raises in attention by itself.
    ///
    /// @param alerts of its facets as of now
    public List<Raised> raised(int alerts) {
        return new Alerts(this).raised(alerts);
    }

    /// What a cause that it raises looks like on it; null where it does not raise it.
    ///
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    public @Nullable Sighting sighting(Cause cause, long highestEpoch) {
        return new Sightings(this).of(cause, highestEpoch);
    }

    long horizonMicros() {
        return rules.horizonMicros(twin.connectivity().state());
    }

    /// Whether the twin leaves lists and counts unless asked for.
    public boolean decommissioned() {
        return twin.lifecycle().phase() == LifecyclePhase.DECOMMISSIONED;
    }

    /// The twin as answered, without `meta`.
    public JsonObject json() {
        TreeSink tree = new TreeSink();
        render(tree);
        return tree.build();
    }

    /// Puts every member of the twin as answered, without `meta`.
    public void render(JsonSink out) {
        TwinJson.render(this, out);
    }

    /// One member of the twin as answered, such as `drift`.
    public Json member(String name) {
        TreeSink tree = new TreeSink();
        new TwinJson(this, tree).put(name);
        return tree.build().value(0);
    }

    /// The drift analysis as answered, without `meta`.
    ///
    /// @param eventIds the id of the event at a reference
    public JsonObject driftJson(LongFunction<String> eventIds) {
        return new DriftJson(this, eventIds).render();
    }

    /// The trust index as answered, without `meta`.
    public JsonObject trustJson() {
        return new TrustJson(this).render();
    }

    /// What aggregates count of it.
    public Facets facets() {
        Connectivity connectivity = twin.connectivity();
        Lifecycle lifecycle = twin.lifecycle();
        DriftSummary drift = drift();
        TrustSummary trust = trustSummary();
        Update update = lifecycle.update();
        Replay replay = openReplay(connectivity);
        OperationalState operational = lifecycle.operational();
        String desired = Fold.value(twin.drift().desiredVersion());
        String actual = Fold.value(twin.drift().actualVersion());
        return new Facets(
                connectivity.state(),
                debtFromMicros(connectivity),
                connectivity.backlog(),
                replay == null ? 0 : Math.max(0, replay.processed()),
                replay == null ? 0 : Math.max(0, replay.total()),
                lifecycle.phase(),
                update == null ? null : update.state(),
                update != null && update.overdue(nowMicros),
                lifecycle.phase() == LifecyclePhase.MAINTENANCE,
                operational == null ? OperationalState.UNKNOWN : operational,
                status(drift),
                drift,
                trust,
                governor(),
                twin.drift().desiredEpoch(),
                new Alerts(this).mask(drift, trust.expiry()),
                Rollout.of(update, desired, actual, nowMicros),
                desired,
                actual);
    }

    /// What aggregates count of it, where it was counted before and nothing happened since but events
    /// that speak of its connection alone ([Fold#isOfConnection]), and no time passed that
    /// [#nextChangeMicros] told.
    ///
    /// @param standing what was counted before; also the answer where nothing differs
    public Facets facets(Facets standing) {
        Connectivity connectivity = twin.connectivity();
        Replay replay = openReplay(connectivity);
        long processed = replay == null ? 0 : Math.max(0, replay.processed());
        long total = replay == null ? 0 : Math.max(0, replay.total());
        DriftStatus status = status(standing.drift());
        int alerts = new Alerts(this).mask(standing.drift(), standing.trust().expiry());
        if (connectivity.state() == standing.connectivity()
                && debtFromMicros(connectivity) == standing.debtFromMicros()
                && connectivity.backlog() == standing.backlog()
                && processed == standing.replayProcessed()
                && total == standing.replayTotal()
                && status == standing.status()
                && alerts == standing.alerts()) {
            return standing;
        }
        return new Facets(
                connectivity.state(),
                debtFromMicros(connectivity),
                connectivity.backlog(),
                processed,
                total,
                standing.phase(),
                standing.update(),
                standing.overdue(),
                standing.inMaintenance(),
                standing.operational(),
                status,
                standing.drift(),
                standing.trust(),
                standing.governor(),
                standing.desiredEpoch(),
                alerts,
                standing.rollout(),
                standing.desiredVersion(),
                standing.actualVersion());
    }

    private static @Nullable Replay openReplay(Connectivity connectivity) {
        return connectivity.state() == ConnectivityState.REPLAYING ? connectivity.replay() : null;
    }

    private @Nullable String governor() {
        Domain governor = catalogue.governor(twin.identity().zone(), twin.identity().region());
        return governor == null ? null : governor.id();
    }

    private TrustSummary trustSummary() {
        TrustScore score = trust();
        return new TrustSummary(
                score.integrityState(),
                score.basisPoints(),
                Expiry.of(twin.trust().chain(), nowMicros));
    }

    private static long debtFromMicros(Connectivity connectivity) {
        if (connectivity.state() == ConnectivityState.LIVE) {
            return Facets.NO_DEBT;
        }
        long lastSync = connectivity.lastSyncMicros();
        return lastSync == Times.NONE ? Facets.UNKNOWN_DEBT : lastSync;
    }

    /// The first instant after now at which the facets may change by time alone, or
    /// `Long.MAX_VALUE`.
    public long nextChangeMicros() {
        Drift drift = twin.drift();
        long next = drift.nextExpiryMicros(nowMicros);
        Update update = twin.lifecycle().update();
        if (update != null && update.inProgress()) {
            next = earlier(next, update.deadlineMicros() + 1);
        }
        next = Math.min(next, nextConnectionChangeMicros());
        return Math.min(next, TrustScore.nextChangeMicros(twin.trust(), nowMicros));
    }

    /// The same, of what depends on the node's connection; events that speak of it alone leave the
    /// rest as it is.
    public long nextConnectionChangeMicros() {
        long next = new Alerts(this).nextChangeMicros();
        long reported = twin.drift().lastReportedMicros();
        return reported == Times.NONE ? next : earlier(next, reported + horizonMicros() + 1);
    }

    private long earlier(long next, long candidate) {
        return candidate > nowMicros ? Math.min(next, candidate) : next;
    }
}

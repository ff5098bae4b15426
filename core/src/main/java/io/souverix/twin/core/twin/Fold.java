package io.souverix.twin.core.twin;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.drift.ConfigComparison;
import io.souverix.twin.core.drift.Declared;
import io.souverix.twin.core.drift.Drift;
import io.souverix.twin.core.drift.Moment;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.LifecyclePhase;
import io.souverix.twin.core.event.Payload;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Twin.DesiredMark;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks a history: applies events to a twin in the order of [Event#ORDER], the annulled left out.
/// Reads no clock. Not thread-safe: it keeps what comparisons share.
public final class Fold {
    private final Rules rules;
    private final Sharing sharing;
    private final ConfigComparison comparison;
    private final long updateDeadlineMicros;

    public Fold(Rules rules, Sharing sharing) {
        this.rules = rules;
        this.sharing = sharing;
        this.comparison = new ConfigComparison(rules);
        this.updateDeadlineMicros = rules.updateDeadline().toNanos() / 1000;
    }

    public Rules rules() {
        return rules;
    }

    public Sharing sharing() {
        return sharing;
    }

    /// Applies the next event of the walk. An annulment changes nothing by itself: whoever holds the
    /// history leaves the annulled event out.
    ///
    /// @param reference where the event stands in the log
    public void apply(Twin twin, Event event, long reference) {
        if (event.payload() instanceof EventAnnulled) {
            return;
        }
        if (Alerts.isOwnWord(event.payload())) {
            twin.hear(event.timestampMicros());
        }
        boolean synced;
        if (isOfConnection(event.payload())) {
            synced = twin.connectivity().apply(event, sharing);
        } else {
            synced = applyWhole(twin, event, reference);
        }
        twin.relationships().apply(event, sharing);
        if (synced) {
            Drift drift = twin.drift();
            twin.markSync(
                    new DesiredMark(
                            drift.config().desiredTree(),
                            value(drift.policy().desired()),
                            value(drift.desiredVersion())));
        }
    }

    /// Has every aspect apply it, but for the edges.
    ///
    /// @return true where the node synced with it
    private boolean applyWhole(Twin twin, Event event, long reference) {
        Drift drift = twin.drift();
        String componentType = twin.identity().componentType();
        twin.identity(twin.identity().after(event, sharing));
        if (!Objects.equals(componentType, twin.identity().componentType())) {
            drift.componentTypeChanged();
            componentType = twin.identity().componentType();
        }
        boolean synced = twin.connectivity().apply(event, sharing);
        twin.lifecycle().apply(event, sharing, value(drift.actualVersion()), updateDeadlineMicros);
        drift.apply(
                event,
                new Moment(event.timestampMicros(), reference, comparison, sharing),
                componentType);
        twin.trust().apply(event, rules, sharing, componentType, value(drift.actualVersion()));
        twin.trust()
                .retired(
                        twin.lifecycle().phase() == LifecyclePhase.DECOMMISSIONED,
                        event.timestampMicros());
        return synced;
    }

    /// Whether an event speaks of nothing but how its node is connected, and to what: the rest of what
    /// is counted of the node stays as it is ([TwinView#facets(Facets)]).
    public static boolean isOfConnection(Payload payload) {
        return switch (payload) {
            case StateTransition transition -> transition.to() instanceof ConnectivityState;
            case ConnectionEstablished _,
                    ConnectionLost _,
                    ConnectivityReported _,
                    SyncCompleted _,
                    ReplayStarted _,
                    ReplayProgressed _,
                    ReplayCompleted _,
                    RelationshipAdded _,
                    RelationshipRemoved _,
                    LinkReported _,
                    Extension _ ->
                    true;
            case VersionDriftDetected _,
                    ConfigDriftDetected _,
                    PolicyDriftDetected _,
                    NodeRegistered _,
                    ProvisioningStarted _,
                    ProvisioningCompleted _,
                    HardwareReported _,
                    UpdateInitiated _,
                    UpdateCompleted _,
                    UpdateFailed _,
                    MaintenancePlanned _,
                    MaintenanceStarted _,
                    MaintenanceCompleted _,
                    DecommissioningStarted _,
                    DecommissioningCompleted _,
                    DesiredStateChanged _,
                    ActualStateReported _,
                    AttestationPerformed _,
                    CertificateRotated _,
                    TrustChainValidated _,
                    SbomUpdated _,
                    ClusterJoined _,
                    ClusterLeft _,
                    EventAnnulled _,
                    DomainRegistered _,
                    AuthorityClaimed _,
                    AuthorityReleased _,
                    FederationLinked _,
                    RegionSynced _,
                    ReleasePublished _ ->
                    false;
        };
    }

    public static @Nullable String value(@Nullable Declared register) {
        return register == null ? null : register.value();
    }
}

package io.souverix.twin.core.twin;

import io.souverix.twin.core.attention.Alert;
import io.souverix.twin.core.attention.Cause;
import io.souverix.twin.core.attention.Raised;
import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.connectivity.Replay;
import io.souverix.twin.core.drift.DriftSummary;
import io.souverix.twin.core.drift.Finding;
import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Payload;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.trust.Expiry;
import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.trust.Trust;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node raises in attention by itself, as seen at an instant (docs/twin.md). A decommissioned
/// node raises nothing.
final class Alerts {
    /// How long a replay may stand still.
    static final long STALL_MICROS = 1_800 * Times.MICROS_PER_SECOND;

    /// How long an irregular step is raised, while the state it led to stands.
    static final long IRREGULAR_MICROS = 86_400 * Times.MICROS_PER_SECOND;

    private static final long SOON_MICROS = 30 * 86_400 * Times.MICROS_PER_SECOND;

    private static final Alert[] ALERTS = Alert.values();

    private final TwinView view;
    private final Connectivity connectivity;
    private final long now;

    Alerts(TwinView view) {
        this.view = view;
        this.connectivity = view.twin().connectivity();
        this.now = view.nowMicros();
    }

    /// Whether an event is one that the node itself gives; the others are said about it.
    static boolean isOwnWord(Payload payload) {
        return !(payload instanceof DesiredStateChanged
                || payload instanceof UpdateInitiated
                || payload instanceof MaintenancePlanned
                || payload instanceof ConnectionLost
                || payload instanceof TrustChainValidated
                || payload instanceof EventAnnulled);
    }

    /// The rules that are raised, a bit each.
    int mask(DriftSummary drift, Expiry expiry) {
        if (view.decommissioned()) {
            return 0;
        }
        Update update = view.twin().lifecycle().update();
        Severity worst = drift.worst();
        int mask = 0;
        mask |= bit(Alert.CERTIFICATE_EXPIRED, expiry == Expiry.EXPIRED);
        mask |= bit(Alert.CERTIFICATE_EXPIRING, expiry == Expiry.SOON);
        mask |=
                bit(
                        Alert.ATTESTATION_FAILED,
                        view.twin().trust().attestation() == AttestationResult.FAILED);
        mask |= bit(Alert.DRIFT_CRITICAL, worst == Severity.CRITICAL);
        mask |= bit(Alert.DRIFT_HIGH, worst == Severity.HIGH);
        mask |= bit(Alert.IRREGULAR_TRANSITION, now < irregularUntil());
        mask |= bit(Alert.RETURN_OVERDUE, now > returnDue());
        mask |= bit(Alert.REPLAY_STALLED, now > replayDue());
        mask |= bit(Alert.SILENT, now > wordDue());
        mask |= bit(Alert.UPDATE_OVERDUE, update != null && update.overdue(now));
        return mask;
    }

    private static int bit(Alert alert, boolean raised) {
        return raised ? alert.bit() : 0;
    }

    /// Until when an irregular step is raised; [Times#NONE] where there was none.
    private long irregularUntil() {
        return connectivity.irregularFrom() == null
                ? Times.NONE
                : connectivity.sinceMicros() + IRREGULAR_MICROS;
    }

    /// When it should be back.
    private long returnDue() {
        long eta = connectivity.returnEtaMicros();
        return eta == Times.NONE ? Long.MAX_VALUE : eta;
    }

    /// When its replay should have gone on.
    private long replayDue() {
        Replay replay = connectivity.replay();
        boolean replaying = connectivity.state() == ConnectivityState.REPLAYING;
        return replaying && replay != null ? replay.movedMicros() + STALL_MICROS : Long.MAX_VALUE;
    }

    /// When something should have been heard of it.
    private long wordDue() {
        long heard = view.twin().heardMicros();
        return heard == Times.NONE || connectivity.away()
                ? Long.MAX_VALUE
                : heard + view.horizonMicros();
    }

    /// The first instant after now at which time alone may change the mask; those of certificates,
    /// drift and updates are known elsewhere.
    long nextChangeMicros() {
        long next = Long.MAX_VALUE;
        for (long due : new long[] {returnDue(), replayDue(), wordDue()}) {
            next = due != Long.MAX_VALUE && due >= now ? Math.min(next, due + 1) : next;
        }
        long until = irregularUntil();
        return until > now ? Math.min(next, until) : next;
    }

    /// What is raised, of the rules that a node raises by itself.
    ///
    /// @param mask as [#mask] gives it
    List<Raised> raised(int mask) {
        List<Raised> raised = new ArrayList<>(1);
        for (Alert alert : ALERTS) {
            if ((mask & alert.bit()) != 0) {
                raised.add(raised(alert));
            }
        }
        return raised;
    }

    private Raised raised(Alert alert) {
        long since = connectivity.sinceMicros();
        return switch (alert) {
            case CERTIFICATE_EXPIRED, CERTIFICATE_EXPIRING -> {
                Link leaf = leaf();
                long until = leaf.validUntilMicros();
                yield raised(
                        alert,
                        alert == Alert.CERTIFICATE_EXPIRED ? until : until - SOON_MICROS,
                        new JsonObject.Builder().put("issuer", leaf.issuer()));
            }
            case ATTESTATION_FAILED -> {
                Trust trust = view.twin().trust();
                yield raised(
                        alert, trust.attestedMicros(), zone().put("verifier", trust.verifier()));
            }
            case DRIFT_CRITICAL, DRIFT_HIGH -> {
                Finding worst = worst();
                yield raised(
                        alert,
                        worst.sinceMicros(),
                        new JsonObject.Builder()
                                .put("path", worst.path())
                                .put("desired", Json.orNull(worst.desired()))
                                .put("actual", Json.orNull(worst.actual())));
            }
            case IRREGULAR_TRANSITION -> {
                JsonObject.Builder step =
                        zone().put("from", TwinJson.word(connectivity.irregularFrom()))
                                .put("to", TwinJson.word(connectivity.state()));
                yield together(alert, since, since, step);
            }
            case RETURN_OVERDUE -> together(alert, returnDue(), since, zone());
            case REPLAY_STALLED -> together(alert, replayDue(), replayDue() - STALL_MICROS, zone());
            case SILENT -> together(alert, wordDue(), view.twin().heardMicros(), zone());
            case UPDATE_OVERDUE -> {
                Update update = update();
                yield raised(
                        alert,
                        update.deadlineMicros(),
                        new JsonObject.Builder()
                                .put("campaign", update.campaign())
                                .put("target_version", update.targetVersion()));
            }
            case EPOCH_AHEAD, AUTHORITY_CONFLICT, CLOCK_OFF ->
                    throw new IllegalStateException(alert + " is not raised by a node itself");
        };
    }

    private static Raised raised(Alert alert, long since, JsonObject.Builder cause) {
        return together(alert, since, Times.NONE, cause);
    }

    private static Raised together(
            Alert alert, long since, long happened, JsonObject.Builder cause) {
        return new Raised(new Cause(alert, cause.build()), since, happened);
    }

    /// That one of the rules is raised that a node raises by itself, or `epoch_ahead`; null where it is
    /// not.
    ///
    /// @param highestEpoch the highest epoch that was ever claimed anywhere, or -1
    @Nullable Raised raised(Alert alert, long highestEpoch) {
        Facets counted = view.facets();
        if (alert == Alert.EPOCH_AHEAD) {
            boolean ahead = counted.isAhead(highestEpoch);
            return ahead ? Raised.epochAhead(counted.desiredEpoch()) : null;
        }
        return (counted.alerts() & alert.bit()) == 0 ? null : raised(alert);
    }

    private JsonObject.Builder zone() {
        String zone = view.twin().identity().zone();
        return new JsonObject.Builder().put("zone", zone == null ? "unassigned" : zone);
    }

    /// The end of its chain of certificates.
    Link leaf() {
        return view.twin().trust().chain().getFirst();
    }

    /// The first of the worst findings.
    Finding worst() {
        Finding worst = null;
        for (Finding finding : view.twin().drift().findings(view.versions(), now)) {
            if (worst == null || finding.severity().compareTo(worst.severity()) > 0) {
                worst = finding;
            }
        }
        if (worst == null) {
            throw new IllegalStateException("high drift without a finding");
        }
        return worst;
    }

    Update update() {
        Update update = view.twin().lifecycle().update();
        if (update == null) {
            throw new IllegalStateException("an overdue update that is none");
        }
        return update;
    }
}

package io.souverix.twin.core.attention;

import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Worded;
import java.util.List;

/// A rule of attention, with what it weighs. Those a node raises by itself come first, and have a bit
/// each.
public enum Alert implements Worded {
    CERTIFICATE_EXPIRED(
            "certificate_expired",
            Severity.HIGH,
            "certificate expired",
            EventType.CERTIFICATE_ROTATED),
    CERTIFICATE_EXPIRING(
            "certificate_expiring",
            Severity.MEDIUM,
            "certificate expires soon",
            EventType.CERTIFICATE_ROTATED),
    ATTESTATION_FAILED(
            "attestation_failed",
            Severity.CRITICAL,
            "failed attestation",
            EventType.ATTESTATION_PERFORMED),
    DRIFT_CRITICAL("drift_critical", Severity.CRITICAL, "drifted critically"),
    DRIFT_HIGH("drift_high", Severity.HIGH, "drifted highly"),
    IRREGULAR_TRANSITION(
            "irregular_transition",
            Severity.LOW,
            "changed state irregularly",
            EventType.STATE_TRANSITION,
            EventType.CONNECTION_ESTABLISHED,
            EventType.CONNECTION_LOST,
            EventType.REPLAY_STARTED,
            EventType.REPLAY_COMPLETED),
    RETURN_OVERDUE(
            "return_overdue",
            Severity.HIGH,
            "lost, not back when expected",
            EventType.STATE_TRANSITION,
            EventType.CONNECTION_LOST),
    REPLAY_STALLED(
            "replay_stalled",
            Severity.MEDIUM,
            "stalled in replay",
            EventType.STATE_TRANSITION,
            EventType.REPLAY_STARTED,
            EventType.REPLAY_PROGRESSED),
    SILENT("silent", Severity.MEDIUM, "fell silent"),
    UPDATE_OVERDUE("update_overdue", Severity.MEDIUM, "update overdue", EventType.UPDATE_INITIATED),
    EPOCH_AHEAD(
            "epoch_ahead",
            Severity.HIGH,
            "desired under an epoch nobody claimed",
            EventType.DESIRED_STATE_CHANGED,
            EventType.UPDATE_INITIATED,
            EventType.PROVISIONING_STARTED,
            EventType.VERSION_DRIFT_DETECTED,
            EventType.CONFIG_DRIFT_DETECTED,
            EventType.POLICY_DRIFT_DETECTED),
    AUTHORITY_CONFLICT("authority_conflict", Severity.CRITICAL, "claimed by several masters"),
    CLOCK_OFF("clock_off", Severity.MEDIUM, "clock is off");

    private final String word;
    private final Severity severity;
    private final String phrase;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<EventType> told;

    Alert(String word, Severity severity, String phrase, EventType... told) {
        this.word = word;
        this.severity = severity;
        this.phrase = phrase;
        this.told = List.of(told);
    }

    @Override
    public String word() {
        return word;
    }

    public Severity severity() {
        return severity;
    }

    /// What it says of a node, for people.
    public String phrase() {
        return phrase;
    }

    /// The types of events that tell it; empty for any.
    public List<EventType> told() {
        return told;
    }

    /// The bit of a rule in what a node raises.
    public int bit() {
        return 1 << ordinal();
    }
}

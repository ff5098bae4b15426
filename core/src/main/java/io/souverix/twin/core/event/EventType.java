package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Subject.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The catalogue: every event type with its number in the log (never reused), its name, and what it
/// may be about.
public enum EventType implements Worded {
    EXTENSION(0, "x_", null),
    STATE_TRANSITION(1, "state_transition"),
    VERSION_DRIFT_DETECTED(2, "version_drift_detected"),
    CONFIG_DRIFT_DETECTED(3, "config_drift_detected"),
    POLICY_DRIFT_DETECTED(4, "policy_drift_detected"),
    NODE_REGISTERED(5, "node_registered"),
    PROVISIONING_STARTED(6, "provisioning_started"),
    PROVISIONING_COMPLETED(7, "provisioning_completed"),
    HARDWARE_REPORTED(8, "hardware_reported"),
    UPDATE_INITIATED(9, "update_initiated"),
    UPDATE_COMPLETED(10, "update_completed"),
    UPDATE_FAILED(11, "update_failed"),
    MAINTENANCE_PLANNED(12, "maintenance_planned"),
    MAINTENANCE_STARTED(13, "maintenance_started"),
    MAINTENANCE_COMPLETED(14, "maintenance_completed"),
    DECOMMISSIONING_STARTED(15, "decommissioning_started"),
    DECOMMISSIONING_COMPLETED(16, "decommissioning_completed"),
    DESIRED_STATE_CHANGED(17, "desired_state_changed"),
    ACTUAL_STATE_REPORTED(18, "actual_state_reported"),
    CONNECTION_ESTABLISHED(19, "connection_established"),
    CONNECTION_LOST(20, "connection_lost"),
    CONNECTIVITY_REPORTED(21, "connectivity_reported"),
    SYNC_COMPLETED(22, "sync_completed"),
    REPLAY_STARTED(23, "replay_started"),
    REPLAY_PROGRESSED(24, "replay_progressed"),
    REPLAY_COMPLETED(25, "replay_completed"),
    ATTESTATION_PERFORMED(26, "attestation_performed"),
    CERTIFICATE_ROTATED(27, "certificate_rotated"),
    TRUST_CHAIN_VALIDATED(28, "trust_chain_validated"),
    SBOM_UPDATED(29, "sbom_updated"),
    RELATIONSHIP_ADDED(30, "relationship_added"),
    RELATIONSHIP_REMOVED(31, "relationship_removed"),
    LINK_REPORTED(32, "link_reported"),
    CLUSTER_JOINED(33, "cluster_joined"),
    CLUSTER_LEFT(34, "cluster_left"),
    EVENT_ANNULLED(35, "event_annulled", null),
    DOMAIN_REGISTERED(36, "domain_registered", Kind.DOMAIN),
    AUTHORITY_CLAIMED(37, "authority_claimed", Kind.DOMAIN),
    AUTHORITY_RELEASED(38, "authority_released", Kind.DOMAIN),
    FEDERATION_LINKED(39, "federation_linked", Kind.DOMAIN),
    REGION_SYNCED(40, "region_synced", Kind.DOMAIN),
    RELEASE_PUBLISHED(41, "release_published", Kind.COMPONENT);

    /// How many characters the name of an `x_` type may have.
    static final int MAX_NAME_LENGTH = 128;

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(t -> t.word, Function.identity()));
    private static final EventType[] BY_CODE = byCode();
    private static final EventType[][] BY_LENGTH = byLength();

    private final int code;
    private final String word;
    private final @Nullable Kind subject;

    EventType(int code, String word) {
        this(code, word, Kind.NODE);
    }

    EventType(int code, String word, @Nullable Kind subject) {
        this.code = code;
        this.word = word;
        this.subject = subject;
    }

    private static EventType[] byCode() {
        EventType[] types = new EventType[values().length];
        for (EventType type : values()) {
            types[type.code] = type;
        }
        return types;
    }

    private static EventType[][] byLength() {
        Map<Integer, List<EventType>> types =
                Arrays.stream(values())
                        .filter(type -> type != EXTENSION)
                        .collect(Collectors.groupingBy(type -> type.word.length()));
        EventType[][] byLength = new EventType[Collections.max(types.keySet()) + 1][];
        Arrays.setAll(
                byLength,
                length -> types.getOrDefault(length, List.of()).toArray(EventType[]::new));
        return byLength;
    }

    /// The type of that name, or null where the catalogue has none.
    public static @Nullable EventType named(String name) {
        if (name.startsWith("x_")) {
            return isExtensionName(name) ? EXTENSION : null;
        }
        return BY_NAME.get(name);
    }

    /// The type of the catalogue that these ASCII bytes name, or null where they name none.
    static @Nullable EventType named(byte[] bytes, int from, int length) {
        for (EventType type : length < BY_LENGTH.length ? BY_LENGTH[length] : BY_LENGTH[0]) {
            if (type.isAt(bytes, from)) {
                return type;
            }
        }
        return null;
    }

    private boolean isAt(byte[] bytes, int from) {
        // From the end: fewer names are alike there.
        for (int i = word.length() - 1; i >= 0; i--) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExtensionName(String name) {
        return name.length() > 2
                && name.length() <= MAX_NAME_LENGTH
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    static EventType ofCode(int code) {
        return BY_CODE[code];
    }

    /// The number of the type in the log.
    public int code() {
        return code;
    }

    /// The name; `x_` for [#EXTENSION], whose events carry their own.
    @Override
    public String word() {
        return word;
    }

    /// The one kind of subject its events are about, or null where they may be about any.
    public @Nullable Kind subject() {
        return subject;
    }
}

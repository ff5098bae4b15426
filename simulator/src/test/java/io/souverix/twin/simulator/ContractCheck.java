package io.souverix.twin.simulator;

import static io.souverix.twin.simulator.StrictJson.object;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The catalogue of events as a table, written from the contract alone: for every type its
/// subject, and each payload field with its kind. A field is required unless it ends in `?`.
///
/// Kinds: `text`, `int`, `number`, `flag`, `time`, `list`, `object`, `node`, `any`, a set of words
/// as `a|b|c`.
final class ContractCheck {
    private static final Set<String> ENVELOPE =
            Set.of(
                    "id",
                    "timestamp",
                    "node_id",
                    "domain_id",
                    "component",
                    "event_type",
                    "payload",
                    "source",
                    "sequence",
                    "epoch");

    private static final String STATES =
            "live|delayed|edge-cached|autonomous|disconnected|returning|replaying"
                    + "|provisioning|active|maintenance|decommissioning|decommissioned"
                    + "|ok|degraded|failed|quarantined|unknown";

    private static final String CATALOGUE =
            """
            node state_transition to:STATES from?:STATES reason?:text dimension?:connectivity|lifecycle|operational latency_ms?:int sync_interval?:any backlog?:int return_eta?:any
            node version_drift_detected component:text desired:text actual:text severity?:text impact?:text
            node config_drift_detected details:list
            node policy_drift_detected policy_version:text actual_version:text compliance_score?:number violations?:int
            node node_registered component_type:text region:text zone:text clusters?:list trust_domain?:text name?:text hardware?:object supply_chain?:object
            node provisioning_started component_type?:text region?:text zone?:text clusters?:list trust_domain?:text name?:text hardware?:object supply_chain?:object desired_version?:text
            node provisioning_completed
            node hardware_reported serial?:text manufacturing_origin?:text batch_id?:text firmware_version?:text firmware_signature?:text
            node update_initiated target_version:text from_version?:text campaign?:text wave?:any deadline?:any
            node update_completed version:text image_provenance?:text sbom_hash?:text
            node update_failed version:text reason:text
            node maintenance_planned window_start:time window_end:time reason?:text
            node maintenance_started reason?:text window_end?:time
            node maintenance_completed
            node decommissioning_started reason?:text
            node decommissioning_completed
            node desired_state_changed software_version?:text policy_version?:text config?:object config_changes?:object
            node actual_state_reported software_version?:text policy_version?:text firmware_version?:text config?:object config_changes?:object compliance?:object image_provenance?:text sbom_hash?:text health?:text last_applied?:time
            node connection_established latency_ms?:int reason?:text
            node connection_lost mode?:autonomous|disconnected reason?:text return_eta?:any
            node connectivity_reported latency_ms?:int loss_pct?:number backlog?:int backlog_by_type?:object backlog_by_priority?:object oldest_message?:time sync_interval?:any
            node sync_completed latency_ms?:int
            node replay_started total:int eta?:any
            node replay_progressed processed:int total:int eta?:any
            node replay_completed processed?:int latency_ms?:int
            node attestation_performed result:verified|failed|stale|unverified verifier?:text evidence?:any claims?:object
            node certificate_rotated certificate_chain:list
            node trust_chain_validated result:valid|invalid reason?:text
            node sbom_updated component:text version:text sbom_hash:text provenance?:text dependencies?:list envelope?:object
            node relationship_added to:node type:word attributes?:object
            node relationship_removed to:node type:word
            node link_reported to:node type:word health:ok|degraded|down latency_ms?:int loss_pct?:number
            node cluster_joined cluster:text
            node cluster_left cluster:text
            node event_annulled event_id:text event_timestamp:time reason:text
            domain domain_registered kind:region|zone|trust_domain parent?:text name?:text
            domain authority_claimed level:global|regional|local|autonomous master:text autonomy?:object
            domain authority_released master:text
            domain federation_linked upstream:text mode?:continuous|opportunistic|push frequency?:any
            domain region_synced upstream?:text messages?:int backlog?:int
            component release_published version:text sbom_hash?:text security?:flag advisories?:list
            """
                    .replace("STATES", STATES);

    private static final Map<String, Shape> SHAPES = shapes();
    private static final Pattern ID = Pattern.compile("[!-~]{1,128}");
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");
    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1L << 53);

    private ContractCheck() {}

    private record Shape(String subject, Map<String, String> kinds, Set<String> required) {}

    static Set<String> types() {
        return SHAPES.keySet();
    }

    /// Throws with what was found and expected when the event breaks the contract.
    static void check(Map<String, Object> event) {
        require(ENVELOPE.containsAll(event.keySet()), "no other fields", event);
        String type = text(event.get("event_type"), event);
        require(ID.matcher(text(event.get("id"), event)).matches(), "an id", event);
        require(kind("time", event.get("timestamp")), "a timestamp", event);
        require(
                !event.containsKey("source") || kind("text", event.get("source")),
                "a source",
                event);
        require(
                !event.containsKey("sequence") || kind("int", event.get("sequence")),
                "sequence",
                event);
        require(!event.containsKey("epoch") || kind("int", event.get("epoch")), "epoch", event);
        Map<String, Object> payload = object(event.get("payload"));
        if (type.startsWith("x_")) {
            subject("node", event);
            return;
        }
        Shape shape = SHAPES.get(type);
        if (shape == null) {
            throw wrong("a type of the catalogue", event);
        }
        subject(shape.subject, event);
        require(payload.keySet().containsAll(shape.required), "fields " + shape.required, event);
        payload.forEach((name, value) -> {
            String kind = shape.kinds.getOrDefault(name, "not of the catalogue");
            require(kind(kind, value), name + " as " + kind, event);
        });
        details(type, payload, event);
    }

    private static void subject(String wanted, Map<String, Object> event) {
        String field = wanted.equals("component") ? "component" : wanted + "_id";
        require(SUBJECT.matcher(text(event.get(field), event)).matches(), "a subject", event);
        long subjects =
                List.of("node_id", "domain_id", "component").stream()
                        .filter(event::containsKey)
                        .count();
        require(subjects == 1, "one subject", event);
    }

    private static void details(
            String type, Map<String, Object> payload, Map<String, Object> event) {
        switch (type) {
            case "config_drift_detected" ->
                    each(payload, "details", event, Set.of("field", "desired", "actual"));
            case "certificate_rotated" ->
                    each(
                            payload,
                            "certificate_chain",
                            event,
                            Set.of("issuer", "subject", "valid_until"));
            case "sbom_updated" -> each(payload, "dependencies", event, Set.of("name", "version"));
            case "release_published" -> {
                if (payload.containsKey("advisories")) {
                    each(payload, "advisories", event, Set.of("id"));
                }
            }
            case "desired_state_changed",
                    "actual_state_reported",
                    "hardware_reported",
                    "connectivity_reported" ->
                    require(!payload.isEmpty(), "any of its fields", event);
            default -> {}
        }
        if (payload.containsKey("compliance")) {
            require(
                    object(payload.get("compliance"))
                            .keySet()
                            .containsAll(Set.of("passed", "failed")),
                    "counts",
                    event);
        }
    }

    private static void each(
            Map<String, Object> payload,
            String name,
            Map<String, Object> event,
            Set<String> fields) {
        List<?> list = (List<?>) payload.getOrDefault(name, List.of());
        require(!list.isEmpty(), "a list " + name, event);
        list.forEach(one ->
                require(object(one).keySet().containsAll(fields), "fields " + fields, event));
    }

    private static boolean kind(String kind, @Nullable Object value) {
        return switch (kind) {
            case "text" -> value instanceof String s && !s.isEmpty() && s.length() <= 256;
            case "int" ->
                    value instanceof BigDecimal n
                            && n.signum() >= 0
                            && n.stripTrailingZeros().scale() <= 0
                            && n.compareTo(LARGEST) <= 0;
            case "number" -> value instanceof BigDecimal;
            case "flag" -> value instanceof Boolean;
            case "list" -> value instanceof List;
            case "object" -> value instanceof Map;
            case "node" -> value instanceof String s && SUBJECT.matcher(s).matches();
            case "word" -> value instanceof String s && WORD.matcher(s).matches();
            case "time" -> value instanceof String s && time(s);
            case "any" -> !(value instanceof StrictJson.Word);
            default -> value instanceof String s && Arrays.asList(kind.split("\\|")).contains(s);
        };
    }

    private static boolean time(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static String text(@Nullable Object value, Map<String, Object> event) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong("a string", event);
    }

    private static void require(boolean holds, String expected, Map<String, Object> event) {
        if (!holds) {
            throw wrong(expected, event);
        }
    }

    private static IllegalArgumentException wrong(String expected, Map<String, Object> event) {
        return new IllegalArgumentException("expected " + expected + " in " + event);
    }

    private static Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new HashMap<>();
        CATALOGUE
                .lines()
                .forEach(line -> {
                    String[] words = line.split(" ");
                    Map<String, String> kinds = new HashMap<>();
                    Set<String> required = new HashSet<>();
                    for (String field : Arrays.asList(words).subList(2, words.length)) {
                        String name = field.substring(0, field.indexOf(':'));
                        if (!name.endsWith("?")) {
                            required.add(name);
                        }
                        kinds.put(name.replace("?", ""), field.substring(field.indexOf(':') + 1));
                    }
                    shapes.put(words[1], new Shape(words[0], kinds, required));
                });
        return shapes;
    }
}

package io.souverix.twin.core.event;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The events as JSON Schema (draft 2020-12): what a schema can say of what [EventReader] takes. What
/// it cannot say stands in docs/events.md: paths that overlap, states of different dimensions, times to
/// come.
public final class EventSchema {
    /// The fields of each type: `name:kind`, required where `!` stands at the end.
    private static final Map<EventType, String> FIELDS = new EnumMap<>(EventType.class);

    private static final String REGISTRATION =
            " clusters:texts trust_domain:id name:text hardware:{hardware}"
                    + " supply_chain:{supply_chain}";
    private static final String EDGE = "to:id! type:edge!";
    private static final String CONFIG = "config:object config_changes:object";
    private static final Map<String, String> RECORDS =
            Map.of(
                    "hardware",
                    "serial:text manufacturing_origin:text batch_id:text firmware_version:text"
                            + " firmware_signature:text",
                    "supply_chain",
                    "hardware_metadata:any manufacturing_batch:any software_provenance:any",
                    "field_drift",
                    "field:text! desired:any! actual:any!",
                    "certificate",
                    "issuer:text! subject:text! valid_from:time valid_until:time! signature:text"
                            + " pem:text",
                    "dependency",
                    "name:text! version:text! purl:text",
                    "advisory",
                    "id:text! severity:severity cvss:to10 known_exploited:truth",
                    "autonomy",
                    "can_operate_isolated:truth can_modify_policies:truth can_deploy_versions:truth",
                    "counts",
                    "passed:count! failed:count! not_applicable:count unevaluable:count",
                    "given",
                    "score:to1 violations:count");

    private EventSchema() {}

    static {
        put(EventType.EXTENSION, "");
        put(
                EventType.STATE_TRANSITION,
                "to:state! from:state reason:text dimension:dimension latency_ms:number"
                        + " sync_interval:duration backlog:count return_eta:moment");
        put(
                EventType.VERSION_DRIFT_DETECTED,
                "component:text! desired:text! actual:text! severity:text impact:text");
        put(EventType.CONFIG_DRIFT_DETECTED, "details:[field_drift]!");
        put(
                EventType.POLICY_DRIFT_DETECTED,
                "policy_version:text! actual_version:text! compliance_score:to1 violations:count");
        put(EventType.NODE_REGISTERED, "component_type:id! region:id! zone:id!" + REGISTRATION);
        put(
                EventType.PROVISIONING_STARTED,
                "component_type:id region:id zone:id desired_version:text" + REGISTRATION);
        put(EventType.PROVISIONING_COMPLETED, "");
        put(EventType.HARDWARE_REPORTED, record("hardware"));
        put(
                EventType.UPDATE_INITIATED,
                "target_version:text! from_version:text campaign:text wave:wave deadline:moment");
        put(EventType.UPDATE_COMPLETED, "version:text! image_provenance:text sbom_hash:text");
        put(EventType.UPDATE_FAILED, "version:text! reason:text!");
        put(EventType.MAINTENANCE_PLANNED, "window_start:time! window_end:time! reason:text");
        put(EventType.MAINTENANCE_STARTED, "reason:text window_end:time");
        put(EventType.MAINTENANCE_COMPLETED, "");
        put(EventType.DECOMMISSIONING_STARTED, "reason:text");
        put(EventType.DECOMMISSIONING_COMPLETED, "");
        put(EventType.DESIRED_STATE_CHANGED, "software_version:text policy_version:text " + CONFIG);
        put(
                EventType.ACTUAL_STATE_REPORTED,
                "software_version:text policy_version:text firmware_version:text "
                        + CONFIG
                        + " compliance:compliance image_provenance:text sbom_hash:text health:text"
                        + " last_applied:time");
        put(EventType.CONNECTION_ESTABLISHED, "latency_ms:number reason:text");
        put(EventType.CONNECTION_LOST, "mode:mode reason:text return_eta:moment");
        put(
                EventType.CONNECTIVITY_REPORTED,
                "latency_ms:number loss_pct:to100 backlog:count backlog_by_type:object"
                        + " backlog_by_priority:object oldest_message:time sync_interval:duration");
        put(EventType.SYNC_COMPLETED, "latency_ms:number");
        put(EventType.REPLAY_STARTED, "total:count! eta:moment");
        put(EventType.REPLAY_PROGRESSED, "processed:count! total:count! eta:moment");
        put(EventType.REPLAY_COMPLETED, "processed:count latency_ms:number backlog:count");
        put(
                EventType.ATTESTATION_PERFORMED,
                "result:attestation! verifier:text evidence:any claims:object");
        put(EventType.CERTIFICATE_ROTATED, "certificate_chain:[certificate]!");
        put(EventType.TRUST_CHAIN_VALIDATED, "result:verdict! reason:text");
        put(
                EventType.SBOM_UPDATED,
                "component:id! version:text! sbom_hash:text! provenance:text"
                        + " dependencies:[dependency] envelope:object");
        put(EventType.RELATIONSHIP_ADDED, EDGE + " attributes:object");
        put(EventType.RELATIONSHIP_REMOVED, EDGE);
        put(EventType.LINK_REPORTED, EDGE + " health:health! latency_ms:number loss_pct:to100");
        put(EventType.CLUSTER_JOINED, "cluster:text!");
        put(EventType.CLUSTER_LEFT, "cluster:text!");
        put(EventType.EVENT_ANNULLED, "event_id:text! event_timestamp:time! reason:text!");
        put(EventType.DOMAIN_REGISTERED, "kind:domain_kind! parent:id name:text");
        put(EventType.AUTHORITY_CLAIMED, "level:level! master:text! autonomy:{autonomy}");
        put(EventType.AUTHORITY_RELEASED, "master:text!");
        put(EventType.FEDERATION_LINKED, "upstream:text! mode:federation frequency:duration");
        put(EventType.REGION_SYNCED, "upstream:text messages:count backlog:count");
        put(
                EventType.RELEASE_PUBLISHED,
                "version:text! sbom_hash:text security:truth advisories:[advisory]");
    }

    private static void put(EventType type, String fields) {
        FIELDS.put(type, fields);
    }

    private static String record(String name) {
        return Objects.requireNonNull(RECORDS.get(name));
    }

    /// The schema of the events of a type, the whole envelope.
    public static JsonObject of(EventType type) {
        JsonObject.Builder members = new JsonObject.Builder();
        members.put("id", json("{'type':'string','pattern':'^[!-~]{1,128}$'}"));
        members.put("timestamp", kind("time"));
        List<String> subjects = new ArrayList<>();
        for (Subject.Kind kind : Subject.Kind.values()) {
            if (type.subject() == null || type.subject() == kind) {
                members.put(kind.member(), kind("id"));
                subjects.add(kind.member());
            }
        }
        members.put("event_type", name(type));
        members.put("payload", object(fields(type)));
        members.put("source", orNull("source"));
        members.put("sequence", orNull("count"));
        members.put("epoch", orNull("count"));
        JsonObject.Builder schema =
                new JsonObject.Builder()
                        .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                        .put("$id", "urn:souverix:twin:event:" + id(type))
                        .put("title", id(type))
                        .put("type", "object")
                        .put("required", required(subjects))
                        .put("properties", members.build())
                        .put("additionalProperties", false);
        if (subjects.size() > 1) {
            List<Json> one = new ArrayList<>();
            subjects.forEach(member -> one.add(json("{'required':['" + member + "']}")));
            schema.put("oneOf", new JsonArray(one));
        }
        return schema.build();
    }

    /// The name a type's schema is asked for by.
    public static String id(EventType type) {
        return type == EventType.EXTENSION ? "x_" : type.word();
    }

    private static Json name(EventType type) {
        return type == EventType.EXTENSION
                ? json("{'type':'string','pattern':'^x_[!-~]{1,126}$'}")
                : new JsonObject.Builder().put("const", type.word()).build();
    }

    private static Json required(List<String> subjects) {
        List<String> names = new ArrayList<>(List.of("id", "timestamp", "event_type", "payload"));
        if (subjects.size() == 1) {
            names.add(subjects.getFirst());
        }
        return Json.strings(names);
    }

    /// A field of a payload.
    ///
    /// @param kind as [#FIELDS] names it
    record Field(String name, String kind, boolean required) {}

    static List<Field> fields(EventType type) {
        return parse(Objects.requireNonNull(FIELDS.get(type)));
    }

    private static List<Field> parse(String fields) {
        return Stream.of(fields.strip().split(" +"))
                .filter(field -> !field.isEmpty())
                .map(field -> {
                    boolean required = field.endsWith("!");
                    int colon = field.indexOf(':');
                    int end = field.length() - (required ? 1 : 0);
                    return new Field(
                            field.substring(0, colon), field.substring(colon + 1, end), required);
                })
                .toList();
    }

    private static JsonObject object(List<Field> fields) {
        JsonObject.Builder properties = new JsonObject.Builder();
        List<String> required = new ArrayList<>();
        for (Field field : fields) {
            properties.put(
                    field.name(), field.required() ? kind(field.kind()) : orNull(field.kind()));
            if (field.required()) {
                required.add(field.name());
            }
        }
        return new JsonObject.Builder()
                .put("type", "object")
                .put("required", Json.strings(required))
                .put("properties", properties.build())
                .build();
    }

    /// `null` in an optional field means absent.
    private static Json orNull(String kind) {
        return kind.equals("any")
                ? kind(kind)
                : new JsonObject.Builder()
                        .put("anyOf", new JsonArray(List.of(kind(kind), json("{'type':'null'}"))))
                        .build();
    }

    private static Json kind(String kind) {
        if (kind.startsWith("{")) {
            return object(parse(record(kind.substring(1, kind.length() - 1))));
        }
        if (kind.startsWith("[")) {
            String element = kind.substring(1, kind.length() - 1);
            int most =
                    element.equals("certificate")
                            ? PayloadReader.MAX_CHAIN
                            : PayloadReader.MAX_ELEMENTS;
            return new JsonObject.Builder()
                    .put("type", "array")
                    .put("maxItems", most)
                    .put("items", object(parse(record(element))))
                    .build();
        }
        return switch (kind) {
            case "any" -> JsonObject.EMPTY;
            case "text" -> json("{'type':'string','minLength':1}");
            case "texts" ->
                    json(
                            "{'type':'array','maxItems':10000,"
                                    + "'items':{'type':'string','minLength':1}}");
            case "id" -> json("{'type':'string','pattern':'^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$'}");
            case "source" -> json("{'type':'string','minLength':1,'maxLength':256}");
            case "edge" -> json("{'type':'string','pattern':'^[a-z_]{1,64}$'}");
            case "object" -> json("{'type':'object'}");
            case "truth" -> json("{'type':'boolean'}");
            case "time" -> json("{'type':'string','format':'date-time'}");
            case "count" -> json("{'type':'integer','minimum':0,'maximum':9007199254740992}");
            case "number" -> json("{'type':'number','minimum':0,'maximum':9007199254740992}");
            case "to1" -> json("{'type':'number','minimum':0,'maximum':1}");
            case "to10" -> json("{'type':'number','minimum':0,'maximum':10}");
            case "to100" -> json("{'type':'number','minimum':0,'maximum':100}");
            case "duration" -> json("{'anyOf':[" + DURATION + "]}");
            case "moment" ->
                    json("{'anyOf':[{'type':'string','format':'date-time'}," + DURATION + "]}");
            case "wave" -> anyOf("string", "count");
            case "string" -> json("{'type':'string'}");
            case "compliance" -> anyOf("{counts}", "{given}");
            default -> words(kind);
        };
    }

    private static final String DURATION =
            "{'type':'string','pattern':'^(?=[0-9])([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$'},"
                    + "{'type':'number','minimum':0}";

    private static Json anyOf(String... kinds) {
        List<Json> alternatives = new ArrayList<>();
        for (String kind : kinds) {
            alternatives.add(kind(kind));
        }
        return new JsonObject.Builder().put("anyOf", new JsonArray(alternatives)).build();
    }

    private static Json words(String kind) {
        Worded[] values =
                switch (kind) {
                    case "state" ->
                            Stream.of(
                                            ConnectivityState.values(),
                                            LifecyclePhase.values(),
                                            OperationalState.values())
                                    .flatMap(Arrays::stream)
                                    .toArray(Worded[]::new);
                    case "severity" -> Severity.values();
                    case "attestation" -> AttestationResult.values();
                    case "health" -> LinkHealth.values();
                    case "domain_kind" -> DomainKind.values();
                    case "level" -> AuthorityLevel.values();
                    case "federation" -> FederationMode.values();
                    case "mode" ->
                            new Worded[] {
                                ConnectivityState.AUTONOMOUS, ConnectivityState.DISCONNECTED
                            };
                    default -> new Worded[0];
                };
        List<String> words =
                switch (kind) {
                    case "dimension" -> List.of("connectivity", "lifecycle", "operational");
                    case "verdict" -> List.of("valid", "invalid");
                    default -> Stream.of(values).map(Worded::word).toList();
                };
        if (words.isEmpty()) {
            throw new IllegalStateException("no kind: " + kind);
        }
        return new JsonObject.Builder().put("enum", Json.strings(words)).build();
    }

    private static Json json(String text) {
        try {
            return new JsonReader().read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (JsonFault e) {
            throw new IllegalStateException(text, e);
        }
    }
}

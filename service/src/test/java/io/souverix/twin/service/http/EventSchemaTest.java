package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.event.EventSchema;
import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The schemas of events and the reader of events take and refuse alike, where a schema can say it.
final class EventSchemaTest {
    private static final EventReader READER = new EventReader();

    private static boolean isRead(Json event) {
        return READER.readNative(event) instanceof Result.Accepted;
    }

    private static boolean isInSchema(EventType type, Json event) {
        Map<?, ?> schema = (Map<?, ?>) plain(EventSchema.of(type));
        return new Schemas(Map.of()).faults(Objects.requireNonNull(schema), event).isEmpty();
    }

    /// JSON as a YAML reader would give it.
    private static @Nullable Object plain(Json value) {
        return switch (value) {
            case JsonObject object -> {
                Map<String, @Nullable Object> members = new LinkedHashMap<>();
                object.forEach((name, member) -> members.put(name, plain(member)));
                yield members;
            }
            case JsonArray(List<Json> elements) -> {
                List<@Nullable Object> list = new ArrayList<>();
                elements.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case JsonString(String text) -> text;
            case JsonNumber number -> number.value();
            case JsonLiteral literal ->
                    literal == JsonLiteral.NULL ? null : literal == JsonLiteral.TRUE;
        };
    }

    private static void requireAgreement(EventType type, Json event) {
        assertThat(isInSchema(type, event)).as(type + " " + event).isEqualTo(isRead(event));
    }

    /// An event of a type with all fields that its schema names, made from the schema.
    private static JsonObject whole(EventType type) {
        JsonObject made = (JsonObject) sample(EventSchema.of(type), "");
        if (type == EventType.STATE_TRANSITION) {
            return withPayload(made, "dimension", JsonLiteral.NULL);
        }
        return type.subject() != null ? made : made.with("domain_id", null).with("component", null);
    }

    private static JsonObject withPayload(JsonObject event, String field, @Nullable Json value) {
        JsonObject payload = (JsonObject) Objects.requireNonNull(event.member("payload"));
        return event.with("payload", payload.with(field, value));
    }

    private static Json sample(Json schema, String name) {
        JsonObject object = (JsonObject) schema;
        Json constant = object.member("const");
        if (constant != null) {
            return constant;
        }
        if (object.member("enum") instanceof JsonArray(List<Json> words)) {
            return words.getFirst();
        }
        if (object.member("anyOf") instanceof JsonArray(List<Json> alternatives)) {
            return sample(alternatives.getFirst(), name);
        }
        if (!(object.member("type") instanceof JsonString(String type))) {
            return Json.of(true);
        }
        return switch (type) {
            case "object" -> {
                JsonObject.Builder members = new JsonObject.Builder();
                if (object.member("properties") instanceof JsonObject properties) {
                    properties.forEach((member, of) -> members.put(member, sample(of, member)));
                }
                yield members.build();
            }
            case "array" -> new JsonArray(List.of(sample(items(object), "")));
            case "integer", "number" -> Json.of(1);
            case "boolean" -> Json.of(true);
            default -> Json.of(text(object, name));
        };
    }

    private static Json items(JsonObject array) {
        return Objects.requireNonNull(array.member("items"));
    }

    private static String text(JsonObject schema, String name) {
        String pattern = String.valueOf(schema.member("pattern"));
        if (schema.member("format") != null) {
            return "2026-02-27T03:45:00Z";
        }
        if (pattern.contains("^x_")) {
            return "x_sample";
        }
        return pattern.contains("[0-9]+d") ? "1h" : name.isEmpty() ? "some" : name;
    }

    @Test
    void an_event_with_every_field_is_taken_by_both() {
        for (EventType type : EventType.values()) {
            JsonObject event = whole(type);
            assertThat(READER.readNative(event))
                    .as(event.toString())
                    .isInstanceOf(Result.Accepted.class);
            assertThat(isInSchema(type, event)).as(event.toString()).isTrue();
        }
    }

    @Test
    void what_lacks_a_field_or_has_another_kind_of_value_is_judged_alike() {
        List<Json> values =
                List.of(
                        JsonLiteral.NULL,
                        Json.of(true),
                        Json.of(-1),
                        Json.of(7),
                        Json.of(101),
                        Json.of(""),
                        Json.of("no such word"),
                        Json.of("1h"),
                        Json.of("2026-02-27T03:45:00Z"),
                        JsonObject.EMPTY,
                        new JsonArray(List.of()),
                        new JsonArray(List.of(Json.of(1))),
                        new JsonArray(List.of(JsonObject.EMPTY)));
        for (EventType type : EventType.values()) {
            JsonObject event = whole(type);
            for (String member : event.names()) {
                requireAgreement(type, event.with(member, null));
                values.forEach(value -> requireAgreement(type, event.with(member, value)));
            }
            requireAgreement(type, event.with("unheard_of", Json.of(1)));
            JsonObject payload = (JsonObject) Objects.requireNonNull(event.member("payload"));
            for (String field : payload.names()) {
                requireAgreement(type, withPayload(event, field, null));
                for (Json value : values) {
                    if (!isBeyondSchema(type, field, value)) {
                        requireAgreement(type, withPayload(event, field, value));
                    }
                }
            }
        }
    }

    /// What a schema cannot say: that two fields fit each other, and what is in a path.
    private static boolean isBeyondSchema(EventType type, String field, Json value) {
        return type == EventType.STATE_TRANSITION && field.equals("dimension")
                || field.equals("compliance") && value instanceof JsonObject;
    }

    @Test
    void the_samples_of_the_project_are_in_the_schemas() throws IOException, JsonFault {
        for (String name : List.of("seed-node", "seed-ledger", "seed-graph")) {
            String path = "/samples/" + name + ".ndjson";
            try (InputStream in = EventSchemaTest.class.getResourceAsStream(path)) {
                String text =
                        new String(
                                Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
                for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
                    Json event = new JsonReader().read(line.getBytes(StandardCharsets.UTF_8));
                    String word =
                            ((JsonString)
                                            Objects.requireNonNull(
                                                    ((JsonObject) event).member("event_type")))
                                    .value();
                    EventType type = Objects.requireNonNull(EventType.named(word));
                    assertThat(isInSchema(type, event)).as(line).isEqualTo(isRead(event)).isTrue();
                }
            }
        }
    }

    @Test
    void the_schemas_are_served() {
        try (Served served = Served.start()) {
            assertThat(served.get("/v1/schemas").list("schemas"))
                    .hasSize(EventType.values().length);
            for (EventType type : EventType.values()) {
                assertThat(served.get("/v1/schemas/" + EventSchema.id(type)).at("title"))
                        .isEqualTo(EventSchema.id(type));
            }
        }
    }
}

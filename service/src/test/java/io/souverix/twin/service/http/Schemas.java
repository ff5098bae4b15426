package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Holds answers to the schemas of the document, as far as it uses JSON Schema: `$ref`, `type`,
/// `required`, `properties`, `additionalProperties`, `items`, `maxItems`, `allOf`, `anyOf`, `oneOf`,
/// `enum`, `const`, `minimum`, `maximum`, `minLength`, `maxLength`, `pattern`, `format`.
record Schemas(Map<?, ?> document) {

    /// The schema or response a reference (`#/components/…`) names; the thing itself where it is
    /// none.
    Map<?, ?> resolve(Map<?, ?> schema) {
        Object reference = schema.get("$ref");
        if (reference == null) {
            return schema;
        }
        Object at = document;
        for (String name : reference.toString().substring(2).split("/")) {
            at = Objects.requireNonNull(((Map<?, ?>) at).get(name), reference.toString());
        }
        return resolve((Map<?, ?>) at);
    }

    /// What does not hold, in words.
    List<String> faults(Map<?, ?> schema, Json value) {
        List<String> faults = new ArrayList<>();
        check(schema, value, "", faults);
        return faults;
    }

    private void check(Map<?, ?> unresolved, Json value, String where, List<String> faults) {
        Map<?, ?> schema = resolve(unresolved);
        if (schema.get("allOf") instanceof List<?> all) {
            all.forEach(one -> check((Map<?, ?>) one, value, where, faults));
        }
        checkAlternatives(schema, value, where, faults);
        Object type = schema.get("type");
        if (type != null && types(type).stream().noneMatch(name -> is(name, value))) {
            faults.add(where + " is " + value.kind() + ", expected " + type);
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(plain(value))) {
            faults.add(where + " is " + value + ", expected one of " + words);
        }
        Object constant = schema.get("const");
        if (constant != null && !constant.equals(plain(value))) {
            faults.add(where + " is " + value + ", expected " + constant);
        }
        switch (value) {
            case Json.JsonString(String text) -> checkText(schema, text, where, faults);
            case JsonObject object -> checkObject(schema, object, where, faults);
            case Json.JsonArray(List<Json> elements) -> {
                if (schema.get("items") instanceof Map<?, ?> items) {
                    for (int i = 0; i < elements.size(); i++) {
                        check(items, elements.get(i), where + "/" + i, faults);
                    }
                }
            }
            case JsonNumber number -> checkNumber(schema, number, where, faults);
            case JsonLiteral _ -> {
                // the type is all there is to check
            }
        }
        if (value instanceof Json.JsonArray(List<Json> elements)
                && schema.get("maxItems") instanceof Number most
                && elements.size() > most.intValue()) {
            faults.add(where + " has " + elements.size() + " elements, expected at most " + most);
        }
    }

    private void checkAlternatives(
            Map<?, ?> schema, Json value, String where, List<String> faults) {
        for (String word : List.of("anyOf", "oneOf")) {
            if (schema.get(word) instanceof List<?> alternatives) {
                long fitting =
                        alternatives.stream()
                                .filter(one -> faults((Map<?, ?>) one, value).isEmpty())
                                .count();
                if (fitting == 0 || (word.equals("oneOf") && fitting > 1)) {
                    faults.add(where + " fits " + fitting + " of " + word + " " + alternatives);
                }
            }
        }
    }

    private static void checkNumber(
            Map<?, ?> schema, JsonNumber number, String where, List<String> faults) {
        boolean low =
                schema.get("minimum") instanceof Number least
                        && number.value().compareTo(new BigDecimal(least.toString())) < 0;
        boolean high =
                schema.get("maximum") instanceof Number most
                        && number.value().compareTo(new BigDecimal(most.toString())) > 0;
        if (low || high) {
            faults.add(where + " is " + number + ", beyond its bounds");
        }
    }

    private static List<?> types(Object type) {
        return type instanceof List<?> several ? several : List.of(type);
    }

    private static boolean is(Object type, Json value) {
        return switch (type.toString()) {
            case "object" -> value instanceof JsonObject;
            case "array" -> value instanceof Json.JsonArray;
            case "string" -> value instanceof Json.JsonString;
            case "number" -> value instanceof JsonNumber;
            case "integer" -> value instanceof JsonNumber number && number.isLong();
            case "boolean" -> value == JsonLiteral.TRUE || value == JsonLiteral.FALSE;
            case "null" -> value == JsonLiteral.NULL;
            default -> throw new IllegalArgumentException("no type: " + type);
        };
    }

    private static @Nullable Object plain(Json value) {
        return value instanceof Json.JsonString(String text) ? text : null;
    }

    private static void checkText(
            Map<?, ?> schema, String text, String where, List<String> faults) {
        if ("date-time".equals(schema.get("format")) && Times.parse(text).isEmpty()) {
            faults.add(where + " is " + text + ", expected a date-time");
        }
        boolean shortText =
                schema.get("minLength") instanceof Number least && text.length() < least.intValue();
        boolean longText =
                schema.get("maxLength") instanceof Number most && text.length() > most.intValue();
        if (shortText || longText) {
            faults.add(where + " has " + text.length() + " characters");
        }
        if (schema.get("pattern") instanceof String pattern
                && !Pattern.compile(pattern).matcher(text).find()) {
            faults.add(where + " is " + text + ", expected " + pattern);
        }
    }

    private void checkObject(
            Map<?, ?> schema, JsonObject object, String where, List<String> faults) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) {
                if (object.member(name.toString()) == null) {
                    faults.add(where + " has no " + name);
                }
            }
        }
        Map<?, ?> properties =
                schema.get("properties") instanceof Map<?, ?> named ? named : Map.of();
        object.forEach((name, member) -> {
            if (properties.get(name) instanceof Map<?, ?> property) {
                check(property, member, where + "/" + name, faults);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                faults.add(where + " has the unknown " + name);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                check(others, member, where + "/" + name, faults);
            }
        });
    }
}

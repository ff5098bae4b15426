package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an event says, in one text however it was spelled: its identity, its order among equals, its hash.
final class Canonical {
    static final List<String> SUBJECTS = List.of("node_id", "domain_id", "component");

    private Canonical() {}

    /// The canonical text of an event in the native envelope.
    static String text(Map<String, @Nullable Object> event) {
        Map<String, @Nullable Object> content = new LinkedHashMap<>(event);
        KnownFields.ENVELOPE.forEach(name -> dropIfNull(content, name));
        SUBJECTS.forEach(name -> dropIfNull(content, name));
        content.putIfAbsent("sequence", BigDecimal.ZERO);
        content.putIfAbsent("epoch", BigDecimal.ZERO);
        content.put(
                "timestamp", Times.canonical(Times.instant((String) required(event, "timestamp"))));
        Map<String, @Nullable Object> payload = Members.asObject(required(event, "payload"));
        content.put("payload", payload((String) required(event, "event_type"), payload));
        return PlainJson.canonical(content);
    }

    /// SHA-256 of the canonical text, in lower-case hex (whose order is the order of the unsigned bytes).
    static String hash(String canonicalText) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha256.digest(canonicalText.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object required(Map<String, @Nullable Object> event, String name) {
        Object value = event.get(name);
        if (value == null) {
            throw new IllegalArgumentException("an event without " + name + ": " + event);
        }
        return value;
    }

    private static Map<String, @Nullable Object> payload(
            String type, @Nullable Map<String, @Nullable Object> given) {
        if (given == null) {
            throw new IllegalArgumentException("the payload is no object");
        }
        Map<String, @Nullable Object> payload =
                withoutNulls(given, KnownFields.PAYLOAD.getOrDefault(type, Set.of()));
        for (String field : KnownFields.NESTED_IN.getOrDefault(type, Set.of())) {
            Set<String> optional = KnownFields.NESTED.getOrDefault(field, Set.of());
            payload.computeIfPresent(field, (name, value) -> nested(value, optional));
        }
        return payload;
    }

    private static Object nested(Object value, Set<String> optional) {
        Map<String, @Nullable Object> object = Members.asObject(value);
        if (object != null) {
            return withoutNulls(object, optional);
        }
        List<@Nullable Object> list = Members.asList(value);
        if (list == null) {
            return value;
        }
        List<@Nullable Object> cleaned = new ArrayList<>();
        for (Object element : list) {
            Map<String, @Nullable Object> each = Members.asObject(element);
            cleaned.add(each == null ? element : withoutNulls(each, optional));
        }
        return cleaned;
    }

    private static Map<String, @Nullable Object> withoutNulls(
            Map<String, @Nullable Object> object, Set<String> optional) {
        Map<String, @Nullable Object> cleaned = new LinkedHashMap<>(object);
        optional.forEach(name -> dropIfNull(cleaned, name));
        return cleaned;
    }

    private static void dropIfNull(Map<String, @Nullable Object> object, String name) {
        if (object.get(name) == null) {
            object.remove(name);
        }
    }
}

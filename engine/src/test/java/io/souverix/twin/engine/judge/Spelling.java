package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Other texts for the same value: member order, white space, numbers, escapes, timestamps, absent optional fields.
final class Spelling {
    private static final int LONGEST_SPREAD = 40;

    private final Draw draw;

    Spelling(Draw draw) {
        this.draw = draw;
    }

    /// Another line that says the same event.
    String again(String line) {
        Map<String, @Nullable Object> event = PlainJson.readObject(line);
        event.put("timestamp", draw.spelled(Times.instant(String.valueOf(event.get("timestamp")))));
        for (String name : List.of("sequence", "epoch")) {
            if (isNothing(event.get(name))) {
                event.remove(name);
                respellAbsent(event, name, BigDecimal.ZERO);
            }
        }
        if (event.get("source") == null) {
            event.remove("source");
            respellAbsent(event, "source", null);
        }
        Map<String, @Nullable Object> payload = Members.object(event, "payload");
        if (payload != null) {
            withNulls(String.valueOf(event.get("event_type")), payload, 20);
        }
        return line(event);
    }

    private static boolean isNothing(@Nullable Object value) {
        return value == null || (value instanceof BigDecimal number && number.signum() == 0);
    }

    private void respellAbsent(
            Map<String, @Nullable Object> event, String name, @Nullable Object defaultValue) {
        if (draw.percent(30)) {
            event.put(name, draw.percent(50) ? null : defaultValue);
        }
    }

    /// Says some optional fields that are absent as `null`.
    void withNulls(String type, Map<String, @Nullable Object> payload, int chance) {
        nullsFor(payload, KnownFields.PAYLOAD.getOrDefault(type, Set.of()), chance);
        for (String field : new TreeSet<>(KnownFields.NESTED_IN.getOrDefault(type, Set.of()))) {
            Set<String> names = KnownFields.NESTED.getOrDefault(field, Set.of());
            Map<String, @Nullable Object> object = Members.object(payload, field);
            if (object != null) {
                nullsFor(object, names, chance);
            }
            for (Map<String, @Nullable Object> element : Members.objects(payload, field)) {
                nullsFor(element, names, chance);
            }
        }
    }

    private void nullsFor(Map<String, @Nullable Object> object, Set<String> names, int chance) {
        for (String name : new TreeSet<>(names)) {
            if (!object.containsKey(name) && draw.percent(chance) && draw.percent(40)) {
                object.put(name, null);
            }
        }
    }

    /// A one-line text of a value, in a spelling of its own.
    String line(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, draw.percent(50));
        return out.toString();
    }

    private void write(@Nullable Object value, StringBuilder out, boolean plain) {
        switch (value) {
            case BigDecimal number -> out.append(plain ? PlainJson.number(number) : number(number));
            case String text -> out.append(plain ? PlainJson.write(text) : text(text));
            case List<?> list -> writeAll(list, out, plain);
            case Map<?, ?> object -> writeMembers(object, out, plain);
            case null, default -> out.append(PlainJson.write(value));
        }
    }

    private void writeAll(List<?> list, StringBuilder out, boolean plain) {
        out.append('[').append(space(plain));
        String comma = "";
        for (Object element : list) {
            out.append(comma);
            write(element, out, plain);
            out.append(space(plain));
            comma = ",";
        }
        out.append(']');
    }

    private void writeMembers(Map<?, ?> object, StringBuilder out, boolean plain) {
        List<Map.Entry<?, ?>> members = new ArrayList<>(object.entrySet());
        out.append('{').append(space(plain));
        String comma = "";
        for (Map.Entry<?, ?> member : plain ? members : draw.shuffled(members)) {
            out.append(comma);
            write(member.getKey(), out, plain);
            out.append(space(plain)).append(':').append(space(plain));
            write(member.getValue(), out, plain);
            out.append(space(plain));
            comma = ",";
        }
        out.append('}');
    }

    private String space(boolean plain) {
        return plain || draw.percent(80) ? "" : draw.of(" ", "\t", "  ");
    }

    private String number(BigDecimal number) {
        if (Math.abs(number.scale()) > LONGEST_SPREAD) {
            return PlainJson.number(number);
        }
        String digits = number.toPlainString();
        String point = digits.contains(".") ? "0" : ".0";
        String scientific =
                number.unscaledValue() + draw.of("e", "E") + (number.scale() > 0 ? "" : "+");
        return draw.of(digits, digits, digits + point, scientific + -number.scale());
    }

    private String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(character -> {
                    String plain = PlainJson.write(character);
                    out.append(
                            draw.percent(10)
                                    ? escaped(character)
                                    : plain.substring(1, plain.length() - 1));
                });
        return out.append('"').toString();
    }

    /// Both halves of a surrogate pair, or neither.
    private static String escaped(String character) {
        StringBuilder out = new StringBuilder();
        character.chars().forEach(unit -> out.append(String.format("\\u%04X", unit)));
        return out.toString();
    }
}

package io.souverix.twin.core.event;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonPointer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the typed fields of one object of a payload, refusing what is missing or of another kind
/// with a pointer, and remembers which optional ones were `null` so that [#cleaned()] can drop them:
/// `null` in an optional field means absent.
final class Fields {
    /// The largest integer of the contract, 2^53.
    static final long MAX_INTEGER = 1L << 53;

    private final @Nullable Fields parent;

    /// What stands between the parent's pointer and this one's, or the whole pointer of the outermost.
    private final String step;

    /// The number of the element that this is; -1 where it is none.
    private final int element;

    private final long timestampMicros;

    /// Whether the event was accepted before: what is asked of new ones since is not asked of it.
    private final boolean accepted;

    private JsonObject object;
    private boolean relative;

    Fields(JsonObject object, String pointer, long timestampMicros) {
        this(object, null, pointer, -1, timestampMicros, false);
    }

    /// Those of a payload that was accepted before.
    static Fields accepted(JsonObject object, long timestampMicros) {
        return new Fields(object, null, "/payload", -1, timestampMicros, true);
    }

    private Fields(
            JsonObject object,
            @Nullable Fields parent,
            String step,
            int element,
            long timestampMicros,
            boolean accepted) {
        this.object = object;
        this.parent = parent;
        this.step = step;
        this.element = element;
        this.timestampMicros = timestampMicros;
        this.accepted = accepted;
    }

    /// The object without the optional fields that were `null`.
    JsonObject cleaned() {
        return object;
    }

    /// Whether what was read depends on the timestamp.
    boolean isRelative() {
        return relative;
    }

    RefusedException refusal(String name, String detail) {
        return new RefusedException(Rejection.Code.INVALID_PAYLOAD, pointerTo(name), detail);
    }

    private String pointerTo(String name) {
        return pointer() + "/" + JsonPointer.escaped(name);
    }

    private String pointer() {
        if (parent == null) {
            return step;
        }
        String pointer = parent.pointerTo(step);
        return element < 0 ? pointer : pointer + "/" + element;
    }

    private RefusedException wrongKind(String name, Json found, String expected) {
        return refusal(name, "found " + shown(found) + ", expected " + expected);
    }

    /// The value as it is shown in a message.
    static String shown(Json found) {
        String text =
                found instanceof JsonObject || found instanceof JsonArray
                        ? found.kind()
                        : io.souverix.twin.core.json.JsonWriter.text(found);
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /// The value of an optional field; `null` counts as absent and is dropped.
    @Nullable Json optional(String name) {
        Json value = object.member(name);
        if (value != null && value == JsonLiteral.NULL) {
            object = object.with(name, null);
            return null;
        }
        return value;
    }

    private Json required(String name, String expected) {
        Json value = object.member(name);
        if (value == null || value == JsonLiteral.NULL) {
            throw refusal(
                    name,
                    "found " + (value == null ? "nothing" : "null") + ", expected " + expected);
        }
        return value;
    }

    /// A required value that may be `null`, as it stands. Where it was accepted without it, it is
    /// `null`.
    Json stated(String name) {
        Json value = object.member(name);
        if (value == null && !accepted) {
            throw refusal(name, "found nothing, expected a value, or null where there is none");
        }
        return Json.orNull(value);
    }

    String text(String name) {
        return asText(name, required(name, "a string"));
    }

    @Nullable String optionalText(String name) {
        Json value = optional(name);
        return value == null ? null : asText(name, value);
    }

    private String asText(String name, Json value) {
        if (value instanceof JsonString(String text) && !text.isEmpty()) {
            return text;
        }
        throw wrongKind(name, value, "a string that is not empty");
    }

    /// The id of a node, domain or component.
    String subjectId(String name) {
        return asSubjectId(name, text(name));
    }

    @Nullable String optionalSubjectId(String name) {
        String text = optionalText(name);
        return text == null ? null : asSubjectId(name, text);
    }

    private String asSubjectId(String name, String text) {
        if (!Subject.isId(text)) {
            throw refusal(
                    name,
                    "found "
                            + shown(Json.of(text))
                            + ", expected 1 to 128 letters, digits and . _ : - starting with a"
                            + " letter or digit");
        }
        return text;
    }

    <E extends Enum<E> & Worded> E word(String name, E[] values) {
        return asWord(name, required(name, "one of " + words(values)), values);
    }

    <E extends Enum<E> & Worded> @Nullable E optionalWord(String name, E[] values) {
        Json value = optional(name);
        return value == null ? null : asWord(name, value, values);
    }

    private <E extends Enum<E> & Worded> E asWord(String name, Json value, E[] values) {
        if (value instanceof JsonString(String text)) {
            for (E candidate : values) {
                if (candidate.word().equals(text)) {
                    return candidate;
                }
            }
        }
        throw wrongKind(name, value, "one of " + words(values));
    }

    static String words(Worded[] values) {
        List<String> words = new ArrayList<>();
        for (Worded value : values) {
            words.add(value.word());
        }
        return String.join(" ", words);
    }

    boolean optionalBoolean(String name) {
        Json value = optional(name);
        if (value == null) {
            return false;
        }
        if (value instanceof JsonLiteral) {
            return value == JsonLiteral.TRUE;
        }
        throw wrongKind(name, value, "true or false");
    }

    long count(String name) {
        return asCount(name, required(name, "an integer from 0 to 2^53"));
    }

    /// A count, or -1 where absent.
    long optionalCount(String name) {
        Json value = optional(name);
        return value == null ? -1 : asCount(name, value);
    }

    private long asCount(String name, Json value) {
        if (value instanceof JsonNumber number && number.isLong()) {
            long count = number.longValue();
            if (count >= 0 && count <= MAX_INTEGER) {
                return count;
            }
        }
        throw wrongKind(name, value, "an integer from 0 to 2^53");
    }

    /// A number that is not negative, or null where absent.
    @Nullable JsonNumber optionalNumber(String name, long max) {
        Json value = optional(name);
        if (value == null) {
            return null;
        }
        if (value instanceof JsonNumber number
                && number.value().signum() >= 0
                && number.value().compareTo(java.math.BigDecimal.valueOf(max)) <= 0) {
            return number;
        }
        throw wrongKind(name, value, "a number from 0 to " + max);
    }

    long instant(String name) {
        return asInstant(name, required(name, "an RFC 3339 time with an offset"));
    }

    /// An instant, or [Times#NONE] where absent.
    long optionalInstant(String name) {
        Json value = optional(name);
        return value == null ? Times.NONE : asInstant(name, value);
    }

    private long asInstant(String name, Json value) {
        if (value instanceof JsonString(String text)) {
            OptionalLong micros = Times.parse(text);
            if (micros.isPresent()) {
                return micros.getAsLong();
            }
        }
        throw wrongKind(name, value, "an RFC 3339 time with an offset");
    }

    /// Whole seconds of a duration, or -1 where absent.
    long optionalDuration(String name) {
        Json value = optional(name);
        if (value == null) {
            return -1;
        }
        long seconds = duration(value);
        if (seconds < 0) {
            throw wrongKind(name, value, "a duration such as 1d2h3m4s, or seconds");
        }
        return seconds;
    }

    private static long duration(Json value) {
        if (value instanceof JsonString(String text)) {
            return Times.durationSeconds(text).orElse(-1);
        }
        if (value instanceof JsonNumber number && number.value().signum() >= 0) {
            long seconds =
                    number.value().precision() - number.value().scale() > 12
                            ? -1
                            : number.value().longValue();
            return Times.isDuration(seconds) ? seconds : -1;
        }
        return -1;
    }

    /// An instant, given as such or as a duration from the event's timestamp; [Times#NONE] where
    /// absent.
    long optionalMoment(String name) {
        Json value = optional(name);
        if (value == null) {
            return Times.NONE;
        }
        if (value instanceof JsonString(String text)) {
            OptionalLong micros = Times.parse(text);
            if (micros.isPresent()) {
                return micros.getAsLong();
            }
        }
        long seconds = duration(value);
        if (seconds < 0) {
            throw wrongKind(
                    name, value, "an RFC 3339 time with an offset, or a duration such as 2h");
        }
        relative = true;
        return timestampMicros + seconds * Times.MICROS_PER_SECOND;
    }

    @Nullable JsonObject optionalObject(String name) {
        Json value = optional(name);
        if (value == null || value instanceof JsonObject) {
            return (JsonObject) value;
        }
        throw wrongKind(name, value, "an object");
    }

    /// An optional object read by its own fields.
    <T> @Nullable T optionalRecord(String name, Function<Fields, T> reader) {
        JsonObject value = optionalObject(name);
        if (value == null) {
            return null;
        }
        Fields fields = new Fields(value, this, name, -1, timestampMicros, accepted);
        T read = reader.apply(fields);
        relative |= fields.relative;
        if (!fields.cleaned().equals(value)) {
            object = object.with(name, fields.cleaned());
        }
        return read;
    }

    /// An optional list of objects, each read by its own fields; empty where absent.
    <T> List<T> optionalRecords(String name, int max, Function<Fields, T> reader) {
        Json value = optional(name);
        return value == null ? List.of() : records(name, value, max, reader);
    }

    <T> List<T> records(String name, int max, Function<Fields, T> reader) {
        return records(name, required(name, "a list of objects"), max, reader);
    }

    private <T> List<T> records(String name, Json value, int max, Function<Fields, T> reader) {
        List<Json> elements = elements(name, value, max);
        List<T> records = new ArrayList<>(elements.size());
        List<Json> cleaned = new ArrayList<>(elements.size());
        boolean changed = false;
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof JsonObject element)) {
                throw new RefusedException(
                        Rejection.Code.INVALID_PAYLOAD,
                        pointerTo(name) + "/" + i,
                        "found " + shown(elements.get(i)) + ", expected an object");
            }
            Fields fields = new Fields(element, this, name, i, timestampMicros, accepted);
            records.add(reader.apply(fields));
            relative |= fields.relative;
            cleaned.add(fields.cleaned());
            changed |= !fields.cleaned().equals(element);
        }
        if (changed) {
            object = object.with(name, new JsonArray(cleaned));
        }
        return records;
    }

    private List<Json> elements(String name, Json value, int max) {
        if (!(value instanceof JsonArray(List<Json> elements))) {
            throw wrongKind(name, value, "a list");
        }
        if (elements.size() > max) {
            throw refusal(name, "found " + elements.size() + " elements, expected at most " + max);
        }
        return elements;
    }

    /// An optional list of texts, or null where absent.
    @Nullable List<String> optionalTexts(String name, int max) {
        Json value = optional(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Json element : elements(name, value, max)) {
            if (!(element instanceof JsonString(String text)) || text.isEmpty()) {
                throw wrongKind(name, element, "a list of strings that are not empty");
            }
            texts.add(text);
        }
        return texts;
    }
}

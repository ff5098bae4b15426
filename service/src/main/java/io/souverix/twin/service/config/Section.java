package io.souverix.twin.service.config;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.core.rules.PathPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// An object of the configuration file whose members are read by name. A wrong value is put to the
/// faults and its default stands in, so that one reading names all that is wrong; a member that was
/// never asked for is unknown.
final class Section {
    private static final int MAX_SHOWN = 60;

    private final String path;
    private final JsonObject object;
    private final List<String> faults;
    private final Set<String> known = new TreeSet<>();

    private Section(String path, JsonObject object, List<String> faults) {
        this.path = path;
        this.object = object;
        this.faults = faults;
    }

    static Section of(String path, Json value, List<String> faults) {
        if (value instanceof JsonObject object) {
            return new Section(path, object, faults);
        }
        if (value != JsonLiteral.NULL) {
            faults.add(name(path) + ": found " + shown(value) + ", expected an object");
        }
        return new Section(path, JsonObject.EMPTY, faults);
    }

    private static String name(String path) {
        return path.isEmpty() ? "the file" : path;
    }

    private static String shown(@Nullable Json value) {
        if (value == null) {
            return "nothing";
        }
        String text = JsonWriter.text(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    String path(String member) {
        return path.isEmpty() ? member : path + "." + member;
    }

    /// The member, or null where it is absent or null.
    private @Nullable Json member(String name) {
        known.add(name);
        Json value = object.member(name);
        return value == JsonLiteral.NULL ? null : value;
    }

    void fault(String member, @Nullable Json found, String expected) {
        faults.add(path(member) + ": found " + shown(found) + ", expected " + expected);
    }

    String text(String name, String otherwise) {
        Json value = member(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Json.JsonString(String text) && !text.isBlank()) {
            return text;
        }
        fault(name, value, "a text");
        return otherwise;
    }

    /// A text that must be there; empty where it is not, which is a fault.
    String required(String name) {
        if (member(name) == null) {
            fault(name, null, "a text");
            return "";
        }
        return text(name, "");
    }

    String word(String name, List<String> words, String otherwise) {
        Json value = member(name);
        String text = value instanceof Json.JsonString(String given) ? given : "";
        if (value == null ? !otherwise.isEmpty() : words.contains(text)) {
            return value == null ? otherwise : text;
        }
        fault(name, value, "one of " + String.join(", ", words));
        return otherwise;
    }

    long integer(String name, long least, long most, long otherwise) {
        Json value = member(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof JsonNumber number
                && number.isLong()
                && number.longValue() >= least
                && number.longValue() <= most) {
            return number.longValue();
        }
        fault(name, value, "an integer from " + least + " to " + most);
        return otherwise;
    }

    /// A duration of at least that long: `[Nd][Nh][Nm][Ns]`, or a number of seconds.
    Duration duration(String name, Duration least, Duration otherwise) {
        Json value = member(name);
        if (value == null) {
            return otherwise;
        }
        OptionalLong seconds =
                switch (value) {
                    case Json.JsonString(String text) -> Times.durationSeconds(text);
                    case JsonNumber number when number.isLong() ->
                            Times.durationSeconds(number.longValue() + "s");
                    default -> OptionalLong.empty();
                };
        if (seconds.isPresent() && seconds.getAsLong() >= least.toSeconds()) {
            return Duration.ofSeconds(seconds.getAsLong());
        }
        fault(
                name,
                value,
                "a duration such as 90s, 5m or 1d12h, of at least " + least.toSeconds() + "s");
        return otherwise;
    }

    /// An instant in microseconds, or [Times#NONE] where there is none.
    long instant(String name) {
        Json value = member(name);
        if (value == null) {
            return Times.NONE;
        }
        OptionalLong micros =
                value instanceof Json.JsonString(String text)
                        ? Times.parse(text)
                        : OptionalLong.empty();
        if (micros.isEmpty()) {
            fault(name, value, "an RFC 3339 time with an offset, such as 2027-01-01T00:00:00Z");
        }
        return micros.orElse(Times.NONE);
    }

    /// The elements of a list, or null where there is none.
    @Nullable List<Json> list(String name, int most) {
        Json value = member(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Json.JsonArray(List<Json> elements) && elements.size() <= most) {
            return elements;
        }
        fault(name, value, "a list of at most " + most);
        return List.of();
    }

    /// The objects of a list.
    List<Section> sections(String name, int most) {
        List<Json> elements = list(name, most);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; elements != null && i < elements.size(); i++) {
            sections.add(of(path(name) + "[" + i + "]", elements.get(i), faults));
        }
        return sections;
    }

    Section section(String name) {
        Json value = member(name);
        return of(path(name), Json.orNull(value), faults);
    }

    /// A path pattern that must be there; the empty one where it is not, which is a fault.
    PathPattern pattern(String name) {
        return pattern(name, member(name));
    }

    PathPattern pattern(String name, @Nullable Json value) {
        if (value instanceof Json.JsonString(String text)) {
            ConfigPath parsed = ConfigPath.parse(text).orElse(ConfigPath.ROOT);
            if (!parsed.keys().isEmpty()) {
                return new PathPattern(parsed);
            }
        }
        fault(name, value, "a path pattern such as stir.** or a.*.b");
        return new PathPattern(ConfigPath.ROOT);
    }

    /// Names the members nobody asked for.
    void end() {
        object.forEach((name, _) -> {
            if (!known.contains(name)) {
                faults.add(path(name) + ": unknown, expected only " + String.join(", ", known));
            }
        });
    }
}

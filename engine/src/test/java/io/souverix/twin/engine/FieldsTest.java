package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Field;
import io.souverix.twin.core.query.Fields;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.past.AsOf;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Every field is what the twin's JSON shows under its name, and everything the JSON shows is a field.
/// `-Dseed=N`.
final class FieldsTest {
    private static final int HISTORIES = Integer.getInteger("cases", 12);

    @Test
    void every_field_is_what_the_json_shows_under_its_name() {
        long first = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
        System.out.println("FieldsTest seed " + first);
        var _ = known(first, HISTORIES);
    }

    @Test
    void the_histories_of_this_test_give_every_field_a_value() {
        Set<String> known = known(1, 40);
        List<String> never = new ArrayList<>();
        Fields.ofTwin().forEach(field -> never.add(field.name()));
        Fields.ofDrift().forEach(field -> never.add(field.name()));
        never.removeIf(name -> known.contains(name) || name.startsWith("meta."));
        assertThat(never).isEmpty();
    }

    /// The fields that had a value somewhere.
    private static Set<String> known(long first, int histories) {
        Set<String> known = new HashSet<>();
        for (long seed = first; seed < first + histories; seed++) {
            List<String> lines = Histories.events(seed);
            EngineOptions options =
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(Histories.rules(seed)))
                            .withClock(InstantSource.fixed(Histories.present(lines, seed)));
            try (TwinEngine engine = TwinEngine.inMemory(options)) {
                var _ = Lines.append(engine, lines);
                engine.views(CompiledFilter.ALL, AsOf.PRESENT, view -> compare(view, known));
            }
        }
        return known;
    }

    private static void compare(TwinView view, Set<String> known) {
        JsonObject twin = view.json();
        for (Field<?> field : Fields.ofTwin()) {
            if (!field.name().startsWith("meta.")) {
                compare(field, view, at(twin, keys(field.name())), known);
            }
        }
        JsonObject drift = view.driftJson(Long::toString);
        for (Field<?> field : Fields.ofDrift()) {
            List<String> keys = keys(field.name());
            compare(field, view, at(drift, keys.subList(1, keys.size())), known);
        }
        requireCatalogued(twin, "");
    }

    private static <T> void compare(
            Field<T> field, TwinView view, List<Json> shown, Set<String> known) {
        List<Json> values =
                switch (field) {
                    case Field.One<T> one -> {
                        T value = one.value(view);
                        yield value == null ? List.of() : List.of(one.kind().json(value));
                    }
                    case Field.Many<T> many ->
                            many.values(view).stream().map(many.kind()::json).toList();
                };
        assertThat(values).as(field.name() + " of " + view.twin().id()).isEqualTo(shown);
        if (!values.isEmpty()) {
            known.add(field.name());
        }
    }

    private static List<String> keys(String name) {
        return Arrays.asList(name.split("\\."));
    }

    /// What stands at a path, lists opened; nothing where it is null.
    private static List<Json> at(Json value, List<String> keys) {
        if (value instanceof JsonArray(List<Json> elements)) {
            return elements.stream().flatMap(element -> at(element, keys).stream()).toList();
        }
        if (value == JsonLiteral.NULL) {
            return List.of();
        }
        if (keys.isEmpty()) {
            return List.of(value);
        }
        Json member = value instanceof JsonObject object ? object.member(keys.getFirst()) : null;
        return member == null ? List.of() : at(member, keys.subList(1, keys.size()));
    }

    /// Fails where a part of the twin is neither a field nor free.
    private static void requireCatalogued(JsonObject object, String prefix) {
        object.forEach((name, value) -> {
            String path = prefix + name;
            boolean free = Fields.trees().contains(path);
            List<Json> children =
                    value instanceof JsonArray(List<Json> elements) ? elements : List.of(value);
            for (Json child : children) {
                if (free || path.equals("relationships.attributes")) {
                    continue;
                }
                if (child instanceof JsonObject inner) {
                    requireCatalogued(inner, path + ".");
                } else if (child != JsonLiteral.NULL) {
                    assertThat(Fields.named(path).name()).isEqualTo(path);
                }
            }
        });
    }
}

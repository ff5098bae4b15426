package io.souverix.twin.core.query;

import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.query.FieldList.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The catalogue of everything that can be asked of a twin, by the paths its JSON shows it under.
public final class Fields {
    /// Shorter names, as people search.
    private static final Map<String, String> SHORT =
            Map.of(
                    "id", IdentityFields.ID,
                    "serial", LifecycleFields.SERIAL,
                    "batch", LifecycleFields.BATCH,
                    "firmware", LifecycleFields.FIRMWARE);

    private static final FieldList SHOWN = shown();
    private static final FieldList ANALYSED = analysed();
    private static final Map<String, Field<?>> BY_NAME = byName();

    private Fields() {}

    private static FieldList shown() {
        FieldList list = new FieldList();
        IdentityFields.addTo(list);
        ConnectivityFields.addTo(list);
        LifecycleFields.addTo(list);
        DriftFields.addTo(list);
        TrustFields.addTo(list);
        IdentityFields.addMetaTo(list);
        return list;
    }

    private static FieldList analysed() {
        FieldList list = new FieldList();
        DriftFields.addAnalysisTo(list);
        return list;
    }

    private static Map<String, Field<?>> byName() {
        Map<String, Field<?>> byName = new LinkedHashMap<>();
        SHOWN.fields().forEach(field -> byName.put(field.name(), field));
        ANALYSED.fields().forEach(field -> byName.put(field.name(), field));
        return byName;
    }

    /// The fields that the twin's JSON shows under their names, part by part.
    public static List<Field<?>> ofTwin() {
        return List.copyOf(SHOWN.fields());
    }

    /// The fields that only the drift analysis shows, under their names without `drift.` before.
    public static List<Field<?>> ofDrift() {
        return List.copyOf(ANALYSED.fields());
    }

    /// The names below which keys are free, such as `state.actual`.
    public static List<String> trees() {
        return SHOWN.trees().stream().map(Tree::name).toList();
    }

    /// Shorter names, with what they stand for.
    public static Map<String, String> shortNames() {
        return SHORT;
    }

    /// The field of that name.
    ///
    /// @throws InvalidQueryException where there is none; it lists what there is
    public static Field<?> named(String name) {
        Field<?> field = BY_NAME.get(SHORT.getOrDefault(name, name));
        if (field != null) {
            return field;
        }
        for (Tree tree : SHOWN.trees()) {
            if (name.equals(tree.name())) {
                return within(name, tree, List.of());
            }
            if (name.startsWith(tree.name() + ".")) {
                return within(name, tree, keysBelow(tree, name));
            }
        }
        throw new InvalidQueryException(
                "found the unknown field "
                        + InvalidQueryException.shown(name)
                        + ", expected "
                        + near(name, BY_NAME.keySet()));
    }

    private static List<String> keysBelow(Tree tree, String name) {
        return ConfigPath.parse(name.substring(tree.name().length() + 1))
                .orElseThrow(() ->
                        new InvalidQueryException(
                                "found "
                                        + InvalidQueryException.shown(name)
                                        + ", expected keys joined by dots below "
                                        + tree.name()))
                .keys();
    }

    /// Whether the field is of what is counted of a twin's events, not of what they make.
    public static boolean isOfTally(Field<?> field) {
        return field.name().startsWith("meta.") && !field.name().equals("meta.at");
    }

    /// The names and keys of a path at which the twin shows something.
    ///
    /// @throws InvalidQueryException where it shows nothing there; it lists what there is
    static List<String> shownPath(String path) {
        String name = SHORT.getOrDefault(path, path);
        boolean fixed =
                name.equals("meta.position")
                        || SHOWN.fields().stream().anyMatch(f -> reaches(name, f.name()))
                        || SHOWN.trees().stream().anyMatch(tree -> reaches(name, tree.name()));
        if (fixed) {
            return List.of(name.split("\\.", -1));
        }
        for (Tree tree : SHOWN.trees()) {
            if (name.startsWith(tree.name() + ".")) {
                List<String> keys = new ArrayList<>(List.of(tree.name().split("\\.", -1)));
                keys.addAll(keysBelow(tree, name));
                return keys;
            }
        }
        throw new InvalidQueryException(
                "found "
                        + InvalidQueryException.shown(path)
                        + ", expected a path into the twin, such as "
                        + near(name, names(SHOWN)));
    }

    /// Whether a path leads to a field, or to what it is in.
    private static boolean reaches(String path, String field) {
        return field.equals(path) || field.startsWith(path + ".");
    }

    /// The value at a path of a tree: of a list its elements, else itself.
    private static Field<?> within(String name, Tree tree, List<String> keys) {
        return new Field.Many<>(
                name, FieldList.VALUE, view -> elements(tree.read().apply(view), keys));
    }

    private static List<Json> elements(@Nullable Json root, List<String> keys) {
        Json here = root;
        for (String key : keys) {
            here = here instanceof JsonObject object ? object.member(key) : null;
        }
        return switch (here) {
            case null -> List.of();
            case JsonArray(List<Json> elements) -> elements;
            case JsonLiteral literal when literal == JsonLiteral.NULL -> List.of();
            case Json value -> List.of(value);
        };
    }

    /// What there is where a name went astray: the fields below the longest part of it that is right.
    private static String near(String name, Collection<String> names) {
        String known = name;
        while (!known.isEmpty() && below(known, names).isEmpty()) {
            known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
        }
        return "one of " + String.join(", ", known.isEmpty() ? parts() : below(known, names));
    }

    private static List<String> below(String prefix, Collection<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            if (name.startsWith(prefix + ".")) {
                found.add(name);
            }
        }
        for (Tree tree : SHOWN.trees()) {
            if (tree.name().startsWith(prefix + ".")) {
                found.add(tree.name() + ".*");
            }
        }
        return found;
    }

    private static List<String> names(FieldList list) {
        return list.fields().stream().map(Field::name).toList();
    }

    private static List<String> parts() {
        TreeSet<String> parts = new TreeSet<>(SHORT.keySet());
        BY_NAME.keySet().forEach(name -> parts.add(name.substring(0, name.indexOf('.')) + ".*"));
        return List.copyOf(parts);
    }

    /// What is known of each element, in order.
    static <E, T> List<T> present(List<E> elements, Function<E, @Nullable T> read) {
        List<T> values = new ArrayList<>(elements.size());
        for (E element : elements) {
            T value = read.apply(element);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}

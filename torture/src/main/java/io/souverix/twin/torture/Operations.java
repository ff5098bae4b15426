package io.souverix.twin.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What the served OpenAPI document says can be asked.
record Operations(List<Operation> all) {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    Operations {
        all = List.copyOf(all);
    }

    /// A parameter.
    ///
    /// @param in `query`, `path` or `header`
    /// @param type of its schema: `string`, `integer`, …
    /// @param words what it may be, where that is a list; the example too
    record Parameter(
            String name, String in, String type, @Nullable String format, List<String> words) {
        Parameter {
            words = List.copyOf(words);
        }
    }

    /// A method at a path.
    ///
    /// @param mediaTypes of its body; empty where it takes none
    /// @param statuses of its answers
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            List<String> mediaTypes,
            Set<String> statuses) {
        Operation {
            parameters = List.copyOf(parameters);
            mediaTypes = List.copyOf(mediaTypes);
            statuses = Set.copyOf(statuses);
        }
    }

    static Operations read(String yaml) {
        Map<?, ?> document = map(new Load(LoadSettings.builder().build()).loadFromString(yaml));
        List<Operation> all = new ArrayList<>();
        map(document.get("paths"))
                .forEach((path, item) ->
                        map(item)
                                .forEach((method, operation) -> {
                                    if (METHODS.contains(method)) {
                                        all.add(
                                                operation(
                                                        document,
                                                        method.toString(),
                                                        path.toString(),
                                                        map(item),
                                                        map(operation)));
                                    }
                                }));
        return new Operations(all);
    }

    private static Operation operation(
            Map<?, ?> document, String method, String path, Map<?, ?> item, Map<?, ?> operation) {
        List<Parameter> parameters = new ArrayList<>();
        for (Map<?, ?> from : List.of(item, operation)) {
            if (from.get("parameters") instanceof List<?> list) {
                list.forEach(each -> parameters.add(parameter(resolved(document, map(each)))));
            }
        }
        List<String> mediaTypes = new ArrayList<>();
        if (operation.get("requestBody") instanceof Map<?, ?> body) {
            map(resolved(document, body).get("content"))
                    .keySet()
                    .forEach(name -> mediaTypes.add(name.toString()));
        }
        Set<String> statuses = new TreeSet<>();
        map(operation.get("responses")).keySet().forEach(status -> statuses.add("" + status));
        return new Operation(
                method.toUpperCase(Locale.ROOT), path, parameters, mediaTypes, statuses);
    }

    private static Parameter parameter(Map<?, ?> parameter) {
        Map<?, ?> schema = map(parameter.get("schema"));
        List<String> words = new ArrayList<>();
        if (schema.get("enum") instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        if (parameter.get("example") != null) {
            words.add(String.valueOf(parameter.get("example")));
        }
        Object format = schema.get("format");
        return new Parameter(
                String.valueOf(parameter.get("name")),
                String.valueOf(parameter.get("in")),
                String.valueOf(schema.get("type")),
                format == null ? null : format.toString(),
                words);
    }

    private static Map<?, ?> resolved(Map<?, ?> document, Map<?, ?> node) {
        if (!(node.get("$ref") instanceof String reference)) {
            return node;
        }
        Map<?, ?> at = document;
        for (String name : reference.substring(2).split("/", -1)) {
            at = map(at.get(name));
        }
        return resolved(document, at);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }
}

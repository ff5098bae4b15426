package io.souverix.twin.engine;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.query.Field;
import io.souverix.twin.core.query.Fields;
import io.souverix.twin.core.query.Kind;
import io.souverix.twin.core.query.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Draws filters on a fleet: fields of the catalogue and values that its twins have.
final class FilterDraw {
    /// The indexed fields, so that they come often enough.
    private static final List<String> FAVOURED =
            List.of(
                    "connectivity.state",
                    "lifecycle.phase",
                    "lifecycle.update.state",
                    "lifecycle.maintenance.open",
                    "drift.status",
                    "drift.severity",
                    "drift.score",
                    "drift.findings",
                    "drift.evaluated",
                    "identity.region",
                    "identity.zone",
                    "identity.clusters",
                    "identity.component_type",
                    "lifecycle.software.actual_version",
                    "lifecycle.software.desired_version",
                    "lifecycle.update.campaign");

    private final Random random;
    private final List<JsonFilter> fleet;
    private final List<Field<?>> fields = new ArrayList<>();

    FilterDraw(Random random, List<JsonFilter> fleet) {
        this.random = random;
        this.fleet = List.copyOf(fleet);
        fields.addAll(Fields.ofTwin());
        fields.addAll(Fields.ofDrift());
        fields.removeIf(field -> field.name().equals("meta.at"));
        Fields.trees().forEach(tree -> fields.add(Fields.named(tree)));
    }

    String filter() {
        return filter(2);
    }

    private String filter(int depth) {
        int kind = depth == 0 ? 3 : random.nextInt(5);
        if (kind > 2) {
            return comparison();
        }
        String parts =
                IntStream.rangeClosed(0, 1 + random.nextInt(2))
                        .mapToObj(_ -> filter(depth - 1))
                        .collect(Collectors.joining(kind == 0 ? "," : ";"));
        return "(" + parts + ")";
    }

    /// A field with one value, by its name.
    String order() {
        while (true) {
            Field<?> field = field();
            if (field instanceof Field.One<?>) {
                return (random.nextBoolean() ? "-" : "") + field.name();
            }
        }
    }

    private Field<?> field() {
        return random.nextInt(3) > 0
                ? Fields.named(pick(FAVOURED))
                : fields.get(random.nextInt(fields.size()));
    }

    private String comparison() {
        Field<?> field = field();
        List<String> values = values(field);
        List<Operator> operators =
                field.kind() instanceof Kind.Text
                                || field.kind() instanceof Kind.Truth
                                || field.kind() instanceof Kind.Value
                                || (field.kind() instanceof Kind.Word word && !word.ranked())
                        ? List.of(Operator.EQUAL, Operator.NOT_EQUAL, Operator.IN, Operator.OUT)
                        : List.of(Operator.values());
        Operator operator = pick(operators);
        boolean several = operator == Operator.IN || operator == Operator.OUT;
        boolean equality = several || operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
        if (values.isEmpty() || (equality && random.nextInt(12) == 0)) {
            return field.name() + (random.nextBoolean() ? "==*" : "!=*");
        }
        return several
                ? field.name()
                        + operator.word()
                        + "("
                        + quoted(values, equality, field)
                        + ","
                        + quoted(values, equality, field)
                        + ")"
                : field.name() + operator.word() + quoted(values, equality, field);
    }

    private String quoted(List<String> values, boolean equality, Field<?> field) {
        String value = pick(values);
        boolean text = field.kind() instanceof Kind.Text;
        if (text) {
            value = value.replace("\\", "\\\\").replace("*", "\\*");
        }
        if (text && equality && random.nextInt(4) == 0 && !value.contains("\\")) {
            // Half a character is no text that a filter can bear.
            int characters = random.nextInt(value.codePointCount(0, value.length()) + 1);
            value = value.substring(0, value.offsetByCodePoints(0, characters)) + "*";
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private List<String> values(Field<?> field) {
        List<String> values = new ArrayList<>();
        for (JsonFilter twin : fleet) {
            for (Json value : twin.values(field.name())) {
                switch (value) {
                    case JsonString(String text) -> values.add(text);
                    case JsonNumber number -> values.add(number.value().toPlainString());
                    case JsonLiteral literal ->
                            values.add(literal == JsonLiteral.TRUE ? "true" : "false");
                    case Json.JsonArray _, io.souverix.twin.core.json.JsonObject _ -> {}
                }
            }
        }
        values.removeIf(value -> value.length() > 50);
        return values;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

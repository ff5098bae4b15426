package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.query.Field;
import io.souverix.twin.core.query.Fields;
import io.souverix.twin.core.query.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The table of fields in docs/api.md is the catalogue; where it is not, the test shows the table as
/// it should be.
final class FieldsDocumentTest {
    private static final String HEAD = "| part | fields |\n|---|---|\n";

    @Test
    void the_table_of_fields_is_the_catalogue() throws IOException {
        String document = Files.readString(Path.of("../docs/api.md"));
        assertThat(document).contains(table());
    }

    private static String table() {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (Field<?> field : Fields.ofTwin()) {
            put(parts, field.name(), told(field));
        }
        Fields.trees().forEach(tree -> put(parts, tree, "`" + rest(tree) + ".…` value"));
        for (Field<?> field : Fields.ofDrift()) {
            put(parts, field.name(), told(field));
        }
        StringBuilder table = new StringBuilder(HEAD);
        parts.forEach((part, fields) ->
                table.append("| `")
                        .append(part)
                        .append(".` | ")
                        .append(String.join(", ", fields))
                        .append(" |\n"));
        return table.toString();
    }

    private static void put(Map<String, List<String>> parts, String name, String told) {
        parts.computeIfAbsent(name.substring(0, name.indexOf('.')), _ -> new ArrayList<>())
                .add(told);
    }

    private static String rest(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static String told(Field<?> field) {
        String many = field instanceof Field.Many<?> ? " list" : "";
        String kind =
                field.kind() instanceof Kind.Word(List<String> words, boolean ranked)
                        ? "(" + String.join(ranked ? " < " : " ", words) + ")"
                        : field.kind().word();
        return "`" + rest(field.name()) + "` " + kind + many;
    }
}

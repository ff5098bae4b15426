package io.souverix.twin.service.cli.output;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// JSON as YAML 1.2, in block style.
public final class YamlText {
    private YamlText() {}

    /// The value, ended by a line feed.
    public static String of(Json value) {
        DumpSettings settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(200).build();
        return new Dump(settings).dumpToString(plain(value));
    }

    private static @Nullable Object plain(Json value) {
        return switch (value) {
            case JsonLiteral literal ->
                    switch (literal) {
                        case NULL -> null;
                        case TRUE -> true;
                        case FALSE -> false;
                    };
            case JsonNumber number when number.isLong() -> number.longValue();
            case JsonNumber number -> number.value().doubleValue();
            case JsonString(String text) -> text;
            case JsonArray(List<Json> elements) -> list(elements);
            case JsonObject object -> map(object);
        };
    }

    private static List<@Nullable Object> list(List<Json> elements) {
        List<@Nullable Object> list = new ArrayList<>(elements.size());
        elements.forEach(element -> list.add(plain(element)));
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonObject object) {
        Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(object.size());
        object.forEach((name, member) -> map.put(name, plain(member)));
        return map;
    }
}

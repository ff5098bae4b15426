package io.souverix.twin.service.cli.output;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;

/// JSON indented by two spaces.
public final class JsonText {
    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    /// The value, ended by a line feed.
    public static String of(Json value) {
        JsonText writer = new JsonText();
        writer.write(value, "\n");
        return writer.text.append('\n').toString();
    }

    /// @param margin a line feed and the indentation the value stands at
    private void write(Json value, String margin) {
        switch (value) {
            case JsonLiteral _, JsonNumber _, JsonString _ -> text.append(JsonWriter.text(value));
            case JsonArray array when array.elements().isEmpty() -> text.append("[]");
            case JsonArray array -> writeArray(array, margin);
            case JsonObject object when object.isEmpty() -> text.append("{}");
            case JsonObject object -> writeObject(object, margin);
        }
    }

    private void writeArray(JsonArray array, String margin) {
        String inner = margin + "  ";
        char before = '[';
        for (Json element : array.elements()) {
            text.append(before).append(inner);
            write(element, inner);
            before = ',';
        }
        text.append(margin).append(']');
    }

    private void writeObject(JsonObject object, String margin) {
        String inner = margin + "  ";
        for (int i = 0; i < object.size(); i++) {
            text.append(i == 0 ? '{' : ',').append(inner);
            text.append(JsonWriter.text(Json.of(object.name(i)))).append(": ");
            write(object.value(i), inner);
        }
        text.append(margin).append('}');
    }
}

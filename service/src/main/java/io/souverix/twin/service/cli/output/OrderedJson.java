package io.souverix.twin.service.cli.output;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads answers with their members in the order the service gave them: the important first.
public final class OrderedJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private OrderedJson() {}

    public static Json read(byte[] bytes) throws JsonFault {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            if (parser.nextToken() == null) {
                throw new JsonFault("found nothing, expected a JSON value");
            }
            return value(parser);
        } catch (JacksonException e) {
            throw new JsonFault(String.valueOf(e.getOriginalMessage()));
        }
    }

    private static Json value(JsonParser parser) throws JsonFault {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_NULL -> JsonLiteral.NULL;
            case VALUE_TRUE -> JsonLiteral.TRUE;
            case VALUE_FALSE -> JsonLiteral.FALSE;
            case VALUE_STRING -> Json.of(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonNumber.of(parser.getDecimalValue());
            case START_ARRAY -> array(parser);
            case START_OBJECT -> object(parser);
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new JsonFault("found " + token + ", expected a value");
        };
    }

    private static Json array(JsonParser parser) throws JsonFault {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return new JsonArray(elements);
    }

    private static Json object(JsonParser parser) throws JsonFault {
        JsonObject.Builder members = new JsonObject.Builder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members.build();
    }
}

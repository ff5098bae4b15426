package io.souverix.twin.service.config;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads one YAML 1.2 document into [Json]. Repeated keys, tags of other languages and deep nesting
/// are refused; times are texts.
final class YamlReader {
    private static final int MAX_ALIASES = 50;

    private YamlReader() {}

    /// @throws JsonFault where the text is no such document; the message says where
    static Json read(byte[] bytes) throws JsonFault {
        LoadSettings settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(false)
                        .setAllowRecursiveKeys(false)
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .build();
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return json(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new JsonFault(String.valueOf(e.getMessage()).strip());
        } catch (CharacterCodingException _) {
            throw new JsonFault("found bytes that are not UTF-8, expected UTF-8 text");
        }
    }

    private static Json json(@Nullable Object value) throws JsonFault {
        return switch (value) {
            case null -> JsonLiteral.NULL;
            case String text -> Json.of(text);
            case Boolean flag -> Json.of(flag.booleanValue());
            case BigInteger number -> JsonNumber.of(new BigDecimal(number));
            case Double number when number.isNaN() || number.isInfinite() ->
                    throw new JsonFault("found the number " + number + ", expected a finite one");
            case Number number -> JsonNumber.of(new BigDecimal(number.toString()));
            case List<?> elements -> array(elements);
            case Map<?, ?> members -> object(members);
            default -> throw new JsonFault("found a " + value.getClass().getSimpleName());
        };
    }

    private static Json array(List<?> elements) throws JsonFault {
        List<Json> values = new java.util.ArrayList<>();
        for (Object element : elements) {
            values.add(json(element));
        }
        return new Json.JsonArray(values);
    }

    private static Json object(Map<?, ?> members) throws JsonFault {
        JsonObject.Builder object = new JsonObject.Builder();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                throw new JsonFault("found the key " + member.getKey() + ", expected a text");
            }
            object.put(name, json(member.getValue()));
        }
        return object.build();
    }
}

package io.souverix.twin.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CanonicalReaderTest {
    private static final String[] TEXTS = {
        "",
        "a",
        "seven77",
        "eight888",
        "nine99999",
        "with \"quotes\" and \\ in it",
        "line\nbreak\ttab\u0001",
        "Nœud à côté",
        "smile 😀 at the end",
        "x".repeat(48),
        "y".repeat(49),
        "{\"not\":[\"an\",\"object\"]}",
        "\\",
        "1234567\\",
        "é2345678",
        "1234567\u0000"
    };

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void what_was_written_is_read_back_and_again_where_it_is_known() throws JsonFault {
        CanonicalReader reader = new CanonicalReader();
        List<byte[]> texts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            texts.add(JsonWriter.bytes(object(0)));
        }
        for (int i = 0; i < 4_000; i++) {
            byte[] text = texts.get(random.nextInt(texts.size()));
            int before = random.nextInt(20);
            byte[] padded = new byte[before + text.length + random.nextInt(20)];
            System.arraycopy(text, 0, padded, before, text.length);
            Json read = reader.read(padded, before, text.length);
            assertThat(read)
                    .as("seed " + seed + ": " + new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(new JsonReader().read(text, 0, text.length));
            assertThat(JsonWriter.bytes(read)).isEqualTo(text);
        }
    }

    @Test
    void a_value_that_comes_again_and_again_is_shared() {
        CanonicalReader reader = new CanonicalReader();
        reader.read(CONFIG, 0, CONFIG.length);
        JsonObject first = (JsonObject) reader.read(CONFIG, 0, CONFIG.length);
        JsonObject second = (JsonObject) reader.read(CONFIG, 0, CONFIG.length);
        assertThat(second.member("config")).isSameAs(first.member("config"));
        assertThat(second.member("name")).isEqualTo(first.member("name"));
    }

    @Test
    void what_is_cut_short_is_refused() {
        CanonicalReader reader = new CanonicalReader();
        for (int length = 0; length < CONFIG.length; length++) {
            int cut = length;
            assertThatThrownBy(() -> reader.read(CONFIG, 0, cut))
                    .as("cut at " + cut)
                    .isInstanceOf(IllegalStateException.class);
        }
        byte[] longer = java.util.Arrays.copyOf(CONFIG, CONFIG.length + 1);
        assertThatThrownBy(() -> reader.read(longer, 0, longer.length))
                .isInstanceOf(IllegalStateException.class);
    }

    private static final byte[] CONFIG =
            "{\"config\":{\"a\":[1,2,3.5],\"b\":{\"c\":\"some longer text, so that it is kept\"}},\"name\":\"node\"}"
                    .getBytes(StandardCharsets.UTF_8);

    private JsonObject object(int depth) {
        TreeMap<String, Json> members = new TreeMap<>();
        int size = random.nextInt(depth == 0 ? 40 : 6);
        for (int i = 0; i < size; i++) {
            members.put(text(), value(depth + 1));
        }
        JsonObject.Builder builder = new JsonObject.Builder();
        members.forEach(builder::put);
        return builder.build();
    }

    private Json value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> new JsonString(text());
            case 1 -> number();
            case 2 -> JsonLiteral.values()[random.nextInt(3)];
            case 3 -> new JsonString(Long.toString(random.nextLong(), 36));
            case 4 -> object(depth);
            default -> {
                List<Json> elements = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    elements.add(value(depth + 1));
                }
                yield new JsonArray(elements);
            }
        };
    }

    private Json number() {
        return switch (random.nextInt(4)) {
            case 0 -> JsonNumber.of(random.nextInt(2_000) - 500);
            case 1 -> JsonNumber.of(random.nextLong());
            case 2 ->
                    JsonNumber.of(
                            new BigDecimal(random.nextLong()).movePointLeft(random.nextInt(30)));
            default -> JsonNumber.of(BigDecimal.TEN.pow(random.nextInt(40)).negate());
        };
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(3) == 0 ? text + random.nextInt(100) : text;
    }
}

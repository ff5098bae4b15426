package io.souverix.twin.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QuickReaderTest {
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

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    QuickReaderTest() {
        System.out.println("QuickReaderTest seed " + seed);
    }

    @Test
    void what_was_written_is_read_back_and_again_where_it_is_known() throws JsonFault {
        QuickReader reader = new QuickReader();
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
            String shown = "seed " + seed + ": " + new String(text, StandardCharsets.UTF_8);
            assertThat(CAREFUL.careful(text, 0, text.length))
                    .as(shown)
                    .isEqualTo(CAREFUL.read(text));
            if (read != null) {
                assertThat(read).as(shown).isEqualTo(CAREFUL.careful(text, 0, text.length));
                assertThat(JsonWriter.bytes(read)).as(shown).isEqualTo(text);
            }
        }
    }

    @Test
    void what_it_reads_of_spoilt_text_is_what_careful_reading_says() throws JsonFault {
        QuickReader reader = new QuickReader();
        int read = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] text = spoilt(JsonWriter.bytes(object(2)));
            Json quick = reader.read(text, 0, text.length);
            if (quick != null) {
                read++;
                assertThat(quick)
                        .as("seed " + seed + ": " + new String(text, StandardCharsets.ISO_8859_1))
                        .isEqualTo(CAREFUL.careful(text, 0, text.length));
            }
        }
        assertThat(read).as("seed " + seed).isGreaterThan(1_000);
    }

    private static final JsonReader CAREFUL = new JsonReader();

    private static final byte[] SPOILS =
            "\"\\{}[]:, \n\t0019-.eEtrufalsn/bu\u0001\u007f".getBytes(StandardCharsets.ISO_8859_1);

    /// A byte put in, replaced, taken out, or a piece repeated elsewhere.
    private byte[] spoilt(byte[] text) {
        byte[] result = text;
        for (int n = random.nextInt(3); n > 0 && result.length > 2; n--) {
            int at = random.nextInt(result.length);
            byte spoil =
                    random.nextInt(8) == 0
                            ? (byte) random.nextInt(256)
                            : SPOILS[random.nextInt(SPOILS.length)];
            int from = random.nextInt(result.length);
            int to = Math.min(result.length, from + random.nextInt(12));
            result =
                    switch (random.nextInt(4)) {
                        case 0 -> joined(result, 0, at, new byte[] {spoil}, at);
                        case 1 -> joined(result, 0, at, new byte[] {spoil}, at + 1);
                        case 2 -> joined(result, 0, at, new byte[0], at + 1);
                        default -> joined(result, 0, at, Arrays.copyOfRange(result, from, to), at);
                    };
        }
        return result;
    }

    private static byte[] joined(byte[] text, int from, int to, byte[] middle, int rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, from, to - from);
        out.writeBytes(middle);
        out.write(text, rest, text.length - rest);
        return out.toByteArray();
    }

    @Test
    void a_value_that_comes_again_and_again_is_shared() {
        QuickReader reader = new QuickReader();
        var _ = read(reader);
        JsonObject first = read(reader);
        JsonObject second = read(reader);
        assertThat(second.member("config")).isSameAs(first.member("config"));
        assertThat(second.member("name")).isEqualTo(first.member("name"));
    }

    @Test
    void what_is_cut_short_is_left_to_others() {
        QuickReader reader = new QuickReader();
        for (int length = 0; length < CONFIG.length; length++) {
            assertThat(reader.read(CONFIG, 0, length)).as("cut at " + length).isNull();
        }
        byte[] longer = Arrays.copyOf(CONFIG, CONFIG.length + 1);
        assertThat(reader.read(longer, 0, longer.length)).isNull();
    }

    private static JsonObject read(QuickReader reader) {
        if (reader.read(CONFIG, 0, CONFIG.length) instanceof JsonObject object) {
            return object;
        }
        throw new AssertionError("found nothing read, expected an object");
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

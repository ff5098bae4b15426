package io.souverix.twin.torture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Draws bodies: good ones, and ones that are harmed, deep, large or packed.
final class FuzzBody {
    private static final int DEEP = 20_000;
    private static final int BOMB_BYTES = 64 << 20;

    private static final List<String> DOCUMENTS =
            List.of(
                    "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"type\":"
                            + "\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:npm/a@1\"}]}",
                    "{\"state\":\"acknowledged\",\"by\":\"me\",\"note\":\"seen\"}",
                    "{\"action\":\"snooze\",\"until\":\"2099-01-01T00:00:00Z\"}",
                    "{\"acknowledge\":true,\"assignee\":\"me\"}",
                    "{}",
                    "[]",
                    "null",
                    "7",
                    "\"text\"",
                    "");

    private final Random random;
    private final List<String> lines;

    /// @param lines valid events
    FuzzBody(Random random, List<String> lines) {
        this.random = random;
        this.lines = List.copyOf(lines);
    }

    /// A body, and how it says it is packed.
    record Body(byte[] bytes, String encoding) {}

    Body draw() {
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0 && text.length > 0) {
            for (int hits = 1 + random.nextInt(6); hits > 0; hits--) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
        }
        return switch (random.nextInt(12)) {
            case 0 -> new Body(gzip(text), "gzip");
            case 1 -> new Body(harmed(gzip(text)), "gzip");
            case 2 -> new Body(text, "gzip");
            case 3 -> new Body(text, "zstd");
            case 4 -> new Body(harmed(ZSTD_OF_NOTHING.clone()), "zstd");
            case 5 -> random.nextInt(20) == 0 ? bomb() : new Body(text, "br");
            default -> new Body(text, "");
        };
    }

    private static final byte[] ZSTD_OF_NOTHING = {
        0x28,
        (byte) 0xb5,
        0x2f,
        (byte) 0xfd,
        0x04,
        0x00,
        0x01,
        0x00,
        0x00,
        (byte) 0x99,
        (byte) 0xe9,
        (byte) 0xd8,
        0x51
    };

    private String line() {
        return lines.get(random.nextInt(lines.size()));
    }

    private String text() {
        return switch (random.nextInt(11)) {
            case 0 -> line();
            case 1 -> line() + "\n" + line() + "\n\n" + line();
            case 2 -> "[" + line() + "," + line() + "]";
            case 3 -> "[".repeat(random.nextInt(DEEP)) + "]";
            case 4 -> "{\"a\":".repeat(random.nextInt(DEEP)) + "1";
            case 5 ->
                    line().replaceFirst("\"payload\":\\{", "\"payload\":{\"x\":" + number() + ",");
            case 6 -> line().replace("node_id", pick(List.of("domain_id", "component", "source")));
            case 7 -> line().replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + odd() + "\"");
            case 8 -> "\u0000\n\r\n" + line() + "\r\r\n";
            case 9 -> line().substring(random.nextInt(line().length() / 4 + 1));
            default -> pick(DOCUMENTS);
        };
    }

    private String number() {
        return pick(
                List.of(
                        "1e400",
                        "-0",
                        "1E-400",
                        "9".repeat(300),
                        "0." + "1".repeat(300),
                        "1e2147483648",
                        "1e-2147483649",
                        "01",
                        "+1",
                        "\"\\ud800\"",
                        "\"\\u0000\""));
    }

    private String odd() {
        return pick(List.of("", " ", "i".repeat(128), "i".repeat(129), "\\u0041", "é", "a\\nb"));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] harmed(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /// A little that unpacks to a lot.
    private static Body bomb() {
        return new Body(gzip(new byte[BOMB_BYTES]), "gzip");
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

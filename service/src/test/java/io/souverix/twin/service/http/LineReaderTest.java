package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private static final String TOO_LONG = "(too long)";

    /// A stream that gives as little as it likes.
    private static final class Dripping extends InputStream {
        private final InputStream in;
        private final Random random;
        private final int most;

        Dripping(byte[] bytes, Random random, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.random = random;
            this.most = most;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, 1 + random.nextInt(Math.min(length, most)));
        }
    }

    private static List<String> read(InputStream in) throws IOException {
        LineReader reader = new LineReader(in);
        List<String> lines = new ArrayList<>();
        while (true) {
            switch (reader.next()) {
                case LINE ->
                        lines.add(
                                new String(
                                        reader.buffer(),
                                        reader.lineStart(),
                                        reader.lineLength(),
                                        US_ASCII));
                case TOO_LONG -> lines.add(TOO_LONG);
                case END -> {
                    return lines;
                }
            }
        }
    }

    @Test
    void lines_of_every_length_come_out_as_they_went_in_however_they_arrive() throws Exception {
        System.out.println("seed: " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 40; round++) {
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int count = random.nextInt(20); count > 0; count--) {
                String line = "x".repeat(length(random));
                expected.add(line.length() > LineReader.MAX_LINE ? TOO_LONG : line);
                text.append(line).append('\n');
            }
            if (random.nextBoolean()) {
                expected.add("last");
                text.append("last");
            }
            int most = 1 << random.nextInt(5, 21);
            InputStream in = new Dripping(text.toString().getBytes(US_ASCII), random, most);
            assertThat(read(in)).isEqualTo(expected);
        }
    }

    private static int length(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> LineReader.MAX_LINE - 1 + random.nextInt(4);
            case 2 -> random.nextInt(3 * LineReader.MAX_LINE);
            case 3 -> 64 * 1024 - 2 + random.nextInt(4);
            default -> random.nextInt(1_000);
        };
    }

    @Test
    void nothing_has_no_lines() throws Exception {
        assertThat(read(InputStream.nullInputStream())).isEmpty();
    }

    @Test
    void a_line_that_is_too_long_may_be_the_last() throws Exception {
        byte[] body = ("a\n" + "x".repeat(2 * LineReader.MAX_LINE)).getBytes(US_ASCII);
        assertThat(read(new ByteArrayInputStream(body))).containsExactly("a", TOO_LONG);
    }
}

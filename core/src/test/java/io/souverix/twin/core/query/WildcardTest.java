package io.souverix.twin.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A wildcard, of a text and of the same text in bytes, held against a regular expression.
final class WildcardTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private static final int CASES = Integer.getInteger("cases", 20_000);

    @Test
    void matches_what_the_regular_expression_does() {
        System.out.println("WildcardTest seed " + SEED);
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < CASES; i++) {
            String pattern = draw(random, random.nextInt(10) == 0 ? "aé*" : "ab*", 6);
            String text = draw(random, "ab", 8);
            boolean expected = Pattern.compile(pattern.replace("*", ".*")).matcher(text).matches();
            matched += expected ? 1 : 0;
            Wildcard wildcard = Wildcard.of(pattern);
            byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.US_ASCII);
            assertThat(wildcard.test(text)).as("%s of %s", pattern, text).isEqualTo(expected);
            assertThat(wildcard.test(bytes, 1, bytes.length - 1))
                    .as("%s of the bytes of %s", pattern, text)
                    .isEqualTo(expected);
        }
        assertThat(matched).isBetween(CASES / 20, CASES - CASES / 20);
    }

    private static String draw(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}

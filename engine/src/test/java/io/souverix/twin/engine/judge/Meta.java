package io.souverix.twin.engine.judge;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `meta` of an answer, without `position` (which is outside the law).
final class Meta {
    private Meta() {}

    static Map<String, @Nullable Object> meta(Question asked) {
        return Members.of(
                "revision", revision(asked),
                "events", asked.accepted().size(),
                "updated_at",
                        asked.accepted().stream()
                                .map(Event::timestamp)
                                .max(Instant::compareTo)
                                .orElse(null),
                "at", asked.now());
    }

    private static String revision(Question asked) {
        BigInteger sum = BigInteger.ZERO;
        for (Event event : asked.accepted()) {
            sum = sum.add(new BigInteger(event.hash().substring(0, 32), 16));
        }
        String digits = sum.mod(BigInteger.ONE.shiftLeft(128)).toString(16);
        return "0".repeat(32 - digits.length()) + digits;
    }
}

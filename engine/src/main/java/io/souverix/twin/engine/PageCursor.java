package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.past.AsOf;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a list goes on: an opaque token to clients. All pages of a list are answers to one pinned
/// question, so they make one snapshot.
///
/// @param list which list it is of, and how it was asked for: a cursor of another one is refused
/// @param asOf the question, pinned when the first page was asked
/// @param after the last key of the page before
public record PageCursor(String list, AsOf asOf, String after) {
    private static final String FORMAT = "3";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 6;

    /// The token, as it stands in answers. It bears a hash of itself, so that what clients changed in
    /// it is told apart from what was given.
    public String token() {
        String plain =
                String.join(
                        SEPARATOR,
                        list,
                        Long.toString(asOf.atMicros(), Character.MAX_RADIX),
                        Long.toString(asOf.before(), Character.MAX_RADIX),
                        Long.toString(asOf.nowMicros(), Character.MAX_RADIX),
                        Long.toString(asOf.knownMicros(), Character.MAX_RADIX),
                        after);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((head(plain) + plain).getBytes(StandardCharsets.UTF_8));
    }

    private static String head(String plain) {
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        return FORMAT + SEPARATOR + EventHash.of(bytes, bytes.length).hex() + SEPARATOR;
    }

    /// Reads a token.
    ///
    /// @param list which list it must be of
    /// @throws IllegalArgumentException where it is none of ours, or of another list
    public static PageCursor parse(String token, String list) {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        String plain = text.substring(Math.min(text.length(), head("").length()));
        String[] parts = plain.split(SEPARATOR, PARTS);
        if (!text.equals(head(plain) + plain) || parts.length != PARTS || !parts[0].equals(list)) {
            throw new IllegalArgumentException("found a cursor that no page of this list gave");
        }
        AsOf asOf =
                new AsOf(number(parts[1]), number(parts[2]), number(parts[3]), number(parts[4]));
        if (asOf.before() == AsOf.ALL || asOf.nowMicros() == AsOf.ALL) {
            throw new IllegalArgumentException("found a cursor that is not pinned");
        }
        return new PageCursor(list, asOf, parts[5]);
    }

    private static long number(String text) {
        return Long.parseLong(text, Character.MAX_RADIX);
    }

    /// The question to go on with, where a page is asked for with a question of its own too.
    ///
    /// @throws IllegalArgumentException where that is of another instant
    public static AsOf agreed(AsOf pinned, AsOf asked) {
        boolean same =
                asked.equals(AsOf.PRESENT)
                        || (asked.atMicros() == pinned.atMicros()
                                && asked.knownMicros() == pinned.knownMicros());
        if (!same) {
            throw new IllegalArgumentException("found a cursor of another instant");
        }
        return pinned;
    }
}

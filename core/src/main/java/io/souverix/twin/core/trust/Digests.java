package io.souverix.twin.core.trust;

import java.util.Locale;

/// Hashes in one spelling.
public final class Digests {
    private static final String SHA256 = "sha256:";
    private static final int HEX_DIGITS = 64;

    private Digests() {}

    /// `sha256:` and lower-case hex where the text is a SHA-256 with or without `sha256:`; any other
    /// text as it is.
    public static String normal(String hash) {
        int from = hash.length() - HEX_DIGITS;
        if (from != 0
                && !(from == SHA256.length() && hash.regionMatches(true, 0, SHA256, 0, from))) {
            return hash;
        }
        boolean lower = from > 0 && hash.startsWith(SHA256);
        for (int i = from; i < hash.length(); i++) {
            char c = hash.charAt(i);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            if (!plain && !(c >= 'A' && c <= 'F')) {
                return hash;
            }
            lower &= plain;
        }
        return lower ? hash : SHA256 + hash.substring(from).toLowerCase(Locale.ROOT);
    }

    /// Whether it is a SHA-256 in the spelling of [#normal].
    public static boolean isSha256(String normal) {
        if (normal.length() != SHA256.length() + HEX_DIGITS || !normal.startsWith(SHA256)) {
            return false;
        }
        for (int i = SHA256.length(); i < normal.length(); i++) {
            char c = normal.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}

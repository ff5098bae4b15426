package io.souverix.twin.core.query;

/// A text in which `*` stands for any characters, none too; `\*` is a star and `\\` a backslash.
/// Matching takes at most the product of the two lengths, whatever the pattern.
final class Wildcard {
    private static final char ANY = '\0';

    private final String pattern;
    private final boolean exact;

    private Wildcard(String pattern) {
        this.pattern = pattern;
        this.exact = pattern.indexOf(ANY) < 0;
    }

    static Wildcard of(String text) {
        StringBuilder pattern = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escaped =
                    c == '\\' && i + 1 < text.length() && "*\\".indexOf(text.charAt(i + 1)) >= 0;
            if (escaped) {
                pattern.append(text.charAt(++i));
            } else {
                pattern.append(c == '*' ? ANY : c);
            }
        }
        return new Wildcard(pattern.toString());
    }

    /// Whether the text is a lone `*`, which every value matches.
    static boolean isAnything(String text) {
        return text.equals("*");
    }

    /// Whether there is no `*` in it, so that it is one text.
    boolean isExact() {
        return exact;
    }

    /// The one text, where it is exact.
    String text() {
        return pattern;
    }

    boolean matches(String text) {
        if (exact) {
            return pattern.equals(text);
        }
        int at = 0;
        int in = 0;
        int star = -1;
        int retry = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == ANY) {
                star = at++;
                retry = in;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == ANY) {
            at++;
        }
        return at == pattern.length();
    }
}

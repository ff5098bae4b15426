package io.souverix.twin.core.query;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// A text in which `*` stands for any characters, none too; `\*` is a star and `\\` a backslash.
/// Matching takes at most the product of the two lengths, whatever the pattern.
public final class Wildcard implements Predicate<String> {
    private static final char ANY = '\0';

    private final String pattern;
    private final boolean exact;

    /// What a text must begin with: the pattern up to its first star.
    private final String head;

    /// What the rest of a text must end with: the pattern behind its last star.
    private final String tail;

    /// The two in ASCII; what is none is no byte of such a text.
    private final byte[] asciiHead;

    private final byte[] asciiTail;

    /// Whether there is one star at most: what has the right ends matches.
    private final boolean endsDecide;

    private Wildcard(String pattern) {
        this.pattern = pattern;
        int first = pattern.indexOf(ANY);
        this.exact = first < 0;
        this.head = exact ? pattern : pattern.substring(0, first);
        this.tail = exact ? "" : pattern.substring(pattern.lastIndexOf(ANY) + 1);
        this.asciiHead = ascii(head);
        this.asciiTail = ascii(tail);
        this.endsDecide = exact || pattern.lastIndexOf(ANY) == first;
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

    @Override
    public boolean test(String text) {
        return fits(text.length())
                && text.startsWith(head)
                && text.endsWith(tail)
                && (endsDecide || general(text));
    }

    /// The same of a text in ASCII.
    public boolean test(byte[] ascii, int from, int to) {
        return fits(to - from)
                && is(asciiHead, ascii, from)
                && is(asciiTail, ascii, to - asciiTail.length)
                && (endsDecide
                        || general(new String(ascii, from, to - from, StandardCharsets.US_ASCII)));
    }

    /// Whether a text of such a length has room for both ends.
    private boolean fits(int length) {
        return exact ? length == asciiHead.length : length >= asciiHead.length + asciiTail.length;
    }

    private static byte[] ascii(String part) {
        byte[] bytes = new byte[part.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = part.charAt(i) < 0x80 ? (byte) part.charAt(i) : -1;
        }
        return bytes;
    }

    private static boolean is(byte[] part, byte[] ascii, int from) {
        for (int i = 0; i < part.length; i++) {
            if (part[i] != ascii[from + i]) {
                return false;
            }
        }
        return true;
    }

    private boolean general(String text) {
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

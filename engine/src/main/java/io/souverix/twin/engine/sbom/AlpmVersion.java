package io.souverix.twin.engine.sbom;

import io.souverix.twin.engine.sbom.VersionOrder.Ordered;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of Arch Linux, `[epoch:]version[-release]`, in the order of its package manager
/// (`vercmp(8)`). Unlike RPM's, letters at the end come before nothing at all (`1.0rc < 1.0`), and a
/// release counts only where both have one.
///
/// @param release null where there is none
record AlpmVersion(String epoch, String version, @Nullable String release) implements Ordered {
    private static final Pattern SPELLED =
            Pattern.compile("(?:(\\d+):)?([0-9A-Za-z][0-9A-Za-z.+_~^]*)(?:-([0-9A-Za-z.]+))?");

    static Optional<Ordered> read(String text) {
        Matcher parts = SPELLED.matcher(text);
        return parts.matches()
                ? Optional.of(
                        new AlpmVersion(
                                parts.group(1) == null ? "0" : parts.group(1),
                                parts.group(2),
                                parts.group(3)))
                : Optional.empty();
    }

    @Override
    public int compareTo(Ordered other) {
        AlpmVersion theirs = (AlpmVersion) other;
        int order = new Walk(epoch, theirs.epoch).compare();
        if (order == 0) {
            order = new Walk(version, theirs.version).compare();
        }
        return order != 0 || release == null || theirs.release == null
                ? order
                : new Walk(release, theirs.release).compare();
    }

    /// Two texts, gone through side by side: separators, then a run of digits or one of letters.
    private static final class Walk {
        private final String a;
        private final String b;
        private int atA;
        private int atB;

        Walk(String a, String b) {
            this.a = a;
            this.b = b;
        }

        int compare() {
            while (atA < a.length() && atB < b.length()) {
                int before = atA - atB;
                atA = past(a, atA, c -> !isDigit(c) && !isLetter(c));
                atB = past(b, atB, c -> !isDigit(c) && !isLetter(c));
                if (atA == a.length() || atB == b.length()) {
                    break;
                }
                if (atA - atB != before) {
                    return Integer.compare(atA - atB, before);
                }
                int order = compareRuns(isDigit(a.charAt(atA)));
                if (order != 0) {
                    return order;
                }
            }
            return compareEnds();
        }

        private int compareRuns(boolean digits) {
            IntPredicate kind = digits ? Walk::isDigit : Walk::isLetter;
            int endA = past(a, atA, kind);
            int endB = past(b, atB, kind);
            if (endB == atB) {
                return digits ? 1 : -1;
            }
            String runA = a.substring(atA, endA);
            String runB = b.substring(atB, endB);
            atA = endA;
            atB = endB;
            return digits ? compareNumbers(runA, runB) : runA.compareTo(runB);
        }

        private static int compareNumbers(String a, String b) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }

        private int compareEnds() {
            boolean endsA = atA == a.length();
            boolean endsB = atB == b.length();
            if (endsA && endsB) {
                return 0;
            }
            boolean lettersA = !endsA && isLetter(a.charAt(atA));
            boolean lettersB = !endsB && isLetter(b.charAt(atB));
            return (endsA && !lettersB) || lettersA ? -1 : 1;
        }

        private static int past(String text, int from, IntPredicate kind) {
            int at = from;
            while (at < text.length() && kind.test(text.charAt(at))) {
                at++;
            }
            return at;
        }

        private static boolean isDigit(int c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isLetter(int c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }
    }
}

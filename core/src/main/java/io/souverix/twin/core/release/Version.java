package io.souverix.twin.core.release;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version in the order of SemVer 2.0, taken out of texts such as `souverix-rempart-1.4.7`,
/// `policy-v2.1` or `1.4`. Build metadata is dropped.
///
/// @param preRelease the dot-separated identifiers; empty for a release
public record Version(long major, long minor, long patch, List<String> preRelease)
        implements Comparable<Version> {
    private static final String NUMBER = "(0|[1-9]\\d{0,17})";
    private static final String IDENTIFIERS = "([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)";
    private static final Pattern PLAIN =
            Pattern.compile(
                    "v?"
                            + NUMBER
                            + "(?:\\."
                            + NUMBER
                            + "(?:\\."
                            + NUMBER
                            + ")?)?(?:-"
                            + IDENTIFIERS
                            + ")?(?:\\+"
                            + IDENTIFIERS
                            + ")?");

    /// A text longer than this is no version.
    private static final int MAX_LENGTH = 256;

    public Version {
        preRelease = List.copyOf(preRelease);
    }

    /// Parses the text, or null where it holds no version. A prefix is dropped: the component type
    /// and `-`, else, where the text as a whole is no version, all up to the last `-` before an
    /// optional `v` and a digit.
    public static @Nullable Version parse(String text, @Nullable String componentType) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        int place = (text.hashCode() * 31 + Objects.hashCode(componentType)) & (MAX_KEPT - 1);
        Kept known = KEPT[place];
        if (known == null || !known.isOf(text, componentType)) {
            known = new Kept(text, componentType, parsed(text, componentType));
            KEPT[place] = known;
        }
        return known.version;
    }

    /// Few texts are versions, and they come again and again: how many parsed ones are kept; a power
    /// of two.
    private static final int MAX_KEPT = 1024;

    /// A lost race keeps nothing worse than another copy.
    private static final @Nullable Kept[] KEPT = new Kept[MAX_KEPT];

    private record Kept(String text, @Nullable String componentType, @Nullable Version version) {
        boolean isOf(String other, @Nullable String otherType) {
            return text.equals(other) && Objects.equals(componentType, otherType);
        }
    }

    private static @Nullable Version parsed(String text, @Nullable String componentType) {
        if (componentType != null
                && text.length() > componentType.length()
                && text.startsWith(componentType)
                && text.charAt(componentType.length()) == '-') {
            return plain(text.substring(componentType.length() + 1));
        }
        Version whole = plain(text);
        return whole != null ? whole : plain(text.substring(afterPrefix(text)));
    }

    private static int afterPrefix(String text) {
        for (int at = text.length() - 2; at >= 0; at--) {
            if (text.charAt(at) == '-') {
                int next = text.charAt(at + 1) == 'v' ? at + 2 : at + 1;
                if (next < text.length() && isDigit(text.charAt(next))) {
                    return at + 1;
                }
            }
        }
        return 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static @Nullable Version plain(String text) {
        if (text.isEmpty() || !(isDigit(text.charAt(0)) || text.charAt(0) == 'v')) {
            return null;
        }
        Matcher matcher = PLAIN.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        List<String> identifiers =
                matcher.group(4) == null ? List.of() : List.of(matcher.group(4).split("\\."));
        for (String identifier : identifiers) {
            if (isNumeric(identifier) && identifier.length() > 1 && identifier.charAt(0) == '0') {
                return null;
            }
        }
        return new Version(
                Long.parseLong(matcher.group(1)),
                number(matcher.group(2)),
                number(matcher.group(3)),
                identifiers);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static boolean isNumeric(String identifier) {
        return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public int compareTo(Version other) {
        int order = Long.compare(major, other.major);
        if (order == 0) {
            order = Long.compare(minor, other.minor);
        }
        if (order == 0) {
            order = Long.compare(patch, other.patch);
        }
        return order == 0 ? comparePreRelease(other) : order;
    }

    private int comparePreRelease(Version other) {
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int shared = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < shared; i++) {
            int order = compareIdentifier(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int compareIdentifier(String a, String b) {
        boolean numericA = isNumeric(a);
        boolean numericB = isNumeric(b);
        if (numericA && numericB) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return numericA == numericB ? a.compareTo(b) : Boolean.compare(numericB, numericA);
    }

    /// `1.4.7` or `1.4.7-rc.1`.
    public String text() {
        String core = major + "." + minor + "." + patch;
        return preRelease.isEmpty() ? core : core + "-" + String.join(".", preRelease);
    }
}

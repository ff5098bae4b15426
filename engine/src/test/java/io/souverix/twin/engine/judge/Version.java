package io.souverix.twin.engine.judge;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A parsed version: three numbers and a pre-release (empty: none); build metadata is dropped. Ordered as SemVer 2.0.
record Version(long major, long minor, long patch, List<String> preRelease)
        implements Comparable<Version> {
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final String NAME = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
    private static final Pattern WHOLE =
            Pattern.compile(
                    "v?"
                            + NUMBER
                            + "(?:\\."
                            + NUMBER
                            + "(?:\\."
                            + NUMBER
                            + ")?)?"
                            + "(?:-("
                            + NAME
                            + "(?:\\."
                            + NAME
                            + ")*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern LAST_START = Pattern.compile(".*-(?=v?[0-9])", Pattern.DOTALL);

    /// The places in which two versions may differ first, the most significant one first.
    enum Place {
        MAJOR,
        MINOR,
        PATCH,
        PRE_RELEASE,
        NONE
    }

    /// The version a text names; null where it does not parse.
    static @Nullable Version parse(@Nullable String text, @Nullable String componentType) {
        if (text == null) {
            return null;
        }
        if (componentType != null && text.startsWith(componentType + "-")) {
            return whole(text.substring(componentType.length() + 1));
        }
        Version whole = whole(text);
        Matcher start = LAST_START.matcher(text);
        return whole == null && start.lookingAt() ? whole(text.substring(start.end())) : whole;
    }

    private static @Nullable Version whole(String text) {
        Matcher parts = WHOLE.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String names = parts.group(4);
        return new Version(
                number(parts.group(1)),
                number(parts.group(2)),
                number(parts.group(3)),
                names == null ? List.of() : List.of(names.split("\\.")));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /// Whether two texts name the same: they parse equal, or are the same text.
    static boolean sameVersion(String one, String other, @Nullable String componentType) {
        Version first = parse(one, componentType);
        return one.equals(other) || (first != null && first.equals(parse(other, componentType)));
    }

    Place firstDifference(Version other) {
        if (major != other.major) {
            return Place.MAJOR;
        }
        if (minor != other.minor) {
            return Place.MINOR;
        }
        if (patch != other.patch) {
            return Place.PATCH;
        }
        return preRelease.equals(other.preRelease) ? Place.NONE : Place.PRE_RELEASE;
    }

    @Override
    public int compareTo(Version other) {
        return switch (firstDifference(other)) {
            case MAJOR -> Long.compare(major, other.major);
            case MINOR -> Long.compare(minor, other.minor);
            case PATCH -> Long.compare(patch, other.patch);
            case PRE_RELEASE -> comparePreRelease(preRelease, other.preRelease);
            case NONE -> 0;
        };
    }

    private static int comparePreRelease(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Boolean.compare(one.isEmpty(), other.isEmpty());
        }
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int compared = compareNames(one.get(i), other.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(one.size(), other.size());
    }

    private static int compareNames(String one, String other) {
        boolean oneIsNumber = one.matches("[0-9]+");
        boolean otherIsNumber = other.matches("[0-9]+");
        if (oneIsNumber && otherIsNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return oneIsNumber == otherIsNumber
                ? one.compareTo(other)
                : Boolean.compare(otherIsNumber, oneIsNumber);
    }

    @Override
    public String toString() {
        String core = major + "." + minor + "." + patch;
        return preRelease.isEmpty() ? core : core + "-" + String.join(".", preRelease);
    }
}

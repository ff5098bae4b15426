package io.souverix.twin.engine.sbom;

import io.souverix.twin.engine.sbom.VersionOrder.Ordered;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A version of RubyGems: numbers and words between dots, where a word makes a pre-release
/// (`1.0.0.rc1`) and a dash is one too (`Gem::Version`).
///
/// @param segments without zeros at the end of the numbers and of the rest
record GemVersion(List<Segment> segments) implements Ordered {
    private static final Pattern SPELLED =
            Pattern.compile("\\d+(\\.[0-9a-zA-Z]+)*(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern PARTS = Pattern.compile("\\d+|[a-zA-Z]+");
    private static final Segment ZERO = new Segment(BigInteger.ZERO, "");

    GemVersion {
        segments = List.copyOf(segments);
    }

    /// @param number null where it is a word
    record Segment(@Nullable BigInteger number, String word) implements Comparable<Segment> {
        boolean isZero() {
            return number != null && number.signum() == 0;
        }

        /// A word comes before any number.
        @Override
        public int compareTo(Segment other) {
            if (number == null || other.number == null) {
                return number == null && other.number == null
                        ? word.compareTo(other.word)
                        : Boolean.compare(number != null, other.number != null);
            }
            return number.compareTo(other.number);
        }
    }

    static Optional<Ordered> read(String text) {
        if (!SPELLED.matcher(text).matches()) {
            return Optional.empty();
        }
        List<Segment> numbers = new ArrayList<>();
        List<Segment> rest = new ArrayList<>();
        PARTS.matcher(text.replace("-", ".pre."))
                .results()
                .map(MatchResult::group)
                .map(GemVersion::segment)
                .forEach(part ->
                        (rest.isEmpty() && part.number() != null ? numbers : rest).add(part));
        withoutZeros(numbers);
        withoutZeros(rest);
        numbers.addAll(rest);
        return Optional.of(new GemVersion(numbers));
    }

    private static Segment segment(String part) {
        return Character.isDigit(part.charAt(0))
                ? new Segment(new BigInteger(part), "")
                : new Segment(null, part);
    }

    private static void withoutZeros(List<Segment> segments) {
        while (!segments.isEmpty() && segments.getLast().isZero()) {
            segments.removeLast();
        }
    }

    @Override
    public int compareTo(Ordered other) {
        List<Segment> theirs = ((GemVersion) other).segments;
        for (int i = 0; i < Math.max(segments.size(), theirs.size()); i++) {
            int order = at(segments, i).compareTo(at(theirs, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static Segment at(List<Segment> segments, int place) {
        return place < segments.size() ? segments.get(place) : ZERO;
    }
}

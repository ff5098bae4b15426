package io.souverix.twin.engine.sbom;

import io.github.nscuro.versatile.VersionFactory;
import io.souverix.twin.core.release.Version;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How the versions of a kind of package are ordered.
///
/// The library knows most odd ones (Maven, NuGet, PyPI, Debian, RPM, Alpine, Composer); RubyGems and
/// Arch Linux are read here. All others are SemVer 2.0, or numbers between dots, by our own reading:
/// the library's `semver`, `generic` and `gem` put pre-releases wrong, its `npm` takes `1.0` for less
/// than `1.0.0`.
enum VersionOrder {
    MAVEN("maven"),
    NUGET("nuget"),
    PYPI("pypi"),
    DEB("deb"),
    RPM("rpm"),
    APK("apk"),
    COMPOSER("composer"),
    GEM("gem"),
    ALPM("alpm"),
    PLAIN("");

    /// Longer texts are no versions.
    private static final int MAX_LENGTH = 256;

    /// Types of package and names of schemes that mean the same.
    private static final Map<String, String> SYNONYMS =
            Map.of("debian", "deb", "alpine", "apk", "arch", "alpm");

    /// Schemes of ranges that fit any package in the plain order.
    private static final Set<String> GENERAL = Set.of("semver", "generic", "intdot");

    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";

    /// With text after the numbers; no number has a leading zero, but words and builds may.
    private static final Pattern SEMVER =
            Pattern.compile(
                    "(?:0|[1-9]\\d{0,17})(?:\\.(?:0|[1-9]\\d{0,17})){0,2}"
                            + "(?=[-+])(?:-(?!(?:[^+]*\\.)?0\\d+(?:[.+]|$))"
                            + IDENTIFIERS
                            + ")?(?:\\+"
                            + IDENTIFIERS
                            + ")?");

    private final String scheme;

    VersionOrder(String scheme) {
        this.scheme = scheme;
    }

    /// A version that can be ordered among those of its kind.
    sealed interface Ordered extends Comparable<Ordered>
            permits Ordered.Foreign, Ordered.Semantic, Ordered.Dotted, GemVersion, AlpmVersion {
        /// In the order of the library.
        record Foreign(io.github.nscuro.versatile.spi.Version version) implements Ordered {
            @Override
            public int compareTo(Ordered other) {
                return version.compareTo(((Foreign) other).version);
            }
        }

        /// In the order of SemVer.
        record Semantic(Version version) implements Ordered {
            @Override
            public int compareTo(Ordered other) {
                return other instanceof Semantic semantic
                        ? version.compareTo(semantic.version)
                        : -Integer.signum(other.compareTo(this));
            }
        }

        /// Numbers between dots, however many.
        record Dotted(List<BigInteger> numbers) implements Ordered {
            public Dotted {
                numbers = List.copyOf(numbers);
            }

            @Override
            public int compareTo(Ordered other) {
                return switch (other) {
                    case Dotted(List<BigInteger> theirs) -> compare(numbers, theirs);
                    case Semantic(Version version) -> compareTo(version);
                    case Foreign _, GemVersion _, AlpmVersion _ ->
                            throw new IllegalStateException("orders do not mix");
                };
            }

            private int compareTo(Version version) {
                int order =
                        compare(
                                numbers,
                                List.of(
                                        BigInteger.valueOf(version.major()),
                                        BigInteger.valueOf(version.minor()),
                                        BigInteger.valueOf(version.patch())));
                return order == 0 && !version.preRelease().isEmpty() ? 1 : order;
            }

            private static int compare(List<BigInteger> a, List<BigInteger> b) {
                for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                    int order = at(a, i).compareTo(at(b, i));
                    if (order != 0) {
                        return order;
                    }
                }
                return 0;
            }

            private static BigInteger at(List<BigInteger> numbers, int place) {
                return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
            }
        }
    }

    /// The order of a type of package (`maven`, `npm`, …).
    static VersionOrder ofType(String type) {
        String name = SYNONYMS.getOrDefault(type, type);
        for (VersionOrder order : values()) {
            if (order != PLAIN && order.scheme.equals(name)) {
                return order;
            }
        }
        return PLAIN;
    }

    /// Whether a range of that scheme may be asked of a type of package.
    static boolean fits(String scheme, String type) {
        String a = SYNONYMS.getOrDefault(scheme, scheme);
        String b = SYNONYMS.getOrDefault(type, type);
        return a.equals(b) || (GENERAL.contains(a) && ofType(b) == PLAIN);
    }

    /// The version, or empty where it cannot be ordered.
    Optional<Ordered> read(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return switch (this) {
            case PLAIN -> plain(text);
            case GEM -> GemVersion.read(text);
            case ALPM -> AlpmVersion.read(text);
            case COMPOSER -> isBranch(text) ? Optional.empty() : foreign(text);
            case MAVEN, NUGET, PYPI, DEB, RPM, APK -> foreign(text);
        };
    }

    private Optional<Ordered> foreign(String text) {
        try {
            return Optional.of(new Ordered.Foreign(VersionFactory.forScheme(scheme, text)));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    /// A branch of Composer is before and after no release.
    private static boolean isBranch(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("dev-") || lower.endsWith("-dev");
    }

    private static Optional<Ordered> plain(String text) {
        char first = text.charAt(0);
        if (!isDigit(first) && first != 'v' && first != 'V') {
            return Optional.empty();
        }
        String bare = isDigit(first) ? text : text.substring(1);
        if (bare.isEmpty() || !isDigit(bare.charAt(0))) {
            return Optional.empty();
        }
        Version version = SEMVER.matcher(bare).matches() ? Version.parse(bare, null) : null;
        if (version != null) {
            return Optional.of(new Ordered.Semantic(version));
        }
        return dotted(bare);
    }

    private static boolean hasLetters(String text) {
        return !text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }

    private static Optional<Ordered> dotted(String text) {
        List<BigInteger> numbers = new ArrayList<>();
        for (String part : text.split("\\.", -1)) {
            if (part.isEmpty() || hasLetters(part)) {
                return Optional.empty();
            }
            numbers.add(new BigInteger(part));
        }
        return Optional.of(new Ordered.Dotted(numbers));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

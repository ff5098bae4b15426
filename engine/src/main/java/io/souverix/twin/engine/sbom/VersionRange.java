package io.souverix.twin.engine.sbom;

import io.souverix.twin.engine.sbom.VersionOrder.Ordered;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A range of versions of one kind of package: VERS (`vers:npm/>=1.0.0|<2.0.0`), or its constraints
/// alone, joined by `|` or `,`. Immutable.
public final class VersionRange {
    /// How many constraints a range may have.
    public static final int MAX_CONSTRAINTS = 1_000;

    private static final String VERS = "vers:";

    private final VersionOrder order;
    private final List<Constraint> equal;
    private final List<Constraint> different;
    private final List<Constraint> bounds;
    private final boolean everything;

    private VersionRange(VersionOrder order, List<Constraint> constraints, boolean everything) {
        this.order = order;
        this.everything = everything;
        this.equal = constraints.stream().filter(c -> c.sign() == Sign.EQUAL).toList();
        this.different = constraints.stream().filter(c -> c.sign() == Sign.NOT_EQUAL).toList();
        this.bounds = simplified(constraints);
    }

    private enum Sign {
        GREATER_OR_EQUAL(">="),
        LESS_OR_EQUAL("<="),
        NOT_EQUAL("!="),
        GREATER(">"),
        LESS("<"),
        EQUAL("=");

        private final String text;

        Sign(String text) {
            this.text = text;
        }

        boolean isLower() {
            return this == GREATER || this == GREATER_OR_EQUAL;
        }

        boolean isUpper() {
            return this == LESS || this == LESS_OR_EQUAL;
        }
    }

    /// @param version null where it cannot be ordered: then it is compared as text
    private record Constraint(Sign sign, String text, @Nullable Ordered version) {
        Ordered bound() {
            if (version == null) {
                throw new IllegalStateException("a bound that cannot be ordered");
            }
            return version;
        }
    }

    /// Whether a version lies in the range.
    public enum Containment {
        INSIDE,
        OUTSIDE,
        /// It cannot be ordered.
        INDETERMINATE
    }

    /// Reads a range for a type of package; null stands for every version.
    ///
    /// @throws IllegalArgumentException saying what was found and what was expected
    public static VersionRange parse(@Nullable String text, String type) {
        VersionOrder order = VersionOrder.ofType(type);
        String constraints = text == null ? "*" : text.strip();
        if (constraints.startsWith(VERS)) {
            int slash = constraints.indexOf('/');
            String scheme =
                    slash < 0
                            ? ""
                            : constraints.substring(VERS.length(), slash).toLowerCase(Locale.ROOT);
            if (!VersionOrder.fits(scheme, type)) {
                throw new IllegalArgumentException(
                        "found the scheme " + scheme + ", expected vers:" + type + "/…");
            }
            constraints = constraints.substring(slash + 1);
        }
        if (constraints.equals("*")) {
            return new VersionRange(order, List.of(), true);
        }
        List<Constraint> list = new ArrayList<>();
        for (String each : constraints.split("[|,]", -1)) {
            if (list.size() == MAX_CONSTRAINTS) {
                throw new IllegalArgumentException(
                        "found more than " + MAX_CONSTRAINTS + " constraints");
            }
            list.add(constraint(each.strip(), order));
        }
        return new VersionRange(order, list, false);
    }

    private static Constraint constraint(String text, VersionOrder order) {
        Sign sign = Sign.EQUAL;
        String rest = text;
        for (Sign each : Sign.values()) {
            if (text.startsWith(each.text)) {
                sign = each;
                rest = text.substring(each.text.length()).strip();
                break;
            }
        }
        String version = decoded(rest);
        if (version.isEmpty() || version.equals("*")) {
            throw new IllegalArgumentException(
                    "found the constraint \""
                            + text
                            + "\", expected a version after an optional = != < <= > >=");
        }
        Ordered read = order.read(version).orElse(null);
        if (read == null && (sign.isLower() || sign.isUpper())) {
            throw new IllegalArgumentException(
                    "found the bound \"" + text + "\", expected a version that can be ordered");
        }
        return new Constraint(sign, version, read);
    }

    private static String decoded(String version) {
        if (version.indexOf('%') < 0) {
            return version;
        }
        try {
            return URLDecoder.decode(version.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "found \""
                            + version
                            + "\", expected two hex digits behind every %, which is itself %25");
        }
    }

    /// The bounds in order, without those that others make superfluous.
    private static List<Constraint> simplified(List<Constraint> constraints) {
        List<Constraint> sorted = new ArrayList<>();
        constraints.stream()
                .filter(c -> c.sign().isLower() || c.sign().isUpper())
                .sorted((a, b) -> a.bound().compareTo(b.bound()))
                .forEach(sorted::add);
        List<Constraint> kept = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Constraint each = sorted.get(i);
            Constraint before = i == 0 ? null : sorted.get(i - 1);
            if (before != null
                    && before.bound().compareTo(each.bound()) == 0
                    && before.sign() != each.sign()) {
                throw new IllegalArgumentException(
                        "found two bounds at the version " + each.text() + ", expected one");
            }
            Constraint last = kept.isEmpty() ? null : kept.getLast();
            if (last != null && last.sign().isLower() && each.sign().isLower()) {
                continue;
            }
            if (last != null && last.sign().isUpper() && each.sign().isUpper()) {
                kept.removeLast();
            }
            kept.add(each);
        }
        return List.copyOf(kept);
    }

    /// Whether the version lies in the range.
    public Containment contains(@Nullable String version) {
        if (everything) {
            return Containment.INSIDE;
        }
        if (version == null) {
            return Containment.INDETERMINATE;
        }
        Optional<Ordered> read = order.read(version);
        if (matches(equal, version, read)) {
            return Containment.INSIDE;
        }
        if (matches(different, version, read)) {
            return Containment.OUTSIDE;
        }
        if (read.isEmpty()) {
            return Containment.INDETERMINATE;
        }
        boolean inside =
                bounds.isEmpty() ? !different.isEmpty() && equal.isEmpty() : within(read.get());
        return inside ? Containment.INSIDE : Containment.OUTSIDE;
    }

    private static boolean matches(
            List<Constraint> constraints, String version, Optional<Ordered> read) {
        for (Constraint each : constraints) {
            Ordered bound = each.version();
            if (each.text().equals(version)
                    || (bound != null && read.isPresent() && bound.compareTo(read.get()) == 0)) {
                return true;
            }
        }
        return false;
    }

    /// The bounds go up and down in turn: each lower one opens an interval that the next upper closes.
    private boolean within(Ordered version) {
        boolean inside = bounds.getFirst().sign().isUpper();
        for (Constraint bound : bounds) {
            int order = version.compareTo(bound.bound());
            boolean isBelow =
                    switch (bound.sign()) {
                        case LESS, GREATER_OR_EQUAL -> order < 0;
                        case LESS_OR_EQUAL, GREATER -> order <= 0;
                        case EQUAL, NOT_EQUAL ->
                                throw new IllegalStateException("no bound: " + bound.text());
                    };
            if (isBelow) {
                return inside;
            }
            inside = bound.sign().isLower();
        }
        return inside;
    }
}

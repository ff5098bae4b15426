package io.souverix.twin.engine.judge;

import io.souverix.twin.engine.judge.Walk.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How far the running version is from the desired one.
final class VersionDrift {
    private VersionDrift() {}

    /// The rendering of the version finding; null without one.
    static @Nullable Map<String, @Nullable Object> versionDrift(
            Question asked, List<Finding> findings) {
        for (Finding finding : findings) {
            return Members.of(
                    "component", type(asked),
                    "desired", core(asked, String.valueOf(finding.desired())),
                    "actual", core(asked, String.valueOf(finding.actual())),
                    "severity", finding.severity(),
                    "impact", finding.impact(),
                    "distance", distance(asked));
        }
        return null;
    }

    private static String core(Question asked, String text) {
        Version version = Version.parse(text, type(asked));
        return version == null ? text : version.toString();
    }

    private static @Nullable String type(Question asked) {
        return Identity.componentType(asked.history());
    }

    /// The version finding, or none.
    static List<Finding> findings(Question asked) {
        Fact desired = Software.desired(asked.history());
        Fact actual = Software.actual(asked.history());
        if (desired == null
                || actual == null
                || Version.sameVersion(desired.text(), actual.text(), type(asked))) {
            return List.of();
        }
        return List.of(
                new Finding(
                        "version",
                        "software_version",
                        "changed",
                        desired.text(),
                        actual.text(),
                        severity(asked, desired.text(), actual.text()),
                        impact(asked, desired.text(), actual.text()),
                        Walk.startOfRun(asked.history(), VersionDrift::pair),
                        Finding.ids(desired.event(), actual.event())));
    }

    private static List<String> pair(List<Event> history) {
        return List.of(
                String.valueOf(Walk.text(Software.desired(history))),
                String.valueOf(Walk.text(Software.actual(history))));
    }

    private static String impact(Question asked, String desiredText, String actualText) {
        Version desired = Version.parse(desiredText, type(asked));
        Version actual = Version.parse(actualText, type(asked));
        if (desired == null || actual == null) {
            return "unknown_version";
        }
        if (actual.compareTo(desired) > 0) {
            return "ahead_of_desired";
        }
        if (skipped(asked, desired, actual).stream().anyMatch(Catalogue::isSecurityRelease)) {
            return "missing_security_patch";
        }
        return switch (desired.firstDifference(actual)) {
            case MAJOR -> "incompatible_major";
            case MINOR -> "missing_feature";
            case PATCH, PRE_RELEASE, NONE -> "missing_fix";
        };
    }

    private static String severity(Question asked, String desiredText, String actualText) {
        Version desired = Version.parse(desiredText, type(asked));
        Version actual = Version.parse(actualText, type(asked));
        if (desired == null || actual == null) {
            return "medium";
        }
        String base =
                switch (desired.firstDifference(actual)) {
                    case MAJOR -> "high";
                    case MINOR -> "medium";
                    case PATCH, PRE_RELEASE, NONE -> "low";
                };
        List<String> all = new ArrayList<>(List.of(base));
        skipped(asked, desired, actual).forEach(release -> all.add(Catalogue.severity(release)));
        return Finding.worst(all);
    }

    /// The releases in (actual, desired] that the catalogue knows; none when the node is ahead.
    private static List<Event> skipped(Question asked, Version desired, Version actual) {
        List<Event> skipped = new ArrayList<>();
        asked.catalogue()
                .releases(type(asked))
                .forEach((version, release) -> {
                    if (version.compareTo(actual) > 0 && version.compareTo(desired) <= 0) {
                        skipped.add(release);
                    }
                });
        return skipped;
    }

    /// How many releases, or how many at the first differing place, the node is behind; negative when ahead; null
    /// where a version is unknown or does not parse.
    static @Nullable Long distance(Question asked) {
        Version desired = Version.parse(Walk.text(Software.desired(asked.history())), type(asked));
        Version actual = Version.parse(Walk.text(Software.actual(asked.history())), type(asked));
        if (desired == null || actual == null) {
            return null;
        }
        SortedMap<Version, Event> releases = asked.catalogue().releases(type(asked));
        if (releases.containsKey(desired) && releases.containsKey(actual)) {
            return (long) skipped(asked, desired, actual).size()
                    - skipped(asked, actual, desired).size();
        }
        long difference =
                switch (desired.firstDifference(actual)) {
                    case MAJOR -> Math.abs(desired.major() - actual.major());
                    case MINOR -> Math.abs(desired.minor() - actual.minor());
                    case PATCH -> Math.abs(desired.patch() - actual.patch());
                    case PRE_RELEASE -> 1;
                    case NONE -> 0;
                };
        return desired.compareTo(actual) < 0 ? -difference : difference;
    }
}

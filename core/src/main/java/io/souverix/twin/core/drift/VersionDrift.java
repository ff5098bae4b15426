package io.souverix.twin.core.drift;

import io.souverix.twin.core.event.Payload.Advisory;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.core.release.Releases.Release;
import io.souverix.twin.core.release.Version;
import java.math.BigDecimal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The desired and the actual version of a node, compared. Pure.
///
/// @param distance how far behind (negative: ahead), or null where it cannot be told
/// @param severity null where the two are equal or a side is unknown
/// @param impact what is missed, with `severity`
/// @param desired the desired version without prefix, for people
/// @param actual the same of the actual one
public record VersionDrift(
        @Nullable Long distance,
        @Nullable Severity severity,
        @Nullable String impact,
        @Nullable String desired,
        @Nullable String actual) {
    static final VersionDrift UNKNOWN = new VersionDrift(null, null, null, null, null);

    /// Compares two versions, among the releases of their component.
    public static VersionDrift of(
            @Nullable String desired,
            @Nullable String actual,
            @Nullable String componentType,
            Releases releases) {
        if (desired == null || actual == null) {
            return UNKNOWN;
        }
        Version wanted = Version.parse(desired, componentType);
        Version running = Version.parse(actual, componentType);
        String wantedText = wanted == null ? desired : wanted.text();
        String runningText = running == null ? actual : running.text();
        if (wanted == null || running == null) {
            return desired.equals(actual)
                    ? new VersionDrift(null, null, null, wantedText, runningText)
                    : new VersionDrift(
                            null, Severity.MEDIUM, "unknown_version", wantedText, runningText);
        }
        int order = wanted.compareTo(running);
        if (order == 0) {
            return new VersionDrift(0L, null, null, wantedText, runningText);
        }
        Place place = Place.between(wanted, running);
        long distance = distance(wanted, running, place, releases);
        if (order < 0) {
            return new VersionDrift(
                    distance, place.severity, "ahead_of_desired", wantedText, runningText);
        }
        Collection<Release> skipped = releases.between(running, wanted);
        boolean patch = skipped.stream().anyMatch(Release::patchesSecurity);
        Severity severity = patch ? raised(place.severity, skipped) : place.severity;
        String impact = patch ? "missing_security_patch" : place.impact;
        return new VersionDrift(distance, severity, impact, wantedText, runningText);
    }

    /// The most significant place at which two versions differ.
    private enum Place {
        MAJOR(Severity.HIGH, "incompatible_major"),
        MINOR(Severity.MEDIUM, "missing_feature"),
        PATCH(Severity.LOW, "missing_fix"),
        PRE_RELEASE(Severity.LOW, "missing_fix");

        private final Severity severity;
        private final String impact;

        Place(Severity severity, String impact) {
            this.severity = severity;
            this.impact = impact;
        }

        static Place between(Version a, Version b) {
            if (a.major() != b.major()) {
                return MAJOR;
            }
            if (a.minor() != b.minor()) {
                return MINOR;
            }
            return a.patch() != b.patch() ? PATCH : PRE_RELEASE;
        }

        long difference(Version a, Version b) {
            return switch (this) {
                case MAJOR -> a.major() - b.major();
                case MINOR -> a.minor() - b.minor();
                case PATCH -> a.patch() - b.patch();
                case PRE_RELEASE -> a.compareTo(b) > 0 ? 1 : -1;
            };
        }
    }

    private static long distance(Version wanted, Version running, Place place, Releases releases) {
        if (releases.knows(wanted) && releases.knows(running)) {
            return releases.between(running, wanted).size()
                    - (long) releases.between(wanted, running).size();
        }
        return place.difference(wanted, running);
    }

    /// At least medium, the worst of the advisories, critical where one is known to be exploited.
    private static Severity raised(Severity base, Collection<Release> skipped) {
        Severity severity = base.atLeast(Severity.MEDIUM);
        for (Release release : skipped) {
            for (Advisory advisory : release.advisories()) {
                severity = severity.atLeast(severityOf(advisory));
            }
        }
        return severity;
    }

    private static Severity severityOf(Advisory advisory) {
        if (advisory.knownExploited()) {
            return Severity.CRITICAL;
        }
        if (advisory.severity() != null) {
            return advisory.severity();
        }
        JsonNumber cvss = advisory.cvss();
        if (cvss == null || below(cvss, 4)) {
            return Severity.LOW;
        }
        if (below(cvss, 7)) {
            return Severity.MEDIUM;
        }
        return below(cvss, 9) ? Severity.HIGH : Severity.CRITICAL;
    }

    private static boolean below(JsonNumber number, int bound) {
        return number.value().compareTo(BigDecimal.valueOf(bound)) < 0;
    }
}

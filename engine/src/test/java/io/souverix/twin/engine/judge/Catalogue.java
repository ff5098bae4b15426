package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The releases that count for a question, by component and parsed version.
final class Catalogue {
    static final List<String> SEVERITIES = List.of("none", "low", "medium", "high", "critical");
    private static final List<Integer> CVSS_FLOORS = List.of(0, 0, 4, 7, 9);

    private final Accepted accepted;
    private final Instant now;
    private final AsOf asOf;
    private final Map<String, SortedMap<Version, Event>> releases = new ConcurrentHashMap<>();

    Catalogue(Accepted accepted, Instant now, AsOf asOf) {
        this.accepted = accepted;
        this.now = now;
        this.asOf = asOf;
    }

    /// The newest release event of each version of a component (null: of none).
    SortedMap<Version, Event> releases(@Nullable String component) {
        return component == null
                ? new TreeMap<>()
                : releases.computeIfAbsent(component, this::published);
    }

    private SortedMap<Version, Event> published(String component) {
        SortedMap<Version, Event> published = new TreeMap<>();
        for (Event event : accepted.history("component", component, now, asOf)) {
            Version version =
                    event.is("release_published")
                            ? Version.parse(event.text("version"), component)
                            : null;
            if (version != null) {
                published.put(version, event);
            }
        }
        return published;
    }

    static boolean isSecurityRelease(Event release) {
        List<@Nullable Object> advisories = Members.list(release.payload(), "advisories");
        return Members.isTrue(release.payload(), "security")
                || (advisories != null && !advisories.isEmpty());
    }

    /// The worst of a release's advisories, at least `medium` for a security release; else `none`.
    static String severity(Event release) {
        int worst = isSecurityRelease(release) ? SEVERITIES.indexOf("medium") : 0;
        for (Map<String, @Nullable Object> advisory :
                Members.objects(release.payload(), "advisories")) {
            worst = Math.max(worst, level(advisory));
        }
        return SEVERITIES.get(worst);
    }

    private static int level(Map<String, @Nullable Object> advisory) {
        if (Members.isTrue(advisory, "known_exploited")) {
            return SEVERITIES.indexOf("critical");
        }
        String severity = Members.text(advisory, "severity");
        if (severity != null) {
            return Math.max(0, SEVERITIES.indexOf(severity));
        }
        BigDecimal cvss = Members.number(advisory, "cvss");
        int level = 0;
        for (int i = 2; cvss != null && i < CVSS_FLOORS.size(); i++) {
            level = cvss.compareTo(BigDecimal.valueOf(CVSS_FLOORS.get(i))) >= 0 ? i : level;
        }
        return level;
    }
}

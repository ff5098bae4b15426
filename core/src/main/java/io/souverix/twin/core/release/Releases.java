package io.souverix.twin.core.release;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.Advisory;
import io.souverix.twin.core.event.Payload.ReleasePublished;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The releases of one component, by version. Immutable.
public final class Releases {
    public static final Releases NONE = new Releases(new TreeMap<>());

    private final NavigableMap<Version, Release> byVersion;

    private Releases(NavigableMap<Version, Release> byVersion) {
        this.byVersion = byVersion;
    }

    /// One release, as last published.
    public record Release(
            Version version,
            @Nullable String sbomHash,
            boolean security,
            List<Advisory> advisories) {
        public Release {
            advisories = List.copyOf(advisories);
        }

        /// True where skipping it leaves a known hole.
        public boolean patchesSecurity() {
            return security || !advisories.isEmpty();
        }
    }

    /// What the history of a component publishes: the newest event of each version stands.
    ///
    /// @param history sorted by [Event#ORDER], without the annulled
    public static Releases of(String component, Collection<Event> history) {
        NavigableMap<Version, Release> byVersion = new TreeMap<>();
        for (Event event : history) {
            if (event.payload() instanceof ReleasePublished published) {
                Version version = Version.parse(published.version(), component);
                if (version != null) {
                    byVersion.put(
                            version,
                            new Release(
                                    version,
                                    published.sbomHash(),
                                    published.security(),
                                    published.advisories()));
                }
            }
        }
        return byVersion.isEmpty() ? NONE : new Releases(byVersion);
    }

    public boolean knows(Version version) {
        return byVersion.containsKey(version);
    }

    public @Nullable Release release(Version version) {
        return byVersion.get(version);
    }

    /// The releases in (after, upTo], in order; empty where `after` is not below `upTo`.
    public Collection<Release> between(Version after, Version upTo) {
        return after.compareTo(upTo) >= 0
                ? List.of()
                : byVersion.subMap(after, false, upTo, true).values();
    }
}

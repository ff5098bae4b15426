package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A newer catalogue in the place of an older one: which nodes it concerns. Not thread-safe.
final class CatalogueChange {
    private final Catalogue older;
    private final Catalogue newer;
    private final Map<Placement, Boolean> authorities = new HashMap<>();

    private record Placement(@Nullable String zone, @Nullable String region) {}

    CatalogueChange(Catalogue older, Catalogue newer) {
        this.older = older;
        this.newer = newer;
    }

    boolean isNothing() {
        return newer.sharesReleasesWith(older) && newer.sharesTermsWith(older);
    }

    /// Whether a node of that identity has other releases, or another authority over it.
    @SuppressWarnings(
            "ReferenceEquality") // releases are immutable: another instance, other releases
    boolean concerns(Identity identity) {
        String component = identity.componentType();
        if (component != null && older.releases(component) != newer.releases(component)) {
            return true;
        }
        return !newer.sharesTermsWith(older)
                && authorities.computeIfAbsent(
                        new Placement(identity.zone(), identity.region()), this::differs);
    }

    private boolean differs(Placement placement) {
        return !Objects.equals(
                older.authority(placement.zone(), placement.region()),
                newer.authority(placement.zone(), placement.region()));
    }
}

package io.souverix.twin.engine.shard;

import io.souverix.twin.core.drift.VersionDrift;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.core.release.Releases.Release;
import io.souverix.twin.core.release.Version;
import io.souverix.twin.core.twin.Identity;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/// A newer catalogue in the place of an older one: which nodes it concerns. Not thread-safe.
final class CatalogueChange {
    private final Catalogue older;
    private final Catalogue newer;
    private final Map<Placement, Boolean> authorities = new HashMap<>();

    private final Map<Versions, Boolean> releases = new HashMap<>();

    private record Placement(@Nullable String zone, @Nullable String region) {}

    /// All that a view holds against the releases of a component.
    private record Versions(String component, @Nullable String desired, @Nullable String actual) {}

    CatalogueChange(Catalogue older, Catalogue newer) {
        this.older = older;
        this.newer = newer;
    }

    boolean isNothing() {
        return newer.sharesReleasesWith(older) && newer.sharesTermsWith(older);
    }

    /// Whether other releases make a difference to a node, or another authority is over it, by what it
    /// is counted as.
    boolean concerns(Node node) {
        Identity identity = node.placement();
        FieldIndex.Labels labels = node.labels;
        return identity == null || labels == null || node.uncounted || concerns(identity, labels);
    }

    @SuppressWarnings(
            "ReferenceEquality") // releases are immutable: another instance, other releases
    boolean concerns(Identity identity, FieldIndex.Labels labels) {
        String component = identity.componentType();
        if (component != null && older.releases(component) != newer.releases(component)) {
            Versions versions =
                    new Versions(component, labels.desiredVersion(), labels.actualVersion());
            if (releases.computeIfAbsent(versions, this::differs)) {
                return true;
            }
        }
        return !newer.sharesTermsWith(older)
                && authorities.computeIfAbsent(
                        new Placement(identity.zone(), identity.region()), this::differs);
    }

    private boolean differs(Versions versions) {
        Releases before = older.releases(versions.component);
        Releases after = newer.releases(versions.component);
        return !drift(versions, before).equals(drift(versions, after))
                || !Objects.equals(running(versions, before), running(versions, after));
    }

    /// Visits the places of the counted nodes that it concerns, some of them twice: the same as
    /// [#concerns] says of each, but without going through a million of them for each release.
    ///
    /// @param index in which each of them stands as it is counted
    void visit(FieldIndex index, IntConsumer visitor) {
        if (!newer.sharesReleasesWith(older)) {
            byReleases(index, visitor);
        }
        if (!newer.sharesTermsWith(older)) {
            byAuthorities(index, visitor);
        }
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private void byReleases(FieldIndex index, IntConsumer visitor) {
        index.<String>split(
                FaceFields.COMPONENT_TYPE,
                index.all(),
                (component, ofComponent) -> {
                    if (component != null
                            && older.releases(component) != newer.releases(component)) {
                        byVersions(index, component, ofComponent, visitor);
                    }
                });
    }

    /// Where somebody governs a zone, its region does not matter.
    private void byAuthorities(FieldIndex index, IntConsumer visitor) {
        RoaringBitmap ungoverned = new RoaringBitmap();
        index.<String>split(
                FaceFields.ZONE,
                index.all(),
                (zone, ofZone) -> {
                    boolean was = older.governor(zone, null) != null;
                    boolean is = newer.governor(zone, null) != null;
                    if (was && is) {
                        if (differs(new Placement(zone, null))) {
                            ofZone.forEach(visitor);
                        }
                    } else if (was || is) {
                        byRegion(index, zone, ofZone, visitor);
                    } else {
                        ungoverned.or(ofZone);
                    }
                });
        byRegion(index, null, ungoverned, visitor);
    }

    private void byRegion(
            FieldIndex index, @Nullable String zone, RoaringBitmap places, IntConsumer visitor) {
        index.<String>split(
                FaceFields.REGION,
                places,
                (region, ofRegion) -> {
                    if (differs(new Placement(zone, region))) {
                        ofRegion.forEach(visitor);
                    }
                });
    }

    private void byVersions(
            FieldIndex index, String component, RoaringBitmap places, IntConsumer visitor) {
        index.<String>split(
                FaceFields.DESIRED_VERSION,
                places,
                (desired, ofDesired) ->
                        index.<String>split(
                                FaceFields.ACTUAL_VERSION,
                                ofDesired,
                                (actual, ofBoth) -> {
                                    if (differs(new Versions(component, desired, actual))) {
                                        ofBoth.forEach(visitor);
                                    }
                                }));
    }

    private static VersionDrift drift(Versions versions, Releases among) {
        return VersionDrift.of(versions.desired, versions.actual, versions.component, among);
    }

    private static @Nullable Release running(Versions versions, Releases among) {
        Version actual =
                versions.actual == null ? null : Version.parse(versions.actual, versions.component);
        return actual == null ? null : among.release(actual);
    }

    private boolean differs(Placement placement) {
        return !Objects.equals(
                older.authority(placement.zone(), placement.region()),
                newer.authority(placement.zone(), placement.region()));
    }
}

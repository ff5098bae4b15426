package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Remembered;
import io.souverix.twin.engine.past.Timeline;
import io.souverix.twin.engine.shard.Snapshots.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builds one column: walks the history of a node and looks at it after every instant with events,
/// at every instant between at which it changes by time alone, and whenever the catalogue does.
final class ColumnBuilding {
    /// Every event has a greater one.
    private static final long NO_ADDRESS = -1;

    private final Shard shard;
    private final Columns columns;
    private final Node node;
    private final Catalogues catalogues;
    private final Fold fold;
    private final List<Timeline> timelines = new ArrayList<>();
    private Column.Builder column = new Column.Builder(null, Long.MIN_VALUE);

    /// What is before this instant is in the column already.
    private long keptBefore = Long.MIN_VALUE;

    private Twin twin;
    private @Nullable Timeline timeline;

    /// The instant the twin was last looked at, or that of the events being folded.
    private long at;

    /// What aggregates count of it as of the last look; null where more happened since than that its
    /// connection was spoken of.
    private @Nullable Facets counted;

    /// The catalogue of the last look.
    private Catalogue countedBy = Catalogue.EMPTY;

    /// When time alone will change what is counted, as of the last look.
    private long nextByTime;

    ColumnBuilding(Shard shard, Columns columns, Node node, Catalogues catalogues) {
        this.shard = shard;
        this.columns = columns;
        this.node = node;
        this.catalogues = catalogues;
        this.fold = new Fold(shard.rules(), columns.sharing());
        this.twin = new Twin(node.id);
        this.at = node.firstMicros;
    }

    /// Builds on what is there, as far as it holds.
    ///
    /// @param most after about so many events it stops where it is, to be built on
    Remembered from(@Nullable Remembered old, int most) {
        long foldedFrom = Long.MIN_VALUE;
        long afterAddress = NO_ADDRESS;
        if (old != null && old.validBelow() > node.firstMicros) {
            keptBefore = old.validBelow();
            column = new Column.Builder(old.column(), keptBefore);
            timelines.addAll(old.timelines());
            Twin resume = old.resume();
            if (resume != null) {
                twin = resume.copy();
                at = keptBefore;
                foldedFrom = keptBefore;
                afterAddress = old.builtAddress();
            } else if (keptBefore > node.lastMicros) {
                twin = node.twin().copy();
                at = keptBefore;
                foldedFrom = Long.MAX_VALUE;
            } else {
                foldedFrom = fromStored();
            }
        }
        // What holds already counts for nothing: it is passed, and no step leaves less than there
        // was.
        long below = endOf(Math.max(foldedFrom, keptBefore), most);
        walk(foldedFrom, below, afterAddress);
        look();
        passTo(below);
        return below == Long.MAX_VALUE
                ? new Remembered(column.build(), below, node.foldedAddress, null, timelines)
                : new Remembered(column.build(), below, NO_ADDRESS, twin, timelines);
    }

    /// Before which instant about so many events stand, from another one on.
    private long endOf(long fromMicros, int most) {
        if (fromMicros > node.lastMicros || node.events <= most) {
            return Long.MAX_VALUE;
        }
        long[] entries = shard.histories().entries(node, fromMicros, AsOf.PRESENT);
        for (int at = most * EventIndex.WORDS; at < entries.length; at += EventIndex.WORDS) {
            // The events of one instant are folded together.
            if (entries[at] != entries[0]) {
                return entries[at];
            }
        }
        return Long.MAX_VALUE;
    }

    /// Starts at the state on disk, where it is from before what is missing.
    private long fromStored() {
        Snapshot stored =
                shard.refolding()
                        .storedBefore(node, new AsOf(keptBefore - 1, AsOf.ALL), columns.sharing());
        if (stored == null) {
            return Long.MIN_VALUE;
        }
        twin = stored.twin();
        at = stored.uptoMicros();
        return at + 1;
    }

    private void walk(long fromMicros, long below, long afterAddress) {
        if (fromMicros > node.lastMicros) {
            return;
        }
        shard.histories()
                .walk(
                        node,
                        fromMicros,
                        below == Long.MAX_VALUE ? AsOf.PRESENT : AsOf.at(below - 1),
                        node::isAnnulled,
                        stored -> {
                            if (stored.address() > afterAddress) {
                                moveTo(stored.event().timestampMicros());
                                fold.apply(twin, stored.event(), stored.address());
                                if (!Fold.isOfConnection(stored.event().payload())) {
                                    counted = null;
                                }
                            }
                        });
    }

    /// Looks at what the events of one instant made, and passes the time up to the next ones.
    private void moveTo(long micros) {
        if (micros != at) {
            look();
            passTo(micros);
            at = micros;
        }
    }

    private void passTo(long untilMicros) {
        if (untilMicros <= keptBefore) {
            return;
        }
        if (at < keptBefore) {
            at = keptBefore;
            look();
        }
        for (long next = nextChange(); next < untilMicros; next = nextChange()) {
            at = next;
            look();
        }
    }

    private long nextChange() {
        return Math.min(nextByTime, timeline().nextAfter(at));
    }

    @SuppressWarnings("ReferenceEquality") // a timeline gives the same one while it stands
    private void look() {
        if (at < keptBefore) {
            return;
        }
        Catalogue catalogue = timeline().at(at);
        TwinView view = shard.view(twin, catalogue, AsOf.PRESENT, at);
        Facets standing = at < nextByTime && catalogue == countedBy ? counted : null;
        Facets facets = standing == null ? view.facets() : view.facets(standing);
        nextByTime =
                standing == null
                        ? view.nextChangeMicros()
                        : Math.min(nextByTime, view.nextConnectionChangeMicros());
        counted = facets == standing ? facets : columns.share(facets);
        countedBy = catalogue;
        column.add(at, Columns.face(view, counted));
    }

    /// The catalogue's timeline for what the node is now.
    private Timeline timeline() {
        Timeline last = timeline;
        Identity identity = twin.identity();
        if (last == null || !isOf(last, identity)) {
            last = known(identity);
            timeline = last;
        }
        return last;
    }

    private Timeline known(Identity identity) {
        for (Timeline known : timelines) {
            if (isOf(known, identity)) {
                return known;
            }
        }
        Timeline fresh = catalogues.timeline(identity);
        timelines.add(fresh);
        return fresh;
    }

    private static boolean isOf(Timeline timeline, Identity identity) {
        Identity other = timeline.identity();
        return Objects.equals(other.componentType(), identity.componentType())
                && Objects.equals(other.zone(), identity.zone())
                && Objects.equals(other.region(), identity.region());
    }
}

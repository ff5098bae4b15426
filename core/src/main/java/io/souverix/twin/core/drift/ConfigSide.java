package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.Payload.PathChange;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One side of a node's configuration: the newest snapshot, then the newer path changes in key order.
/// A change that a later one covers is dropped, so the list is bounded by the paths in use.
final class ConfigSide {
    private @Nullable JsonObject snapshot;
    private long snapshotEpoch = Long.MIN_VALUE;
    private long snapshotReference;
    private List<Change> changes = List.of();
    private @Nullable JsonObject tree;

    /// A path change that stands.
    private record Change(ConfigPath path, Json value, long epoch, long reference) {}

    ConfigSide copy() {
        ConfigSide copy = new ConfigSide();
        copy.snapshot = snapshot;
        copy.snapshotEpoch = snapshotEpoch;
        copy.snapshotReference = snapshotReference;
        copy.changes = changes;
        copy.tree = tree;
        return copy;
    }

    /// The configuration as it stands, or null before any fact.
    @Nullable JsonObject tree() {
        return tree;
    }

    /// The highest epoch of the facts that stand, or -1 where there is none.
    long epoch() {
        // Changes stand in the order of their epochs.
        long newest = changes.isEmpty() ? -1 : changes.getLast().epoch();
        return Math.max(newest, snapshot == null ? -1 : snapshotEpoch);
    }

    boolean hasSnapshot() {
        return snapshot != null;
    }

    /// True once there is a snapshot, or the path or one above it was set or removed by itself.
    boolean speaksOf(ConfigPath path) {
        if (snapshot != null) {
            return true;
        }
        // By place: asked for every leaf, and an iterator each time is a good deal of garbage.
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).path().covers(path)) {
                return true;
            }
        }
        return false;
    }

    /// Takes a snapshot from a later event of the walk; a lower epoch than the standing one loses.
    void take(JsonObject newer, long epoch, long reference) {
        if (epoch < snapshotEpoch) {
            return;
        }
        snapshot = newer;
        snapshotEpoch = epoch;
        snapshotReference = reference;
        if (!changes.isEmpty()) {
            changes = changes.stream().filter(change -> change.epoch() > epoch).toList();
        }
        rebuild();
    }

    /// Takes path changes from a later event of the walk.
    void take(List<PathChange> newer, long epoch, long reference) {
        if (epoch < snapshotEpoch) {
            return;
        }
        for (PathChange change : newer) {
            insert(new Change(change.path(), change.value(), epoch, reference));
        }
    }

    private void insert(Change newer) {
        List<Change> standing = new ArrayList<>(changes.size() + 1);
        int at = 0;
        while (at < changes.size() && changes.get(at).epoch() <= newer.epoch()) {
            Change earlier = changes.get(at++);
            if (!newer.path().covers(earlier.path())) {
                standing.add(earlier);
            }
        }
        boolean last = at == changes.size();
        standing.add(newer);
        for (; at < changes.size(); at++) {
            Change later = changes.get(at);
            if (later.path().covers(newer.path())) {
                return;
            }
            standing.add(later);
        }
        changes = List.copyOf(standing);
        if (last) {
            tree = with(tree, newer.path().keys(), newer.value());
        } else {
            rebuild();
        }
    }

    private void rebuild() {
        JsonObject built = snapshot;
        for (Change change : changes) {
            built = with(built, change.path().keys(), change.value());
        }
        tree = built;
    }

    /// The tree with the value set at the path (removed where it is JSON `null`); ancestors that are
    /// not objects become objects.
    private static JsonObject with(@Nullable Json node, List<String> keys, Json value) {
        JsonObject object = node instanceof JsonObject found ? found : JsonObject.EMPTY;
        String key = keys.getFirst();
        if (keys.size() == 1) {
            return object.with(key, value == JsonLiteral.NULL ? null : value);
        }
        return object.with(key, with(object.member(key), keys.subList(1, keys.size()), value));
    }

    /// The event that last wrote the path, one above it or one below it, or -1 where none did.
    long writerOf(ConfigPath path) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            if (change.path().covers(path) || path.covers(change.path())) {
                return change.reference();
            }
        }
        return snapshot == null ? -1 : snapshotReference;
    }

    void write(StateWriter out) {
        out.recurring(snapshot).number(snapshotEpoch).number(snapshotReference);
        out.list(
                changes,
                (o, change) ->
                        o.text(change.path().text())
                                .json(change.value())
                                .number(change.epoch())
                                .number(change.reference()));
    }

    static ConfigSide read(StateReader in) {
        ConfigSide side = new ConfigSide();
        side.snapshot = in.recurring();
        side.snapshotEpoch = in.number();
        side.snapshotReference = in.number();
        side.changes =
                List.copyOf(
                        in.list(i ->
                                new Change(
                                        ConfigPath.parse(i.text()).orElseThrow(),
                                        Json.orNull(i.optionalJson()),
                                        i.number(),
                                        i.number())));
        side.rebuild();
        return side;
    }
}

package io.souverix.twin.engine.shard;

import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.FaceVisitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over the nodes of a shard, in the order of their ids. The read lock is held for a slice of
/// them at a time, so that folding goes on; a pinned question makes one snapshot of it all the same.
public final class Faces {
    /// How many nodes are passed under one hold of the lock.
    private static final int SLICE_NODES = 1_024;

    /// How many columns are built under one hold of the lock.
    private static final int SLICE_BUILDS = 32;

    private final Shard shard;
    private final Columns columns;

    Faces(Shard shard, Columns columns) {
        this.shard = shard;
        this.columns = columns;
    }

    /// Looks at a node; false where the walk ends.
    @FunctionalInterface
    private interface Look {
        boolean at(Node node);
    }

    /// Walks on after an id until the look says to end.
    private void walk(@Nullable String afterId, Look look) {
        String last = afterId;
        boolean going = true;
        while (going) {
            shard.lock().readLock().lock();
            try {
                Collection<Node> following =
                        last == null
                                ? shard.byId().values()
                                : shard.byId().tailMap(last, false).values();
                int passed = 0;
                int built = 0;
                going = false;
                for (Node node : following) {
                    if (passed == SLICE_NODES || built == SLICE_BUILDS) {
                        going = true;
                        break;
                    }
                    built += columns.isReady(node) ? 0 : 1;
                    passed++;
                    last = node.id;
                    if (!look.at(node)) {
                        return;
                    }
                }
            } finally {
                shard.lock().readLock().unlock();
            }
        }
    }

    /// Shows the face of every node that is there as of a question.
    ///
    /// @param asOf pinned; or the present, each node then as it stands when it is passed
    public void each(AsOf asOf, Catalogues catalogues, FaceVisitor visitor) {
        walk(
                null,
                node -> {
                    Face face = columns.face(node, asOf, catalogues);
                    if (face != null) {
                        visitor.visit(node.id, face);
                    }
                    return true;
                });
    }

    /// Takes the columns of nodes.
    @FunctionalInterface
    public interface ColumnVisitor {
        /// @param column by all that counts, complete up to the instant asked for
        void visit(String id, Column column);
    }

    /// Shows the column of every node, complete up to an instant, by all that is known now.
    public void columns(long upToMicros, Catalogues catalogues, ColumnVisitor visitor) {
        walk(
                null,
                node -> {
                    if (node.firstMicros <= upToMicros) {
                        visitor.visit(
                                node.id, columns.remembered(node, upToMicros, catalogues).column());
                    }
                    return true;
                });
    }

    /// The ids of the next nodes after one that are there as of a question, in order.
    ///
    /// @param asOf pinned
    public List<String> idsAfter(
            @Nullable String id,
            int limit,
            boolean decommissioned,
            AsOf asOf,
            Catalogues catalogues) {
        List<String> ids = new ArrayList<>();
        walk(
                id,
                node -> {
                    if (isThere(node, decommissioned, asOf, catalogues)) {
                        ids.add(node.id);
                    }
                    return ids.size() < limit;
                });
        return ids;
    }

    private boolean isThere(Node node, boolean decommissioned, AsOf asOf, Catalogues catalogues) {
        if (asOf.atMicros() == AsOf.ALL && node.foldedAddress < asOf.before()) {
            return decommissioned || !node.countedDecommissioned;
        }
        Face face = columns.face(node, asOf, catalogues);
        return face != null && (decommissioned || !face.decommissioned());
    }

    /// Builds the columns that are missing, from an id on, while `going` says so; the id to go on
    /// after, or null at the end.
    public @Nullable String prepare(
            @Nullable String afterId,
            Catalogues catalogues,
            java.util.function.BooleanSupplier going) {
        String[] last = {afterId};
        boolean[] ended = {true};
        walk(
                afterId,
                node -> {
                    if (!going.getAsBoolean() || !columns.hasRoom()) {
                        ended[0] = false;
                        return false;
                    }
                    if (!columns.isReady(node)) {
                        var _ = columns.remembered(node, Long.MAX_VALUE - 1, catalogues);
                    }
                    last[0] = node.id;
                    return true;
                });
        return ended[0] ? null : last[0];
    }

    /// How many entries the columns have.
    public long entries() {
        return columns.entries();
    }
}

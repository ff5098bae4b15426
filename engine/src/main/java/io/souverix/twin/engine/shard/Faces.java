package io.souverix.twin.engine.shard;

import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.past.Column;
import io.souverix.twin.engine.past.Face;
import io.souverix.twin.engine.past.FaceVisitor;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Walks over the nodes of a shard, in the order of their ids. The read lock is held for a slice of
/// them at a time, so that folding goes on; a pinned question makes one snapshot of it all the same.
public final class Faces {
    /// How many nodes are passed under one hold of the lock.
    private static final int SLICE_NODES = 1_024;

    /// For how long columns are built under one hold of the lock; the last one is finished.
    private static final long BUILDING_NANOS = 2_000_000;

    /// Walks that build columns take turns, a slice each, so that a long one makes no other wait for
    /// its end; and there are no more at a time than there are processors, so that whoever asks about
    /// one node, or the present, finds a thread.
    private static final Semaphore TURNS =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

    private final Shard shard;
    private final Columns columns;

    /// How far [#prepare] came, and the last event it knew of when it was through.
    private volatile @Nullable String preparedUpTo;

    private volatile long preparedAt = -1;

    /// The last event it knew of when it began at the first node.
    private volatile long preparingAt = -1;

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
    ///
    /// @param builds whether columns are built that are not there
    /// @param ahead of the look at a slice: told of its nodes
    private void walk(
            @Nullable String afterId, boolean builds, Consumer<List<Node>> ahead, Look look) {
        String last = afterId;
        boolean going = true;
        while (going) {
            if (builds) {
                TURNS.acquireUninterruptibly();
            }
            shard.lock().readLock().lock();
            try {
                List<Node> slice = slice(last);
                ahead.accept(slice);
                going = slice.size() == SLICE_NODES;
                long began = builds ? System.nanoTime() : 0;
                for (Node node : slice) {
                    boolean building = builds && !columns.isReady(node);
                    last = node.id;
                    if (!look.at(node)) {
                        return;
                    }
                    if (building && System.nanoTime() - began > BUILDING_NANOS) {
                        going = true;
                        break;
                    }
                }
            } finally {
                shard.lock().readLock().unlock();
                if (builds) {
                    TURNS.release();
                }
            }
        }
    }

    private void walk(@Nullable String afterId, Look look) {
        walk(afterId, true, _ -> {}, look);
    }

    /// The next nodes after an id, a slice of them at most.
    private List<Node> slice(@Nullable String afterId) {
        return shard.order().next(afterId, SLICE_NODES);
    }

    /// Shows the face of every node that is there as of a question.
    ///
    /// @param asOf pinned; or the present, each node then as it stands when it is passed
    public void each(AsOf asOf, Catalogues catalogues, FaceVisitor visitor) {
        walk(
                null,
                !asOf.countsAll(),
                slice -> columns.fetch(slice, asOf),
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

    /// Takes nodes over time.
    @FunctionalInterface
    public interface OverTime {
        /// @param column where it tells all that is asked; else null
        /// @param faces the face at an instant, null where the node is not there: slow
        void visit(@Nullable Column column, LongFunction<@Nullable Face> faces);
    }

    /// Shows every node over time, up to an instant.
    ///
    /// @param asOf pinned; its own instant does not matter
    public void over(long upToMicros, AsOf asOf, Catalogues catalogues, OverTime visitor) {
        AsOf last = asOf.withAt(upToMicros);
        walk(
                null,
                true,
                slice -> columns.fetch(slice, last),
                node -> {
                    visitor.visit(
                            columns.column(node, last, catalogues),
                            at -> columns.face(node, asOf.withAt(at), catalogues));
                    return true;
                });
    }

    /// Takes nodes with their faces; false where the walk ends.
    @FunctionalInterface
    interface Seeker {
        boolean take(Node node, Face face);
    }

    /// Shows the nodes that are there as of a question, in the order of their ids, after one of them.
    ///
    /// @param asOf pinned
    void seek(@Nullable String afterId, AsOf asOf, Catalogues catalogues, Seeker seeker) {
        walk(
                afterId,
                node -> {
                    Face face = columns.face(node, asOf, catalogues);
                    return face == null || seeker.take(node, face);
                });
    }

    Columns columns() {
        return columns;
    }

    /// Builds columns that are missing, while there is room and the caller lets it, going on where it
    /// stopped the last time.
    ///
    /// @return whether the caller has no reason to ask again soon
    public boolean prepare(Catalogues catalogues, BooleanSupplier going) {
        long last = shard.lastAddress();
        if (preparedAt == last) {
            return true;
        }
        if (preparedUpTo == null) {
            preparingAt = last;
        }
        Preparing preparing = new Preparing(catalogues, going);
        do {
            preparing.unfinished = false;
            walk(preparedUpTo, preparing);
        } while (preparing.unfinished);
        if (!preparing.stopped && !preparing.crowded) {
            preparedUpTo = null;
            preparedAt = preparingAt;
        }
        return !preparing.stopped;
    }

    /// Builds a step of a column under each hold of the lock, so that whoever folds can come between.
    private final class Preparing implements Look {
        private final Catalogues catalogues;
        private final BooleanSupplier going;
        private boolean unfinished;
        private boolean stopped;
        private boolean crowded;

        Preparing(Catalogues catalogues, BooleanSupplier going) {
            this.catalogues = catalogues;
            this.going = going;
        }

        @Override
        public boolean at(Node node) {
            if (!columns.isReady(node)) {
                stopped = !going.getAsBoolean();
                crowded = !stopped && !columns.buildOn(node, catalogues);
                unfinished = !stopped && !crowded && !columns.isReady(node);
            }
            if (stopped || crowded || unfinished) {
                return false;
            }
            preparedUpTo = node.id;
            return true;
        }
    }

    /// How many entries the columns have.
    public long entries() {
        return columns.entries();
    }
}

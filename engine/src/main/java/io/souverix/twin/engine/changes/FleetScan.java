package io.souverix.twin.engine.changes;

import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.Queries.Sight;
import io.souverix.twin.engine.shard.Shard;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Goes through all nodes as they are, a page at a time, while folding goes on.
final class FleetScan {
    /// How many nodes are visited at a time.
    static final int PAGE = 200;

    private final List<Shard> shards;
    private final Catalogues catalogues;
    private final LongSupplier nowMicros;

    FleetScan(List<Shard> shards, Catalogues catalogues, LongSupplier nowMicros) {
        this.shards = List.copyOf(shards);
        this.catalogues = catalogues;
        this.nowMicros = nowMicros;
    }

    /// Where a scan goes on.
    ///
    /// @param afterId the last node visited in the shard, or null at its beginning
    record Place(int shard, @Nullable String afterId) {
        static final Place START = new Place(0, null);
    }

    /// Visits the next nodes; null where there are no more. A node is only valid during the visit.
    @Nullable Place next(Place place, Consumer<Seen> visitor) {
        if (place.shard() >= shards.size()) {
            return null;
        }
        Queries queries = shards.get(place.shard()).queries();
        List<String> ids = queries.idsAfter(place.afterId(), PAGE);
        long now = nowMicros.getAsLong();
        for (String id : ids) {
            queries.see(id, AsOf.PRESENT, now, catalogues, sight -> visit(sight, visitor));
        }
        return ids.size() < PAGE
                ? new Place(place.shard() + 1, null)
                : new Place(place.shard(), ids.getLast());
    }

    private static boolean visit(Sight sight, Consumer<Seen> visitor) {
        if (sight instanceof Sight.Found(Seen seen)) {
            visitor.accept(seen);
        }
        return true;
    }

    void all(Consumer<Seen> visitor) {
        for (Place place = Place.START; place != null; place = next(place, visitor)) {
            // next moves on
        }
    }
}

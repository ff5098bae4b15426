package io.souverix.twin.engine;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.event.Payload.DomainRegistered;
import io.souverix.twin.core.graph.DomainTree.Registered;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Queries.Sight;
import io.souverix.twin.engine.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The fleet as the graph sees it.
record GraphedFleet(
        Foundation foundation, FleetQueries queries, Committer committer, LongSupplier clock)
        implements GraphQueries.Fleet {
    private static final int PAGE = 1_000;

    @Override
    public void each(AsOf asOf, Consumer<TwinView> visitor) {
        @Nullable String after = null;
        List<String> ids;
        do {
            ids = queries.idsAfter(after, PAGE, true, asOf);
            for (String id : ids) {
                see(id, asOf, visitor);
                after = id;
            }
        } while (ids.size() == PAGE);
    }

    private void see(String id, AsOf asOf, Consumer<TwinView> visitor) {
        List<Shard> shards = foundation.shards();
        shards.get(Committer.shardOf(id.hashCode(), shards.size()))
                .queries()
                .see(
                        id,
                        asOf,
                        nowMicros(),
                        foundation.fleet(),
                        sight -> {
                            if (sight instanceof Sight.Found(var seen)) {
                                visitor.accept(seen.view());
                            }
                            return true;
                        });
    }

    @Override
    public List<Registered> domains(AsOf asOf) {
        List<Registered> registered = new ArrayList<>();
        for (Domain domain : foundation.fleet().domains(asOf)) {
            DomainRegistered newest = domain.registered();
            if (newest != null) {
                registered.add(
                        new Registered(
                                domain.id(), newest.kind(), newest.name(), newest.parent()));
            }
        }
        return registered;
    }

    @Override
    public long position() {
        return committer.visible();
    }

    @Override
    public long nowMicros() {
        return clock.getAsLong();
    }
}

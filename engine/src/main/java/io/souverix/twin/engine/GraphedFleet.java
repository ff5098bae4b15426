package io.souverix.twin.engine;

import io.souverix.twin.core.authority.Domain;
import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.Payload.DomainRegistered;
import io.souverix.twin.core.graph.DomainTree.Registered;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.commit.Committer;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.FaceVisitor;
import io.souverix.twin.engine.shard.Faces;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The fleet as the graph sees it.
record GraphedFleet(
        Foundation foundation, FleetQueries queries, Committer committer, LongSupplier clock)
        implements GraphQueries.Fleet {
    @Override
    public void each(AsOf asOf, FaceVisitor visitor) {
        queries.eachFace(asOf, visitor);
    }

    @Override
    public <V extends FaceVisitor> List<V> eachApart(AsOf asOf, Supplier<V> visitor) {
        return queries.eachFaceApart(asOf, visitor);
    }

    @Override
    public void over(long upToMicros, AsOf asOf, Faces.OverTime visitor) {
        queries.eachOver(upToMicros, asOf, visitor);
    }

    @Override
    public @Nullable Authority authority(Identity identity, AsOf asOf) {
        return foundation.fleet().at(identity, asOf).authority(identity.zone(), identity.region());
    }

    @Override
    public List<Registered> domains(AsOf asOf) {
        List<Registered> registered = new ArrayList<>();
        for (Domain domain : foundation.fleet().domains(asOf).domains()) {
            DomainRegistered newest = domain.registered();
            if (newest != null) {
                registered.add(
                        new Registered(domain.id(), newest.kind(), newest.name(), newest.parent()));
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

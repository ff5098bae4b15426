package io.souverix.twin.engine.graph;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.graph.Resident.Zone;
import io.souverix.twin.engine.past.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The two bytes of nodes at an instant. Nodes of one place have one authority, asked for once. Not
/// thread-safe.
final class StateBits {
    private final long nowMicros;
    private final Function<Identity, @Nullable Authority> authorities;
    private final Map<Zone, Governed> known = new HashMap<>();
    private Governed last = new Governed(new Zone(null, ""), null);

    /// A zone and who governs it.
    record Governed(Zone zone, @Nullable Authority authority) {}

    StateBits(long nowMicros, Function<Identity, @Nullable Authority> authorities) {
        this.nowMicros = nowMicros;
        this.authorities = authorities;
    }

    int of(Face face, @Nullable Authority authority) {
        Facets facets = face.facets();
        return NodeBits.of(
                facets.connectivity(),
                facets.drift().worst(),
                facets.status().evaluated(),
                trust(facets.trust().state()),
                authority == null ? null : authority.level(),
                authority != null && authority.conflict(),
                debtStep(facets));
    }

    /// The zone of a node. Mostly it is that of the node asked for before: ids of a zone stand together.
    Governed governed(Identity identity) {
        Zone before = last.zone();
        if (!Objects.equals(before.name(), identity.zone())
                || !Objects.equals(before.region(), identity.region())) {
            last =
                    known.computeIfAbsent(
                            Zone.of(identity),
                            zone -> new Governed(zone, authorities.apply(identity)));
        }
        return last;
    }

    private static NodeBits.Trust trust(IntegrityState state) {
        return switch (state) {
            case VERIFIED -> NodeBits.Trust.VERIFIED;
            case DEGRADED, STALE -> NodeBits.Trust.WEAKENED;
            case UNVERIFIED -> NodeBits.Trust.UNVERIFIED;
            case FAILED -> NodeBits.Trust.FAILED;
        };
    }

    private int debtStep(Facets facets) {
        long from = facets.debtFromMicros();
        if (from == Facets.NO_DEBT) {
            return 0;
        }
        return from == Facets.UNKNOWN_DEBT
                ? NodeBits.UNKNOWN_DEBT
                : NodeBits.debtStep(Math.max(0, nowMicros - from) / Times.MICROS_PER_SECOND);
    }
}

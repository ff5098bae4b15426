package io.souverix.twin.engine.graph;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.graph.layout.NodeBits;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.Face;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The two bytes of nodes at an instant. Nodes of one place have one authority, asked for once. Not
/// thread-safe.
final class StateBits {
    private final long nowMicros;
    private final Function<Identity, @Nullable Authority> authorities;
    private final Map<Place, Optional<Authority>> known = new HashMap<>();

    private record Place(@Nullable String zone, @Nullable String region) {}

    StateBits(long nowMicros, Function<Identity, @Nullable Authority> authorities) {
        this.nowMicros = nowMicros;
        this.authorities = authorities;
    }

    int of(Face face) {
        Facets facets = face.facets();
        Authority authority = authority(face.identity());
        return NodeBits.of(
                facets.connectivity(),
                facets.drift().worst(),
                facets.status().evaluated(),
                trust(facets.trust().state()),
                authority == null ? null : authority.level(),
                authority != null && authority.conflict(),
                debtStep(facets));
    }

    private @Nullable Authority authority(Identity identity) {
        return known.computeIfAbsent(
                        new Place(identity.zone(), identity.region()),
                        _ -> Optional.ofNullable(authorities.apply(identity)))
                .orElse(null);
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

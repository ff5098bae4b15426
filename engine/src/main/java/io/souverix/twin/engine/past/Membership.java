package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.twin.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which groups of a dimension a node counts in: one, or each of its clusters.
public final class Membership {
    private static final List<String> NONE = List.of(Dimension.UNASSIGNED);

    private Membership() {}

    public static List<String> of(Identity identity, Dimension dimension) {
        return switch (dimension) {
            case REGION -> one(identity.region());
            case ZONE -> one(identity.zone());
            case TRUST_DOMAIN -> one(identity.trustDomain());
            case COMPONENT_TYPE -> one(identity.componentType());
            case CLUSTER -> {
                List<String> clusters = identity.clusters();
                yield clusters.isEmpty() ? NONE : clusters;
            }
        };
    }

    private static List<String> one(@Nullable String group) {
        return group == null ? NONE : List.of(group);
    }
}

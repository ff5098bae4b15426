package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Payload.Dependency;
import java.util.List;

/// The dependencies that came inside an event about an SBOM: what is known of it where no document is
/// stored. Immutable, and quick to look up by content.
public final class Inlined {
    public static final Inlined NONE = new Inlined(List.of());

    private final List<Dependency> dependencies;
    private final int hash;

    private Inlined(List<Dependency> dependencies) {
        this.dependencies = dependencies;
        this.hash = dependencies.hashCode();
    }

    public static Inlined of(List<Dependency> dependencies) {
        return dependencies.isEmpty() ? NONE : new Inlined(List.copyOf(dependencies));
    }

    public List<Dependency> dependencies() {
        return dependencies;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Inlined that
                        && hash == that.hash
                        && dependencies.equals(that.dependencies));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;

/// The fleet's catalogue as of any instant. Thread-safe.
public interface Catalogues {
    /// What concerns a node of the catalogue: the releases of its component, the domains from its
    /// zone and its region upwards.
    Catalogue at(Identity identity, AsOf asOf);

    /// All domains; those that no event counts of are left out.
    Catalogue domains(AsOf asOf);

    /// The same over all time, by all that is known now. Nodes of one component, zone and region share
    /// it while nothing changes.
    Timeline timeline(Identity identity);
}

package io.souverix.twin.engine.past;

import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.twin.Identity;

/// The fleet's catalogue as of any instant.
public interface Catalogues {
    /// What concerns a node of the catalogue: the releases of its component, the domains from its
    /// zone and its region upwards.
    Catalogue at(Identity identity, AsOf asOf);
}

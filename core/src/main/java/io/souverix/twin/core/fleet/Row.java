package io.souverix.twin.core.fleet;

import io.souverix.twin.core.json.JsonObject;

/// What a projection shows of a group. It is made of the group's sums, may be shown while they stand,
/// and keeps what does not depend on when that is.
public interface Row {
    /// The row at an instant. What grows with time may be read from the sums: they must stand, and not
    /// change meanwhile.
    ///
    /// @param catalogue as of the instant
    JsonObject at(Catalogue catalogue, long nowMicros);
}

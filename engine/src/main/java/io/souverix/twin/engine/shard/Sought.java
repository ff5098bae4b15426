package io.souverix.twin.engine.shard;

import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.past.Catalogues;

/// What is looked for: twins that a filter lets through, as of.
///
/// @param asOf pinned
/// @param indexed whether the index speaks of it: every timestamp counts, and the catalogue is that of
///     the present
/// @param catalogues gives the catalogue where the present one is not meant
public record Sought(CompiledFilter filter, AsOf asOf, boolean indexed, Catalogues catalogues) {}

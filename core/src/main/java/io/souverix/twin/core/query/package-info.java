/// What can be asked of twins: filters, the catalogue of fields they name, orders and selections.
/// Sees `twin` and the aspects; knows no grammar, the engine parses. Read [Fields] first, then
/// [CompiledFilter].
@NullMarked
package io.souverix.twin.core.query;

import org.jspecify.annotations.NullMarked;

/// SBOM documents: kept once by digest, read as CycloneDX, and found by package and range of versions.
/// Sees `core`. Read [Sboms] first, then [AffectedVersions].
@NullMarked
package io.souverix.twin.engine.sbom;

import org.jspecify.annotations.NullMarked;

/// Tests of the stored SBOM documents and of what is found in them.
@NullMarked
package io.souverix.twin.engine.sbom;

import org.jspecify.annotations.NullMarked;

/// What the command line's output package promises.
@NullMarked
package io.souverix.twin.service.cli.output;

import org.jspecify.annotations.NullMarked;

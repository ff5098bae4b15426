/// What the command line's client package promises.
@NullMarked
package io.souverix.twin.service.cli.client;

import org.jspecify.annotations.NullMarked;

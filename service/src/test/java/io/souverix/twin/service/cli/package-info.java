/// Every command, run in this process against a real server and engine.
@NullMarked
package io.souverix.twin.service.cli;

import org.jspecify.annotations.NullMarked;

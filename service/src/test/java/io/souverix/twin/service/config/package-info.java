/// Tests of the configuration file.
@NullMarked
package io.souverix.twin.service.config;

import org.jspecify.annotations.NullMarked;

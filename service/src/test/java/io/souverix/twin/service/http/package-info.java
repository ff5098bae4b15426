/// Tests of the HTTP interface: a real server on a free loopback port, and a real client.
@NullMarked
package io.souverix.twin.service.http;

import org.jspecify.annotations.NullMarked;

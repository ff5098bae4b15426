/// The web application, as the files that the module `ui` built: [WebFiles] is all of them, in memory.
/// It sees nothing of the service; the package `http` serves it.
@NullMarked
package io.souverix.twin.service.web;

import org.jspecify.annotations.NullMarked;

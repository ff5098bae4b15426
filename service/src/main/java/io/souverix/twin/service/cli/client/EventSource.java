package io.souverix.twin.service.cli.client;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Events of a file, one after the other.
public interface EventSource extends Closeable {
    /// How long the text of an event may be; the service takes no longer ones.
    int MAX_LINE_BYTES = 1 << 20;

    /// The next one, or null at the end.
    ///
    /// @throws Failure where the file is broken and reading ends
    @Nullable EventLine next() throws IOException;
}

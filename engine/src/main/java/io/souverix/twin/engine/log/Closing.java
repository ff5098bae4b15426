package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Closes several things, all of them whatever happens.
final class Closing {
    private Closing() {}

    /// Closes in order.
    ///
    /// @throws LogException for the first that failed, after all were tried
    static void closeAll(List<? extends Closeable> open) {
        @Nullable LogException failed = null;
        for (Closeable each : open) {
            try {
                each.close();
            } catch (IOException e) {
                if (failed == null) {
                    failed = new LogException(LogException.Reason.FAILED, "closing failed", e);
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}

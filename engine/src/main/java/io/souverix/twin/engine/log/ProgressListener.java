package io.souverix.twin.engine.log;

/// Hears how far a verification has come.
@FunctionalInterface
public interface ProgressListener {
    /// Says nothing to nobody.
    ProgressListener SILENT = (_, _) -> {};

    /// Called now and then, at least once per 64 MiB and at the end.
    void progressed(long bytesDone, long bytesInAll);
}

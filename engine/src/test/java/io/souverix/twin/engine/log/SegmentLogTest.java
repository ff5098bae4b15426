package io.souverix.twin.engine.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Segment files on a real disk against the contract, in segments so small that they roll often.
final class SegmentLogTest extends EventLogConformance {
    private static final SegmentLogOptions SMALL =
            new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES);

    @TempDir Path directory;

    @Override
    EventLog open() {
        return SegmentLog.open(directory, SMALL);
    }

    @Override
    EventLog reopen(EventLog log) {
        log.close();
        return open();
    }
}

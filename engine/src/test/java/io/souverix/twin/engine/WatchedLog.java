package io.souverix.twin.engine;

import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.FrameVisitor;
import io.souverix.twin.engine.log.Kept;
import io.souverix.twin.engine.log.LogCheck;
import io.souverix.twin.engine.log.LogState;
import io.souverix.twin.engine.log.MemoryLog;
import io.souverix.twin.engine.log.ProgressListener;
import io.souverix.twin.engine.log.RecordBatch;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A log in memory whose reads are counted and whose appends do first what a test says.
final class WatchedLog implements EventLog {
    private final MemoryLog log = new MemoryLog();
    private final AtomicLong reads = new AtomicLong();
    private volatile Runnable beforeAppend = () -> {};

    /// How many records were read one by one.
    long reads() {
        return reads.get();
    }

    void beforeAppend(Runnable action) {
        beforeAppend = action;
    }

    @Override
    public long append(List<RecordBatch> batches, long recordedAtMicros) {
        beforeAppend.run();
        return log.append(batches, recordedAtMicros);
    }

    @Override
    public byte[] read(long address) {
        reads.incrementAndGet();
        return log.read(address);
    }

    @Override
    public long end() {
        return log.end();
    }

    @Override
    public long start() {
        return log.start();
    }

    @Override
    public long records() {
        return log.records();
    }

    @Override
    public long lastRecordedAtMicros() {
        return log.lastRecordedAtMicros();
    }

    @Override
    public long firstAfter(long recordedAtMicros) {
        return log.firstAfter(recordedAtMicros);
    }

    @Override
    public long droppedUptoMicros() {
        return log.droppedUptoMicros();
    }

    @Override
    public LogState state() {
        return log.state();
    }

    @Override
    public void scan(long from, FrameVisitor visitor) {
        log.scan(from, visitor);
    }

    @Override
    public LogCheck verify(ProgressListener progress) {
        return log.verify(progress);
    }

    @Override
    public long dropBefore(long address, Kept kept, Runnable ready) {
        return log.dropBefore(address, kept, ready);
    }

    @Override
    public long placeBy(long recordedAtMicros) {
        return log.placeBy(recordedAtMicros);
    }

    @Override
    public long droppedBefore() {
        return log.droppedBefore();
    }

    @Override
    public void scanKept(FrameVisitor visitor) {
        log.scanKept(visitor);
    }

    @Override
    public byte[] note() {
        return log.note();
    }

    @Override
    public long bytes() {
        return log.bytes();
    }

    @Override
    public void close() {
        log.close();
    }
}

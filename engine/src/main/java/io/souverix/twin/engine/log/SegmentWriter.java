package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The segment that takes appends. One thread: the log's writer.
final class SegmentWriter implements Closeable {
    private static final int STAGE_BYTES = 1 << 20;

    private final DiskFile file;
    private final long base;
    private final ByteBuffer stage;

    SegmentWriter(DiskFile file, long base, ByteBuffer stage) {
        this.file = file;
        this.base = base;
        this.stage = stage;
    }

    static ByteBuffer newStage() {
        return ByteBuffer.allocateDirect(STAGE_BYTES);
    }

    /// Makes a segment file with its header, durable and under its name on return.
    static void create(Disk disk, Path directory, SegmentHeader header) throws IOException {
        Path path = directory.resolve(Segment.name(header.base()));
        Path fresh = directory.resolve(Segment.name(header.base()) + ".new");
        try (DiskFile file = disk.openForWriting(fresh)) {
            file.truncate(0);
            file.writeFully(ByteBuffer.wrap(header.encode()), 0);
            file.sync();
        }
        disk.rename(fresh, path);
        disk.syncDirectory(directory);
    }

    /// Writes a frame and syncs it.
    void append(byte[] header, long address, List<RecordBatch> batches) throws IOException {
        stage.clear();
        stage.put(header);
        long position = address - base;
        for (RecordBatch batch : batches) {
            int taken = 0;
            while (taken < batch.length()) {
                if (!stage.hasRemaining()) {
                    position = flush(position);
                }
                int part = Math.min(stage.remaining(), batch.length() - taken);
                stage.put(batch.bytes(), taken, part);
                taken += part;
            }
        }
        flush(position);
        file.sync();
    }

    private long flush(long position) throws IOException {
        stage.flip();
        int count = stage.remaining();
        file.writeFully(stage, position);
        stage.clear();
        return position + count;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

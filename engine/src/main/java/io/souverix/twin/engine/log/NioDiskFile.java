package io.souverix.twin.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of the machine.
///
/// A thread that is interrupted while it uses a [FileChannel] closes that channel for everybody. A
/// reader must not be able to do that to the others: so a read that finds the channel closed opens it
/// again and repeats, and the interrupt stays set for whoever waits for it. Writes and syncs put an
/// interrupt off until they are done; one that comes in their midst fails them, since they must not
/// be repeated.
final class NioDiskFile implements DiskFile {
    /// Reads are cut to this, since the channel keeps a buffer of the largest read per thread.
    private static final int MAX_READ_BYTES = 1 << 20;

    /// Reads up to this, which are those of single records, go through memory.
    private static final int MAPPED_READ_BYTES = 16 << 10;

    private final Path file;
    private final Set<OpenOption> options;
    private volatile FileChannel channel;
    private final @Nullable MappedFile mapped;
    private boolean closed;

    NioDiskFile(Path file, Set<? extends OpenOption> options) throws IOException {
        this.file = file;
        this.options = Set.copyOf(options);
        this.channel = FileChannel.open(file, this.options);
        this.mapped = options.contains(StandardOpenOption.WRITE) ? null : new MappedFile();
    }

    /// Something to do with the channel.
    private interface Use {
        long of(FileChannel channel) throws IOException;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        if (isMapped(into, position)) {
            int count = into.remaining();
            into.position(into.limit());
            return count;
        }
        ByteBuffer part = into.slice(into.position(), Math.min(into.remaining(), MAX_READ_BYTES));
        int count = (int) repeatable(open -> open.read(part.clear(), position));
        into.position(into.position() + Math.max(count, 0));
        return count;
    }

    private boolean isMapped(ByteBuffer into, long position) throws IOException {
        MappedFile memory = mapped;
        int length = into.remaining();
        if (memory == null || length > MAPPED_READ_BYTES || !into.hasArray()) {
            return false;
        }
        int offset = into.arrayOffset() + into.position();
        return repeatable(open -> memory.read(open, into.array(), offset, length, position) ? 1 : 0)
                == 1;
    }

    @Override
    public long size() throws IOException {
        return repeatable(FileChannel::size);
    }

    private long repeatable(Use use) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    return use.of(current);
                } catch (ClosedByInterruptException _) {
                    interrupted |= Thread.interrupted();
                    reopen(current);
                } catch (ClosedChannelException _) {
                    reopen(current);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (channel.equals(broken)) {
            channel = FileChannel.open(file, options);
        }
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        return (int) once(open -> open.write(from, position));
    }

    @Override
    public void sync() throws IOException {
        once(open -> {
            open.force(false);
            return 0;
        });
    }

    @Override
    public void truncate(long size) throws IOException {
        once(open -> open.truncate(size).size());
    }

    private long once(Use use) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return use.of(channel);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
        if (mapped != null) {
            mapped.close();
        }
    }
}

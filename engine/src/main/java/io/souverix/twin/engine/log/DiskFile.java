package io.souverix.twin.engine.log;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file, read and written at given places. Reading is safe from any thread.
public interface DiskFile extends Closeable {
    /// Reads some bytes into the buffer, from `position`.
    ///
    /// @return how many, at least 1 unless the buffer is full; -1 at the end of the file
    int read(ByteBuffer into, long position) throws IOException;

    /// Writes some bytes of the buffer at `position`.
    ///
    /// @return how many
    int write(ByteBuffer from, long position) throws IOException;

    /// Makes contents and size durable.
    void sync() throws IOException;

    /// The size in bytes.
    long size() throws IOException;

    /// Cuts the file to a size.
    void truncate(long size) throws IOException;

    /// Fills the range of the array from the file.
    ///
    /// @throws EOFException if the file ends before
    default void readFully(byte[] bytes, int offset, int length, long position) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
        long at = position;
        while (into.hasRemaining()) {
            int count = read(into, at);
            if (count < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += count;
        }
    }

    /// Writes all that remains in the buffer.
    ///
    /// @throws IOException also if the file takes no more bytes
    default void writeFully(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            int count = write(from, at);
            if (count <= 0) {
                throw new IOException("the file took no more bytes at byte " + at);
            }
            at += count;
        }
    }
}

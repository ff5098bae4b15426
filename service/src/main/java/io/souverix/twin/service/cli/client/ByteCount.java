package io.souverix.twin.service.cli.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How many bytes were read from files, for progress. Used by one thread.
public final class ByteCount {
    private long bytes;

    public long bytes() {
        return bytes;
    }

    /// The same stream, counted.
    InputStream over(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                bytes += value < 0 ? 0 : 1;
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = in.read(target, offset, length);
                bytes += Math.max(0, count);
                return count;
            }
        };
    }
}

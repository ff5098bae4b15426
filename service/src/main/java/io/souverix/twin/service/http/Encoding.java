package io.souverix.twin.service.http;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// How a body is compressed: the header `Content-Encoding`.
enum Encoding {
    IDENTITY,
    GZIP,
    ZSTD;

    private static final int BUFFER = 64 * 1024;

    /// @throws ProblemException where the encoding is none of these
    static Encoding of(@Nullable String header) {
        String name = header == null ? "" : header.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default ->
                    throw Problem.of(
                                    ProblemCode.UNSUPPORTED_ENCODING,
                                    "found Content-Encoding: "
                                            + Texts.shown(name)
                                            + ", expected gzip, zstd or none")
                            .withHeader("Accept-Encoding", "gzip, zstd")
                            .thrown();
        };
    }

    /// The bytes that were compressed; what is no such encoding throws when it is read.
    InputStream decode(RawBody raw) {
        return switch (this) {
            case IDENTITY -> raw;
            case GZIP -> new Decoded(raw, in -> new GZIPInputStream(in, BUFFER));
            case ZSTD -> new Decoded(raw, in -> new ZstdInputStream(new ZstdFrames(in)));
        };
    }

    /// Opens a decompressor.
    @FunctionalInterface
    private interface Decompressor {
        InputStream open(InputStream in) throws IOException;
    }

    /// A decompressed stream whose every fault is an [IOException]. An empty body is empty.
    private static final class Decoded extends InputStream {
        private final RawBody raw;
        private final Decompressor decompressor;
        private @Nullable InputStream in;

        Decoded(RawBody raw, Decompressor decompressor) {
            this.raw = raw;
            this.decompressor = decompressor;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                if (in == null) {
                    in = decompressor.open(raw);
                }
                return in.read(target, offset, length);
            } catch (RawBody.BrokenOff e) {
                throw e;
            } catch (RuntimeException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
    }
}

package io.souverix.twin.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 responses as their bytes come, and keeps of them how long they are and the beginning.
/// Used again and again by one connection. Not thread-safe.
final class Response {
    private static final int MOST_HEAD_BYTES = 16 * 1024;

    private enum Part {
        HEAD,
        BODY,
        CHUNK_HEAD,
        CHUNK,
        CHUNK_END
    }

    /// So much of a body is kept.
    private static final int KEPT_BYTES = 1_024;

    private final byte[] head = new byte[MOST_HEAD_BYTES];
    private final byte[] kept = new byte[KEPT_BYTES];
    private int keptBytes;
    private int headBytes;
    private Part part = Part.HEAD;
    private long remaining;
    private long bodyBytes;
    private boolean last;

    /// Takes bytes; true once the response is complete. What follows it stays in the buffer.
    ///
    /// @throws IOException where it is not a success
    boolean feed(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            switch (part) {
                case HEAD -> {
                    if (isHeadWhole(bytes.get()) && readHead()) {
                        return done();
                    }
                }
                case BODY -> {
                    skip(bytes);
                    if (remaining == 0) {
                        return done();
                    }
                }
                case CHUNK_HEAD -> readChunkHead(bytes.get());
                case CHUNK -> {
                    skip(bytes);
                    part = remaining == 0 ? Part.CHUNK_END : Part.CHUNK;
                }
                case CHUNK_END -> {
                    if (bytes.get() == '\n') {
                        part = Part.CHUNK_HEAD;
                        if (last) {
                            return done();
                        }
                    }
                }
            }
        }
        return false;
    }

    /// How many bytes the body of the last complete response had.
    long bodyBytes() {
        return bodyBytes;
    }

    /// How it begins.
    String beginning() {
        return new String(kept, 0, keptBytes, StandardCharsets.UTF_8);
    }

    private boolean done() {
        part = Part.HEAD;
        headBytes = 0;
        last = false;
        return true;
    }

    private void skip(ByteBuffer bytes) {
        int skipped = (int) Math.min(remaining, bytes.remaining());
        int keeping = Math.min(skipped, KEPT_BYTES - keptBytes);
        bytes.get(bytes.position(), kept, keptBytes, keeping);
        keptBytes += keeping;
        bytes.position(bytes.position() + skipped);
        remaining -= skipped;
    }

    private boolean isHeadWhole(byte next) throws IOException {
        if (headBytes == head.length) {
            throw new IOException("found a head of more than " + head.length + " bytes");
        }
        head[headBytes++] = next;
        return next == '\n'
                && headBytes >= 4
                && head[headBytes - 2] == '\r'
                && head[headBytes - 3] == '\n';
    }

    /// Whether that was all of the response.
    private boolean readHead() throws IOException {
        String text =
                new String(head, 0, headBytes, StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
        String status = text.substring(0, text.indexOf('\r'));
        if (!status.contains(" 20")) {
            throw new IOException("the service answered " + status);
        }
        bodyBytes = 0;
        keptBytes = 0;
        if (text.contains("transfer-encoding: chunked")) {
            part = Part.CHUNK_HEAD;
            headBytes = 0;
            return false;
        }
        int at = text.indexOf("content-length:");
        remaining =
                at < 0 ? 0 : Long.parseLong(text.substring(at + 15, text.indexOf('\r', at)).trim());
        bodyBytes = remaining;
        part = Part.BODY;
        return remaining == 0;
    }

    private void readChunkHead(byte next) {
        head[headBytes++] = next;
        if (next != '\n') {
            return;
        }
        String size = new String(head, 0, headBytes, StandardCharsets.ISO_8859_1).trim();
        headBytes = 0;
        remaining = Long.parseLong(size.split(";", 2)[0], 16);
        bodyBytes += remaining;
        last = remaining == 0;
        part = last ? Part.CHUNK_END : Part.CHUNK;
    }
}

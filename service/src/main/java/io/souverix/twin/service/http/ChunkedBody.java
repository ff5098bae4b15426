package io.souverix.twin.service.http;

import io.helidon.common.buffers.DataReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The data of a body in chunks (RFC 9112, section 7.1), in constant memory: the server below would
/// hold each chunk as a whole, and a chunk may be of any size. The last chunk is left to it, so that
/// it knows where the next request starts.
final class ChunkedBody extends InputStream {
    /// How many characters the line before a chunk may have.
    private static final int MAX_SIZE_LINE = 256;

    private static final int MAX_SIZE_DIGITS = 15;

    private final DataReader reader;
    private final InputStream end;
    private long left;
    private boolean ended;

    /// @param reader what comes from the client, at the start of the body
    /// @param end the same body as the server below reads it
    ChunkedBody(DataReader reader, InputStream end) {
        this.reader = reader;
        this.end = end;
    }

    /// A body that is not in chunks as it should be.
    static final class Misshapen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misshapen(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!ended && left == 0) {
            left = nextSize();
            ended = left == 0;
        }
        if (ended) {
            return end.read(target, offset, length);
        }
        reader.ensureAvailable();
        int count = (int) Math.min(Math.min(reader.available(), length), left);
        reader.readBuffer(count).read(target, offset, count);
        left -= count;
        if (left == 0) {
            if (!reader.startsWithNewLine()) {
                throw new Misshapen("found more than the chunk has, expected a line feed");
            }
            reader.skip(2);
        }
        return count;
    }

    /// Reads the line before a chunk, save before the last one, which has the size 0.
    private long nextSize() {
        int length = reader.findNewLine(MAX_SIZE_LINE);
        if (length == MAX_SIZE_LINE) {
            throw new Misshapen("found no end of the line before a chunk");
        }
        String line = reader.getBuffer(length).readString(length, StandardCharsets.US_ASCII);
        int extension = line.indexOf(';');
        String digits = (extension < 0 ? line : line.substring(0, extension)).strip();
        if (digits.isEmpty()
                || digits.length() > MAX_SIZE_DIGITS
                || !digits.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
            throw new Misshapen("found " + Texts.shown(digits) + ", expected the size of a chunk");
        }
        long size = Long.parseLong(digits, 16);
        if (size > 0) {
            reader.skip(length + 2);
        }
        return size;
    }
}

package io.souverix.twin.service.http;

import java.io.IOException;
import java.io.InputStream;

/// A Zstandard stream (RFC 8878) that is passed on as it is, save that a frame which asks for too
/// large a window is refused: whoever decompresses it would have to make room for all of it.
final class ZstdFrames extends InputStream {
    /// How large a window may be: what the RFC recommends that everybody supports.
    static final long MAX_WINDOW = 8 << 20;

    private static final int MAGIC = 0xfd2f_b528;
    private static final int SKIPPABLE_MAGIC = 0x184d_2a50;
    private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};
    private static final int RUN = 1;

    /// What the next bytes are.
    private enum Part {
        MAGIC,
        DESCRIPTOR,
        HEADER,
        BLOCK,
        CHECKSUM,
        SKIPPABLE_SIZE
    }

    private final InputStream in;
    private final byte[] head = new byte[16];
    private Part part = Part.MAGIC;
    private int wanted = 4;
    private int have;
    private long skip;
    private boolean single;
    private boolean checksum;
    private int sizeBytes;

    ZstdFrames(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        int end = offset + count;
        for (int at = offset; at < end; ) {
            if (skip > 0) {
                int passed = (int) Math.min(skip, end - at);
                skip -= passed;
                at += passed;
            } else {
                head[have++] = target[at++];
                if (have == wanted) {
                    have = 0;
                    advance();
                }
            }
        }
        return count;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    /// Reads what was wanted, and says what is next.
    private void advance() throws IOException {
        switch (part) {
            case MAGIC -> magic((int) number(0, 4));
            case DESCRIPTOR -> descriptor(head[0] & 0xff);
            case HEADER -> {
                requireFits(single ? contentSize() : windowSize(head[0] & 0xff));
                next(Part.BLOCK, 3);
            }
            case BLOCK -> block((int) number(0, 3));
            case CHECKSUM -> next(Part.MAGIC, 4);
            case SKIPPABLE_SIZE -> {
                skip = number(0, 4);
                next(Part.MAGIC, 4);
            }
        }
    }

    private void next(Part following, int bytes) {
        part = following;
        wanted = bytes;
    }

    private void magic(int magic) {
        if (magic == MAGIC) {
            next(Part.DESCRIPTOR, 1);
        } else if ((magic & 0xffff_fff0) == SKIPPABLE_MAGIC) {
            next(Part.SKIPPABLE_SIZE, 4);
        } else {
            // Whoever decompresses it says that it is none.
            skip = Long.MAX_VALUE;
        }
    }

    private void descriptor(int descriptor) {
        single = (descriptor & 0x20) != 0;
        checksum = (descriptor & 0x04) != 0;
        int sizeFlag = descriptor >> 6;
        sizeBytes = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        int window = single ? 0 : 1;
        next(Part.HEADER, window + DICTIONARY_BYTES[descriptor & 3] + sizeBytes);
    }

    private static long windowSize(int descriptor) {
        long base = 1L << (10 + (descriptor >> 3));
        return base + base / 8 * (descriptor & 7);
    }

    /// The size of the content stands at the end of the header.
    private long contentSize() {
        long size = number(wanted - sizeBytes, sizeBytes);
        return sizeBytes == 2 ? size + 256 : size;
    }

    private static void requireFits(long window) throws IOException {
        if (window < 0 || window > MAX_WINDOW) {
            throw new IOException(
                    "found a Zstandard frame that needs a window of "
                            + Long.toUnsignedString(window)
                            + " bytes, expected at most "
                            + MAX_WINDOW);
        }
    }

    private void block(int header) {
        boolean run = (header >> 1 & 3) == RUN;
        skip = run ? 1 : header >> 3;
        if ((header & 1) == 0) {
            next(Part.BLOCK, 3);
        } else if (checksum) {
            next(Part.CHECKSUM, 4);
        } else {
            next(Part.MAGIC, 4);
        }
    }

    private long number(int from, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | head[from + i] & 0xff;
        }
        return number;
    }
}

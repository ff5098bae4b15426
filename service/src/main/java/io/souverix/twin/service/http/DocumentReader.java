package io.souverix.twin.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/// Reads bodies that are held in memory as a whole; only a few large ones at a time. Thread-safe.
final class DocumentReader {
    /// How many bytes a body may have, after decompression.
    static final int MAX_DOCUMENT = 32 << 20;

    /// Beyond how many bytes a document counts as large.
    static final int LARGE_DOCUMENT = 1 << 20;

    /// How many large documents are held at a time.
    static final int MAX_LARGE_DOCUMENTS = 4;

    private static final int FIRST = 4_096;

    private final Semaphore large = new Semaphore(MAX_LARGE_DOCUMENTS);

    /// Does something with the bytes of a document.
    @FunctionalInterface
    interface Use {
        void of(byte[] document) throws InterruptedException;
    }

    /// Reads a stream to its end and uses what it was.
    ///
    /// @param expected how many bytes it may have, or less than 0 where that is not known
    /// @throws ProblemException where it has too many, or there is no room for a large one
    void read(InputStream in, long expected, Use use) throws IOException, InterruptedException {
        if (expected > MAX_DOCUMENT) {
            throw tooLarge(expected + "");
        }
        int first = expected < 0 ? FIRST : (int) Math.min(expected + 1, LARGE_DOCUMENT);
        byte[] document = fill(in, new byte[first], 0, LARGE_DOCUMENT);
        if (document.length <= LARGE_DOCUMENT) {
            use.of(document);
            return;
        }
        if (!large.tryAcquire()) {
            throw ProblemException.of(
                    ProblemCode.OVERLOADED,
                    MAX_LARGE_DOCUMENTS
                            + " documents of more than "
                            + LARGE_DOCUMENT
                            + " bytes are being read, and no more are taken at a time");
        }
        try {
            document = fill(in, document, document.length, MAX_DOCUMENT);
            if (document.length > MAX_DOCUMENT) {
                throw tooLarge("more than " + MAX_DOCUMENT);
            }
            use.of(document);
        } finally {
            large.release();
        }
    }

    /// Reads to the end of the stream, or until there is one byte more than `most`.
    private static byte[] fill(InputStream in, byte[] start, int filled, int most)
            throws IOException {
        byte[] bytes = start;
        int length = filled;
        while (length <= most) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(most + 1, 2 * length));
            }
            int count = in.read(bytes, length, bytes.length - length);
            if (count < 0) {
                break;
            }
            length += count;
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private static ProblemException tooLarge(String found) {
        return ProblemException.of(
                ProblemCode.BODY_TOO_LARGE,
                "found "
                        + found
                        + " bytes, expected at most "
                        + MAX_DOCUMENT
                        + " after decompression; what is larger comes as "
                        + Route.NDJSON);
    }
}

package io.souverix.twin.service.cli.client;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// A file of events as the command line names it: a path, or `-` for standard input. The suffixes
/// `.gz` and `.zst` say how it is compressed.
///
/// @param name as it was given
public record EventFile(String name) {
    private static final String STANDARD_INPUT = "-";
    private static final int BUFFER_BYTES = 1 << 16;

    /// How the events stand in a file.
    public enum Format {
        /// A JSON document where the name says so (`.json`) or the text is an array; lines otherwise.
        AUTO,
        /// One event a line.
        NDJSON,
        /// An array, or values one after the other.
        JSON
    }

    /// What messages call it.
    public String shown() {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    /// The size of the file in bytes, as it lies on the disk; -1 where it cannot be told.
    public long size() {
        try {
            return name.equals(STANDARD_INPUT) ? -1 : Files.size(path());
        } catch (IOException _) {
            return -1;
        }
    }

    /// Opens the file for reading.
    ///
    /// @param standardInput read where the name is `-`
    /// @param consumed told how many bytes of the file were read, as they are
    /// @throws Failure where it cannot be read
    public EventSource open(InputStream standardInput, Format format, ByteCount consumed) {
        try {
            InputStream raw =
                    name.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(path());
            InputStream in = new BufferedInputStream(unpacked(consumed.over(raw)), BUFFER_BYTES);
            return isDocument(format, in) ? new DocumentSource(in, shown()) : new LineSource(in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private InputStream unpacked(InputStream raw) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(raw, BUFFER_BYTES);
        }
        return name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
    }

    private boolean isDocument(Format format, InputStream in) throws IOException {
        return switch (format) {
            case NDJSON -> false;
            case JSON -> true;
            case AUTO -> {
                String plain = name.replaceFirst("\\.(gz|zst)$", "");
                yield plain.endsWith(".json") || firstVisible(in) == '[';
            }
        };
    }

    /// The first byte that is no white space, among the first 4 KiB; -1 where there is none.
    private static int firstVisible(InputStream in) throws IOException {
        int limit = 4096;
        in.mark(limit);
        int found = ' ';
        for (int i = 0; i < limit && Character.isWhitespace(found); i++) {
            found = in.read();
        }
        in.reset();
        return found;
    }

    /// Opens the file for writing, whole anew.
    ///
    /// @throws Failure where it cannot be written
    public OutputStream create() {
        try {
            OutputStream raw = Files.newOutputStream(path());
            OutputStream packed = raw;
            if (name.endsWith(".gz")) {
                packed = new GZIPOutputStream(raw, BUFFER_BYTES);
            } else if (name.endsWith(".zst")) {
                packed = new ZstdOutputStream(raw);
            }
            return new BufferedOutputStream(packed, BUFFER_BYTES);
        } catch (IOException e) {
            throw new Failure(
                    shown() + " cannot be written: " + words(e),
                    "Name a file in a folder that is there and may be written.",
                    e);
        }
    }

    private Path path() {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new Failure("'" + name + "' is no file name: " + e.getReason(), "", e);
        }
    }

    /// What to say when reading fails.
    public Failure unreadable(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return new Failure(
                    "there is no file " + name,
                    "Check the name; '-' reads from standard input.",
                    e);
        }
        return new Failure(
                shown() + " cannot be read: " + words(e),
                name.endsWith(".gz") || name.endsWith(".zst")
                        ? "Is it compressed as its suffix says, and whole?"
                        : "Is it a file, and may it be read?",
                e);
    }

    private static String words(IOException e) {
        return e instanceof NoSuchFileException ? "there is no such folder" : Failure.words(e);
    }
}

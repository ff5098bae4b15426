package io.souverix.twin.engine.sbom;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps documents in files of a directory. The name of a file says all that is not in it:
/// `<64 hex digits>-<recorded, microseconds>.json`. A document is written under another name, made
/// durable, and then renamed; what a crash leaves behind is deleted when the directory is opened.
/// Thread-safe.
final class SbomFiles implements SbomStore {
    private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})-(\\d{1,18})\\.json");
    private static final String DRAFT = "incoming-";
    private static final String SHA256 = "sha256:";

    private final Path directory;

    private SbomFiles(Path directory) {
        this.directory = directory;
    }

    /// Opens the directory, or makes an empty one.
    static SbomFiles open(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, DRAFT + "*")) {
            for (Path file : left) {
                Files.delete(file);
            }
        }
        return new SbomFiles(directory);
    }

    private Path file(Kept kept) {
        return directory.resolve(
                kept.digest().substring(SHA256.length()) + "-" + kept.recordedMicros() + ".json");
    }

    /// A document that came twice counts from the first time on.
    @Override
    public List<Kept> all() throws IOException {
        Map<String, Kept> all = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    Kept kept =
                            new Kept(
                                    SHA256 + name.group(1),
                                    Long.parseLong(name.group(2)),
                                    Files.size(file));
                    all.merge(
                            kept.digest(),
                            kept,
                            (a, b) -> a.recordedMicros() <= b.recordedMicros() ? a : b);
                }
            }
        }
        return List.copyOf(all.values());
    }

    @Override
    public InputStream open(Kept kept) throws IOException {
        return new BufferedInputStream(Files.newInputStream(file(kept)));
    }

    @Override
    public Draft draft() throws IOException {
        return new FileDraft(Files.createTempFile(directory, DRAFT, ".tmp"));
    }

    private final class FileDraft implements Draft {
        private final Path file;
        private final FileChannel channel;
        private final OutputStream out;

        FileDraft(Path file) throws IOException {
            this.file = file;
            this.channel = FileChannel.open(file, StandardOpenOption.WRITE);
            this.out = Channels.newOutputStream(channel);
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public InputStream read() throws IOException {
            return new BufferedInputStream(Files.newInputStream(file));
        }

        @Override
        public void keep(Kept kept) throws IOException {
            channel.force(true);
            Files.move(file, file(kept), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
                folder.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}

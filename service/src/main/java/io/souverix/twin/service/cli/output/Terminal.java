package io.souverix.twin.service.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// What a command reads from and writes to, and whether a person is at the other end.
///
/// @param out results
/// @param err everything else: progress, errors, hints
/// @param outIsTerminal whether results are looked at, not piped on
/// @param errIsTerminal whether progress is watched
/// @param environment the variables of the process
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment) {
    private static final int BUFFER_BYTES = 1 << 16;

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /// The streams of this process. `out` is flushed by [#flush()] only.
    public static Terminal ofProcess() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        FileOutputStream err = new FileOutputStream(FileDescriptor.err);
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(
                        new BufferedOutputStream(out, BUFFER_BYTES), false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                System.getenv());
    }

    /// The colours of results: <https://no-color.org> is respected.
    public Paint paint() {
        return outIsTerminal && colourWanted() ? Paint.COLOUR : Paint.NONE;
    }

    /// The colours of what goes to standard error.
    public Paint errorPaint() {
        return errIsTerminal && colourWanted() ? Paint.COLOUR : Paint.NONE;
    }

    /// Hands on what was written. False where the reader has gone.
    public boolean flush() {
        err.flush();
        return !out.checkError();
    }

    private boolean colourWanted() {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// The JDK only tells whether input and output are both terminals; Linux tells of each.
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/")
                        || target.startsWith("/dev/tty")
                        || target.equals("/dev/console");
            }
        } catch (IOException _) {
            return false;
        }
        return Objects.requireNonNull(System.console()).isTerminal();
    }
}

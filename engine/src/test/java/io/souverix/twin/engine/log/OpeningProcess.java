package io.souverix.twin.engine.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A process of its own that opens a log and says how that went.
final class OpeningProcess {
    private OpeningProcess() {}

    /// Opens the log in the directory that the argument names.
    public static void main(String[] arguments) {
        try {
            SegmentLog.open(Path.of(arguments[0]), SegmentLogOptions.DEFAULT).close();
            System.out.println("OPENED");
        } catch (LogException e) {
            System.out.println(e.reason() + ": " + e.getMessage());
        }
    }

    /// Runs such a process to its end.
    ///
    /// @return what it printed
    static String run(Path directory) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                OpeningProcess.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }
}

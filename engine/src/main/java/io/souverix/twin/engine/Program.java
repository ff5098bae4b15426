package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.core.twin.TwinView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The program that is running, as far as it decides what nodes count as: what another one counted is
/// counted anew.
final class Program {
    private Program() {}

    /// A number of the code of the core; 0 where nothing can be said about it.
    static long number() {
        CodeSource source = TwinView.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return 0;
        }
        try {
            Path code = Path.of(source.getLocation().toURI());
            byte[] content =
                    Files.isDirectory(code)
                            ? listing(code).getBytes(StandardCharsets.UTF_8)
                            : Files.readAllBytes(code);
            return EventHash.of(content, content.length).high();
        } catch (URISyntaxException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the program's own code", e);
        }
    }

    /// Classes in a directory, while the program is being worked on.
    private static String listing(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file ->
                            file
                                    + " "
                                    + file.toFile().length()
                                    + " "
                                    + file.toFile().lastModified())
                    .collect(Collectors.joining("\n"));
        }
    }
}

package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `twin version`.
@Command(
        name = "version",
        header = "Show the version.",
        description = "The version of this program and of the Java it runs on.",
        footer = "  twin version")
final class VersionCommand implements Callable<Integer> {
    private static final String BUILD = "/META-INF/maven/io.souverix/twin-service/pom.properties";

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(version());
        return CommandTree.SUCCESS;
    }

    /// The version the jar was built as; `development` where there is no jar.
    static String version() {
        Properties build = new Properties();
        try (InputStream in = VersionCommand.class.getResourceAsStream(BUILD)) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "twin "
                + build.getProperty("version", "development")
                + " (Java "
                + Runtime.version()
                + ")";
    }

    /// The same for `twin --version`.
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {version()};
        }
    }
}

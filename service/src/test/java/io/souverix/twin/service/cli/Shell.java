package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Runs command lines in this process and captures what they print.
final class Shell {
    private final Map<String, String> environment;
    private final boolean watched;
    private final String input;

    private Shell(Map<String, String> environment, boolean watched, String input) {
        this.environment = environment;
        this.watched = watched;
        this.input = input;
    }

    /// What came of a command line.
    record Ran(int code, String out, String err) {}

    /// A shell without a person at it.
    static Shell unwatched() {
        return new Shell(Map.of(), false, "");
    }

    /// A shell in a terminal.
    static Shell watched() {
        return new Shell(Map.of("TERM", "xterm"), true, "");
    }

    Shell with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Shell(Map.copyOf(more), watched, input);
    }

    Shell reading(String text) {
        return new Shell(environment, watched, text);
    }

    Ran run(String... arguments) {
        return run(Lifetime.untilEnded(), new ByteArrayOutputStream(), arguments);
    }

    /// Runs a command that lasts; what it prints can be watched in `out`.
    Ran run(Lifetime lifetime, ByteArrayOutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        watched,
                        watched,
                        environment);
        int code = CommandTree.run(terminal, lifetime, arguments);
        return new Ran(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

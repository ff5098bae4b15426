package io.souverix.twin.bench;

import java.io.Console;

/// Tells on standard error what is being measured: on one line that is drawn anew where a person
/// watches, else a line a stage.
final class Progress {
    private static final String CLEAR = "\r\u001b[K";

    private final String name;
    private final boolean watched = isWatched();
    private boolean told;

    Progress(String name) {
        this.name = name;
    }

    @SuppressWarnings("SystemConsoleNull") // it may be null by its contract
    private static boolean isWatched() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void say(String text) {
        if (watched) {
            System.err.print(CLEAR + name + (text.isEmpty() ? "" : ": " + text));
            System.err.flush();
        } else if (!told) {
            System.err.println(name);
        }
        told = true;
    }

    void clear() {
        if (watched) {
            System.err.print(CLEAR);
            System.err.flush();
        }
    }
}

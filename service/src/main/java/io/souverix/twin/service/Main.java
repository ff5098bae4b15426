package io.souverix.twin.service;

import io.souverix.twin.service.cli.CommandTree;
import io.souverix.twin.service.cli.Lifetime;
import io.souverix.twin.service.cli.output.Terminal;

/// The program `twin`.
public final class Main {
    /// Says how many threads of the operating system carry the virtual ones; read when the first of
    /// those starts.
    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    private Main() {}

    public static void main(String[] arguments) {
        spareCarriers();
        Terminal terminal = Terminal.ofProcess();
        Lifetime lifetime = Lifetime.ofProcess();
        int code = CommandTree.run(terminal, lifetime, arguments);
        lifetime.finish(code);
        System.exit(code);
    }

    /// Every request has a virtual thread. One that counts the whole fleet keeps its carrier for as
    /// long as it takes: there are more carriers than such requests compute at a time, and the
    /// operating system shares the processors out among them.
    private static void spareCarriers() {
        if (System.getProperty(CARRIERS) == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            System.setProperty(CARRIERS, Integer.toString(2 * Math.max(2, processors)));
        }
    }
}

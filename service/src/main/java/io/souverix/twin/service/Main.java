package io.souverix.twin.service;

import io.souverix.twin.service.cli.CommandTree;
import io.souverix.twin.service.cli.Lifetime;
import io.souverix.twin.service.cli.output.Terminal;

/// The program `twin`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Terminal terminal = Terminal.ofProcess();
        Lifetime lifetime = Lifetime.ofProcess();
        int code = CommandTree.run(terminal, lifetime, arguments);
        lifetime.finish(code);
        System.exit(code);
    }
}

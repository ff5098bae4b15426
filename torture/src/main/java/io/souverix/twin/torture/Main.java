package io.souverix.twin.torture;

import java.util.logging.LogManager;

/// Tries everything for as long as it is told: `twin torture [--seed N] [--minutes N] [--cases N]
/// [--only NAME,…] [--directory DIR] [--json FILE] [--patience N] [--nodes N] [--events N] [--moments N] [--one-in N]`.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Settings settings;
        try {
            settings = Settings.parse(args, Trials.all(Settings.DEFAULT_FLEET).keySet());
        } catch (IllegalArgumentException e) {
            System.err.println("twin torture: " + e.getMessage());
            System.exit(2);
            return;
        }
        // Disks fail and processes die on purpose: what the engine says of it is noise.
        LogManager.getLogManager().reset();
        Report report = new Torture(settings, Trials.all(settings.fleet())).run();
        report.print(System.out);
        if (settings.json() != null) {
            report.write(settings.json());
        }
        // Threads of a trial that hangs would keep the process.
        System.exit(report.failures().isEmpty() ? 0 : 1);
    }
}

package io.souverix.twin.service.cli;

import java.util.logging.Level;
import java.util.logging.Logger;

/// The JDK's log, which the libraries write to: warnings only, one line each, on standard error.
final class ServiceLog {
    private static final String FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n";

    /// Held, since loggers that nobody holds forget their level.
    private static final Logger ROOT = Logger.getLogger("");

    private ServiceLog() {}

    static void quieten() {
        if (System.getProperty(FORMAT_PROPERTY) == null) {
            System.setProperty(FORMAT_PROPERTY, FORMAT);
        }
        if (System.getProperty("java.util.logging.config.file") == null) {
            ROOT.setLevel(Level.WARNING);
        }
    }
}

package io.souverix.twin.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The machine a run was made on, and how busy others keep it.
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path BUSY = Path.of("/proc/stat");
    private static final Path SELF = Path.of("/proc/self/stat");

    /// Where the times of /proc/self/stat begin, counted from the end of the program's name: user,
    /// system, and the same of children that have ended (proc(5), fields 14 to 17).
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /// What /proc counts in.
    private static final double TICKS_PER_SECOND = 100;

    private Machine() {}

    static String describe() {
        var system = system();
        return "%s, %s %s, load %.1f"
                .formatted(
                        name(),
                        system.getName(),
                        system.getVersion(),
                        system.getSystemLoadAverage());
    }

    /// What stays the same from run to run.
    static String name() {
        var system = system();
        return "%d processors (%s), %d GB, Java %s"
                .formatted(
                        system.getAvailableProcessors(),
                        processor(),
                        Math.round(system.getTotalMemorySize() / 1e9),
                        Runtime.version());
    }

    private static com.sun.management.OperatingSystemMXBean system() {
        return (com.sun.management.OperatingSystemMXBean)
                ManagementFactory.getOperatingSystemMXBean();
    }

    private static String processor() {
        try {
            return Files.exists(PROCESSORS)
                    ? Files.readAllLines(PROCESSORS).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).trim())
                            .findFirst()
                            .orElse("unknown")
                    : System.getProperty("os.arch");
        } catch (IOException _) {
            return "unknown";
        }
    }

    /// A moment, to tell from it how busy others were since. Nothing is told where the system has no
    /// /proc.
    record Moment(long nanos, double busySeconds, double ownSeconds) {
        static Moment now() {
            try {
                return Files.exists(BUSY)
                        ? new Moment(System.nanoTime(), busy(), own())
                        : new Moment(System.nanoTime(), Double.NaN, Double.NaN);
            } catch (IOException _) {
                return new Moment(System.nanoTime(), Double.NaN, Double.NaN);
            }
        }

        /// The share of all processors that others took since, 0 to 1; NaN where it is not known.
        double takenByOthers() {
            Moment now = now();
            double possible =
                    (now.nanos - nanos) / 1e9 * Runtime.getRuntime().availableProcessors();
            double others = now.busySeconds - busySeconds - (now.ownSeconds - ownSeconds);
            return Double.isNaN(others) ? Double.NaN : Math.clamp(others / possible, 0, 1);
        }

        /// All but idle and waiting for a disk (proc(5)): user nice system idle iowait irq softirq
        /// steal.
        private static double busy() throws IOException {
            String[] fields = Files.readAllLines(BUSY).getFirst().trim().split("\\s+");
            double ticks = 0;
            for (int i : List.of(1, 2, 3, 6, 7, 8)) {
                ticks += Double.parseDouble(fields[i]);
            }
            return ticks / TICKS_PER_SECOND;
        }

        private static double own() throws IOException {
            String stat = Files.readString(SELF);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double ticks = 0;
            for (int i = 0; i < TIMES; i++) {
                ticks += Double.parseDouble(fields[FIRST_TIME + i]);
            }
            return ticks / TICKS_PER_SECOND;
        }
    }
}

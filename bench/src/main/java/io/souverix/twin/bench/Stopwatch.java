package io.souverix.twin.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Measures time that passes and processor time that a process takes meanwhile; can be held. For one
/// thread.
public final class Stopwatch {
    private static final OperatingSystemMXBean THIS_PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final DoubleSupplier cpuSeconds;
    private long began;
    private double cpuBegan;
    private double seconds;
    private double cpu;

    /// @param cpuSeconds how much processor time the process has taken so far
    Stopwatch(DoubleSupplier cpuSeconds) {
        this.cpuSeconds = cpuSeconds;
    }

    /// Of this process.
    public static Stopwatch ofThisProcess() {
        return new Stopwatch(() -> THIS_PROCESS.getProcessCpuTime() / 1e9);
    }

    /// Work that may fail.
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /// Measures work, in addition to what was measured before.
    public Stopwatch time(Work work) throws Exception {
        start();
        work.run();
        return stop();
    }

    void start() {
        cpuBegan = cpuSeconds.getAsDouble();
        began = System.nanoTime();
    }

    Stopwatch stop() {
        seconds += (System.nanoTime() - began) / 1e9;
        cpu += cpuSeconds.getAsDouble() - cpuBegan;
        return this;
    }

    double seconds() {
        return seconds;
    }

    public double perSecond(long items) {
        return items / seconds;
    }

    /// Processor time an item.
    public double cpuMicros(long items) {
        return cpu * 1e6 / items;
    }

    public static double seconds(Work work) throws Exception {
        return ofThisProcess().time(work).seconds();
    }

    /// The value below which a share of the values lies: the nearest rank.
    public static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.clamp((int) Math.ceil(sorted.length * share) - 1, 0, sorted.length - 1)];
    }
}

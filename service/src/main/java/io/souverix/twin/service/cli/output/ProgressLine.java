package io.souverix.twin.service.cli.output;

import java.util.function.LongSupplier;

/// One line on standard error that tells how far long work has come, drawn anew several times a
/// second. Silent where nobody watches. Thread-safe.
public final class ProgressLine implements AutoCloseable {
    /// How many cells the bar has.
    private static final int BAR = 24;

    private static final long REDRAW_NANOS = 100_000_000;
    private static final String CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final LongSupplier nanoClock;
    private String what = "";
    private long begun;
    private long drawn;
    private boolean showing;

    public ProgressLine(Terminal terminal) {
        this(terminal, System::nanoTime);
    }

    ProgressLine(Terminal terminal, LongSupplier nanoClock) {
        this.terminal = terminal;
        this.nanoClock = nanoClock;
    }

    /// Tells how far `what` has come.
    ///
    /// @param total of all, or -1 where not known
    public synchronized void report(String newWhat, long done, long total) {
        report(newWhat, done, total, Unit.COUNT);
    }

    /// What is counted.
    public enum Unit {
        COUNT,
        BYTES
    }

    public synchronized void report(String newWhat, long done, long total, Unit unit) {
        if (!terminal.errIsTerminal()) {
            return;
        }
        long now = nanoClock.getAsLong();
        boolean another = !what.equals(newWhat);
        if (another) {
            what = newWhat;
            begun = now;
        }
        if (another || done == total || now - drawn >= REDRAW_NANOS) {
            drawn = now;
            showing = true;
            terminal.err().print(CLEAR + line(done, total, now - begun, unit));
            terminal.err().flush();
        }
    }

    private String line(long done, long total, long nanos, Unit unit) {
        StringBuilder line = new StringBuilder(what);
        if (total > 0) {
            double part = Math.clamp((double) done / total, 0, 1);
            int full = (int) (part * BAR);
            line.append("  [").repeat("#", full).repeat("-", BAR - full).append("] ");
            line.append((int) (part * 100)).append(" %");
        }
        line.append("  ").append(figure(done, unit));
        if (total > 0) {
            line.append(" of ").append(figure(total, unit));
        }
        if (nanos >= REDRAW_NANOS && done > 0) {
            long rate = Math.round(done / (nanos / 1e9));
            line.append("  ").append(figure(rate, unit)).append("/s");
        }
        return line.toString();
    }

    private static String figure(long number, Unit unit) {
        return switch (unit) {
            case COUNT -> Figures.grouped(number);
            case BYTES -> Figures.bytes(number);
        };
    }

    /// Takes the line away; the next report draws a new one.
    public synchronized void clear() {
        if (showing) {
            terminal.err().print(CLEAR);
            terminal.err().flush();
            showing = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}

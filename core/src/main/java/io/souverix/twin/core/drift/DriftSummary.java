package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Severity;
import org.jspecify.annotations.Nullable;

/// The findings of a node, counted.
public record DriftSummary(
        long low,
        long medium,
        long high,
        long critical,
        boolean version,
        boolean config,
        boolean policy,
        boolean comparisonError) {

    public static final DriftSummary NOTHING =
            new DriftSummary(0, 0, 0, 0, false, false, false, false);

    public long count(Severity severity) {
        return switch (severity) {
            case LOW -> low;
            case MEDIUM -> medium;
            case HIGH -> high;
            case CRITICAL -> critical;
        };
    }

    public long total() {
        return low + medium + high + critical;
    }

    /// The worst severity, or null without findings.
    public @Nullable Severity worst() {
        if (critical > 0) {
            return Severity.CRITICAL;
        }
        if (high > 0) {
            return Severity.HIGH;
        }
        if (medium > 0) {
            return Severity.MEDIUM;
        }
        return low > 0 ? Severity.LOW : null;
    }

    /// The score in tenths, 0 to 999 (semantics section 4): the band of 25 shows the worst level, and
    /// every further finding closes half of what is left of it, those of lower levels a quarter as
    /// much a level.
    public int scoreTenths() {
        Severity worst = worst();
        if (worst == null) {
            return 0;
        }
        int level = worst.ordinal() + 1;
        double more = count(worst) - 1.0;
        for (Severity lower : Severity.values()) {
            if (lower.compareTo(worst) < 0) {
                more += count(lower) * Math.pow(4, lower.ordinal() - worst.ordinal());
            }
        }
        double score = 25.0 * (level - 1) + 25.0 * (1 - Math.pow(2, -(more + 1)));
        double capped = Math.min(score, 25.0 * level - 0.1);
        return (int) Math.floor(capped * 10 + 0.5);
    }

    public void write(StateWriter out) {
        out.number(low).number(medium).number(high).number(critical);
        out.truth(version).truth(config).truth(policy).truth(comparisonError);
    }

    public static DriftSummary read(StateReader in) {
        return in.sharing()
                .value(
                        new DriftSummary(
                                in.number(),
                                in.number(),
                                in.number(),
                                in.number(),
                                in.truth(),
                                in.truth(),
                                in.truth(),
                                in.truth()));
    }
}

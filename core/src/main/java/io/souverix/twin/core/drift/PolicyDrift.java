package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.Compliance;
import io.souverix.twin.core.event.Payload.PolicyDriftDetected;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.release.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Both sides of a node's policy version, and its compliance.
public final class PolicyDrift {
    private @Nullable Declared desired;
    private @Nullable Declared actual;

    /// Whether both versions are known and differ.
    private boolean differs;

    private @Nullable Compliance compliance;
    private long violationsSinceMicros = Times.NONE;
    private long complianceReference = -1;

    PolicyDrift copy() {
        PolicyDrift copy = new PolicyDrift();
        copy.desired = desired;
        copy.actual = actual;
        copy.differs = differs;
        copy.compliance = compliance;
        copy.violationsSinceMicros = violationsSinceMicros;
        copy.complianceReference = complianceReference;
        return copy;
    }

    public @Nullable Declared desired() {
        return desired;
    }

    public @Nullable Declared actual() {
        return actual;
    }

    /// The counts of the last compliance report, or null where it has none.
    public Compliance.@Nullable Counts counts() {
        return compliance instanceof Compliance.Counts counts ? counts : null;
    }

    /// passed / (passed + failed), four decimals, or as given; null if nothing was evaluated.
    public @Nullable JsonNumber complianceScore() {
        return switch (compliance) {
            case null -> null;
            case Compliance.Given given -> given.score();
            case Compliance.Counts counts -> score(counts);
        };
    }

    private static @Nullable JsonNumber score(Compliance.Counts counts) {
        long evaluated = counts.passed() + counts.failed();
        return evaluated == 0
                ? null
                : JsonNumber.of(
                        BigDecimal.valueOf(counts.passed())
                                .divide(BigDecimal.valueOf(evaluated), 4, RoundingMode.HALF_UP));
    }

    /// How many rules are violated, or -1 where nobody said.
    public long violations() {
        return switch (compliance) {
            case null -> -1;
            case Compliance.Given given -> given.violations();
            case Compliance.Counts counts -> counts.failed();
        };
    }

    long violationsSinceMicros() {
        return violationsSinceMicros;
    }

    long complianceReference() {
        return complianceReference;
    }

    void desire(String version, long epoch, Moment moment) {
        Declared before = desired;
        desired =
                Declared.after(
                        desired,
                        moment.sharing().text(version),
                        epoch,
                        moment.micros(),
                        moment.reference());
        differsStands(before, desired);
    }

    void report(String version, Moment moment) {
        Declared before = actual;
        actual =
                Declared.after(
                        actual,
                        moment.sharing().text(version),
                        0,
                        moment.micros(),
                        moment.reference());
        differsStands(before, actual);
    }

    /// Mostly the same is said again.
    private void differsStands(@Nullable Declared before, Declared after) {
        if (before == null || !before.value().equals(after.value())) {
            differs = compared();
        }
    }

    private boolean compared() {
        return desired != null && actual != null && !same(desired.value(), actual.value());
    }

    void comply(Compliance newer, Moment moment) {
        long before = violations();
        compliance = newer;
        complianceReference = moment.reference();
        if (violations() != before) {
            violationsSinceMicros = moment.micros();
        }
    }

    void detected(PolicyDriftDetected drift, long epoch, Moment moment) {
        desire(drift.policyVersion(), epoch, moment);
        report(drift.actualVersion(), moment);
        if (drift.complianceScore() != null || drift.violations() >= 0) {
            comply(new Compliance.Given(drift.complianceScore(), drift.violations()), moment);
        }
    }

    /// True where both versions are known and differ.
    boolean differs() {
        return differs;
    }

    private static boolean same(String a, String b) {
        if (a.equals(b)) {
            return true;
        }
        Version first = Version.parse(a, null);
        Version second = Version.parse(b, null);
        return first != null && second != null && first.compareTo(second) == 0;
    }

    /// Seconds since the run of the desired version that the node has not reached; 0 where it has,
    /// -1 without a desired version.
    public long staleSeconds(long nowMicros) {
        if (desired == null) {
            return -1;
        }
        return actual != null && !differs
                ? 0
                : Times.elapsedSeconds(desired.sinceMicros(), nowMicros);
    }

    void write(StateWriter out) {
        Declared.write(out, desired);
        Declared.write(out, actual);
        switch (compliance) {
            case null -> out.number(0);
            case Compliance.Counts counts ->
                    out.number(1)
                            .number(counts.passed())
                            .number(counts.failed())
                            .number(counts.notApplicable())
                            .number(counts.unevaluable());
            case Compliance.Given given ->
                    out.number(2).json(given.score()).number(given.violations());
        }
        out.fixed(violationsSinceMicros).number(complianceReference);
    }

    static PolicyDrift read(StateReader in) {
        PolicyDrift drift = new PolicyDrift();
        drift.desired = Declared.read(in);
        drift.actual = Declared.read(in);
        drift.differs = drift.compared();
        drift.compliance = readCompliance(in);
        drift.violationsSinceMicros = in.fixed();
        drift.complianceReference = in.number();
        return drift;
    }

    private static @Nullable Compliance readCompliance(StateReader in) {
        return switch ((int) in.number()) {
            case 0 -> null;
            case 1 -> new Compliance.Counts(in.number(), in.number(), in.number(), in.number());
            case 2 -> new Compliance.Given((JsonNumber) in.optionalJson(), in.number());
            default -> throw new IllegalStateException("found no form of compliance");
        };
    }
}

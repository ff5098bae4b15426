package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.release.Releases;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The drift aspect of a node: what it should be and what it is, in its three dimensions, with the
/// findings between them. Mutable: the fold applies events in the order of the walk.
public final class Drift {
    /// How many violations of one compliance report are listed one by one.
    public static final int MAX_LISTED_VIOLATIONS = 100;

    private @Nullable Declared desiredVersion;
    private @Nullable Declared actualVersion;
    private ConfigDrift config = new ConfigDrift();
    private PolicyDrift policy = new PolicyDrift();
    private long lastReportedMicros = Times.NONE;

    private @Nullable Compared compared;

    /// The version comparison with the releases it was made with, in one piece, as several may read.
    private record Compared(VersionDrift version, Releases releases) {}

    public Drift copy() {
        Drift copy = new Drift();
        copy.desiredVersion = desiredVersion;
        copy.actualVersion = actualVersion;
        copy.config = config.copy();
        copy.policy = policy.copy();
        copy.lastReportedMicros = lastReportedMicros;
        copy.compared = compared;
        return copy;
    }

    public @Nullable Declared desiredVersion() {
        return desiredVersion;
    }

    public @Nullable Declared actualVersion() {
        return actualVersion;
    }

    /// The highest epoch of the desired values that stand, or -1 where there is none.
    public long desiredEpoch() {
        long version = desiredVersion == null ? -1 : desiredVersion.epoch();
        Declared desiredPolicy = policy.desired();
        long highest = Math.max(version, desiredPolicy == null ? -1 : desiredPolicy.epoch());
        return Math.max(highest, config.desiredEpoch());
    }

    public ConfigDrift config() {
        return config;
    }

    public PolicyDrift policy() {
        return policy;
    }

    /// When the node's actual values were last reported, or [Times#NONE].
    public long lastReportedMicros() {
        return lastReportedMicros;
    }

    /// Applies the next event of the walk.
    ///
    /// @param componentType the node's own, where known
    public void apply(Event event, Moment moment, @Nullable String componentType) {
        switch (event.payload()) {
            case DesiredStateChanged desired -> desire(desired, event.epoch(), moment);
            case ActualStateReported actual -> report(actual, moment);
            case ProvisioningStarted started when started.desiredVersion() != null ->
                    desireVersion(started.desiredVersion(), event.epoch(), moment);
            case UpdateInitiated update ->
                    desireVersion(update.targetVersion(), event.epoch(), moment);
            case UpdateCompleted update -> {
                reportVersion(update.version(), moment);
                lastReportedMicros = moment.micros();
            }
            case VersionDriftDetected drift ->
                    detected(drift, event.epoch(), moment, componentType);
            case ConfigDriftDetected drift when drift.details().isEmpty() -> {}
            case ConfigDriftDetected drift -> {
                config.detected(drift, event.epoch(), moment);
                lastReportedMicros = moment.micros();
            }
            case PolicyDriftDetected drift -> {
                policy.detected(drift, event.epoch(), moment);
                lastReportedMicros = moment.micros();
            }
            default -> {}
        }
    }

    private void desire(DesiredStateChanged desired, long epoch, Moment moment) {
        if (desired.softwareVersion() != null) {
            desireVersion(desired.softwareVersion(), epoch, moment);
        }
        if (desired.policyVersion() != null) {
            policy.desire(desired.policyVersion(), epoch, moment);
        }
        config.desire(desired.config(), epoch, moment);
    }

    private void report(ActualStateReported actual, Moment moment) {
        if (actual.isEmpty()) {
            return;
        }
        if (actual.softwareVersion() != null) {
            reportVersion(actual.softwareVersion(), moment);
        }
        if (actual.policyVersion() != null) {
            policy.report(actual.policyVersion(), moment);
        }
        if (actual.compliance() != null) {
            policy.comply(actual.compliance(), moment);
        }
        config.report(actual.config(), actual.lastAppliedMicros(), moment);
        lastReportedMicros = moment.micros();
    }

    private void detected(
            VersionDriftDetected drift, long epoch, Moment moment, @Nullable String componentType) {
        if (componentType == null || componentType.equals(drift.component())) {
            desireVersion(drift.desired(), epoch, moment);
            reportVersion(drift.actual(), moment);
            lastReportedMicros = moment.micros();
        }
    }

    private void desireVersion(String text, long epoch, Moment moment) {
        String shared = moment.sharing().text(text);
        Declared before = desiredVersion;
        desiredVersion = Declared.after(before, shared, epoch, moment.micros(), moment.reference());
        comparedStands(before, desiredVersion);
    }

    private void reportVersion(String text, Moment moment) {
        String shared = moment.sharing().text(text);
        Declared before = actualVersion;
        actualVersion = Declared.after(before, shared, 0, moment.micros(), moment.reference());
        comparedStands(before, actualVersion);
    }

    /// Mostly the same is said again.
    private void comparedStands(@Nullable Declared before, Declared after) {
        if (before == null || !before.value().equals(after.value())) {
            compared = null;
        }
    }

    /// Forgets what was derived from the component type.
    public void componentTypeChanged() {
        compared = null;
    }

    /// The versions compared; kept until a side, the component type or the releases change.
    @SuppressWarnings(
            "ReferenceEquality") // releases are immutable: another instance, another catalogue
    public VersionDrift version(@Nullable String componentType, Releases releases) {
        Compared kept = compared;
        if (kept == null || kept.releases() != releases) {
            VersionDrift version =
                    VersionDrift.of(
                            desiredVersion == null ? null : desiredVersion.value(),
                            actualVersion == null ? null : actualVersion.value(),
                            componentType,
                            releases);
            kept = new Compared(version, releases);
            compared = kept;
        }
        return kept.version();
    }

    /// The findings that stand, counted.
    public DriftSummary summary(VersionDrift versions, long nowMicros) {
        long violations = Math.max(0, policy.violations());
        boolean policyDiffers = policy.differs();
        if (versions.severity() == null
                && violations == 0
                && !policyDiffers
                && config.differences().isEmpty()) {
            return DriftSummary.NOTHING;
        }
        long[] counts = new long[Severity.values().length];
        if (versions.severity() != null) {
            counts[versions.severity().ordinal()]++;
        }
        boolean configDiffers = false;
        boolean comparisonError = false;
        for (ConfigDifference difference : config.differences()) {
            if (difference.standsAt(nowMicros)) {
                counts[difference.severity().ordinal()]++;
                configDiffers = true;
                comparisonError |= difference.kind() == ConfigDifference.Kind.COMPARISON_ERROR;
            }
        }
        counts[Severity.LOW.ordinal()] += policyDiffers ? 1 : 0;
        counts[Severity.MEDIUM.ordinal()] += violations;
        return new DriftSummary(
                counts[0],
                counts[1],
                counts[2],
                counts[3],
                versions.severity() != null,
                configDiffers,
                policyDiffers || violations > 0,
                comparisonError);
    }

    /// How many configuration findings stand.
    public long configFindings(long nowMicros) {
        long standing = 0;
        for (ConfigDifference difference : config.differences()) {
            standing += difference.standsAt(nowMicros) ? 1 : 0;
        }
        return standing;
    }

    /// The first instant after now at which an ignore rule of a difference expires.
    public long nextExpiryMicros(long nowMicros) {
        long next = Long.MAX_VALUE;
        for (ConfigDifference difference : config.differences()) {
            if (difference.ignoredUntilMicros() > nowMicros) {
                next = Math.min(next, difference.ignoredUntilMicros());
            }
        }
        return next;
    }

    /// The findings that stand, sorted by dimension and path; of violations the first
    /// [#MAX_LISTED_VIOLATIONS].
    public List<Finding> findings(VersionDrift versions, long nowMicros) {
        List<Finding> findings = new ArrayList<>();
        if (versions.severity() != null && desiredVersion != null && actualVersion != null) {
            findings.add(
                    pair(
                            "version",
                            "software_version",
                            desiredVersion,
                            actualVersion,
                            versions.severity(),
                            versions.impact()));
        }
        for (ConfigDifference difference : config.differences()) {
            if (difference.standsAt(nowMicros)) {
                findings.add(
                        new Finding(
                                "config",
                                difference.path().text(),
                                difference.kind().word(),
                                difference.desired(),
                                difference.actual(),
                                difference.severity(),
                                null,
                                difference.sinceMicros(),
                                config.writersOf(difference)));
            }
        }
        Declared desiredPolicy = policy.desired();
        Declared actualPolicy = policy.actual();
        if (policy.differs() && desiredPolicy != null && actualPolicy != null) {
            findings.add(
                    pair(
                            "policy",
                            "policy_version",
                            desiredPolicy,
                            actualPolicy,
                            Severity.LOW,
                            null));
        }
        long listed = Math.min(MAX_LISTED_VIOLATIONS, policy.violations());
        for (int i = 1; i <= listed; i++) {
            findings.add(violation(i));
        }
        return findings;
    }

    private static Finding pair(
            String dimension,
            String path,
            Declared desired,
            Declared actual,
            Severity severity,
            @Nullable String impact) {
        List<Long> references =
                desired.reference() == actual.reference()
                        ? List.of(desired.reference())
                        : List.of(desired.reference(), actual.reference());
        return new Finding(
                dimension,
                path,
                "changed",
                Json.of(desired.value()),
                Json.of(actual.value()),
                severity,
                impact,
                Math.max(desired.sinceMicros(), actual.sinceMicros()),
                references);
    }

    private Finding violation(int number) {
        return new Finding(
                "policy",
                "violations." + number,
                "violation",
                Json.of(0),
                Json.of(policy.violations()),
                Severity.MEDIUM,
                null,
                policy.violationsSinceMicros(),
                List.of(policy.complianceReference()));
    }

    public void write(StateWriter out) {
        Declared.write(out, desiredVersion);
        Declared.write(out, actualVersion);
        config.write(out);
        policy.write(out);
        out.fixed(lastReportedMicros);
    }

    public static Drift read(StateReader in) {
        Drift drift = new Drift();
        drift.desiredVersion = Declared.read(in);
        drift.actualVersion = Declared.read(in);
        drift.config = ConfigDrift.read(in);
        drift.policy = PolicyDrift.read(in);
        drift.lastReportedMicros = in.fixed();
        return drift;
    }
}

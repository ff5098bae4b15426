package io.souverix.twin.core.query;

import io.souverix.twin.core.drift.ConfigDrift;
import io.souverix.twin.core.drift.Drift;
import io.souverix.twin.core.drift.DriftStatus;
import io.souverix.twin.core.drift.Finding;
import io.souverix.twin.core.drift.PolicyDrift;
import io.souverix.twin.core.drift.VersionDrift;
import io.souverix.twin.core.event.Payload.Compliance;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.twin.TwinView;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The fields of `state`, `policy` and `drift`; those below `drift` that the twin does not show have
/// the names of the drift analysis.
final class DriftFields {
    private static final List<String> DIMENSIONS = List.of("version", "config", "policy");
    private static final List<String> KINDS =
            List.of("changed", "missing", "extra", "comparison_error", "violation");

    private DriftFields() {}

    static void addTo(FieldList list) {
        list.tree("state.desired", view -> shown(of(view).config().desiredTree()))
                .tree("state.actual", view -> shown(of(view).config().actualTree()))
                .instant("state.last_applied", view -> of(view).config().lastAppliedMicros())
                .instant("state.last_reported", view -> of(view).lastReportedMicros());
        policy(list);
        list.word("drift.status", DriftStatus.values(), view -> view.status(view.drift()))
                .decimal("drift.score", view -> BigDecimal.valueOf(view.drift().scoreTenths(), 1))
                .severity("drift.severity", view -> view.drift().worst())
                .count("drift.findings", view -> view.drift().total());
    }

    static void addAnalysisTo(FieldList list) {
        list.truth("drift.evaluated", view -> view.status(view.drift()).evaluated());
        version(list);
        config(list);
        findings(list);
    }

    private static Drift of(TwinView view) {
        return view.twin().drift();
    }

    private static @Nullable Json shown(@Nullable JsonObject tree) {
        return tree == null ? null : ConfigDrift.shown(tree);
    }

    private static void policy(FieldList list) {
        list.text("policy.desired_policy", view -> LifecycleFields.value(policy(view).desired()))
                .text("policy.actual_policy", view -> LifecycleFields.value(policy(view).actual()))
                .count("policy.compliance.passed", counted(Compliance.Counts::passed))
                .count("policy.compliance.failed", counted(Compliance.Counts::failed))
                .count(
                        "policy.compliance.not_applicable",
                        counted(Compliance.Counts::notApplicable))
                .count("policy.compliance.unevaluable", counted(Compliance.Counts::unevaluable))
                .number("policy.compliance_score", view -> policy(view).complianceScore())
                .count("policy.violations", view -> policy(view).violations())
                .duration("policy.stale_by", view -> policy(view).staleSeconds(view.nowMicros()));
    }

    private static PolicyDrift policy(TwinView view) {
        return of(view).policy();
    }

    private static ToLongFunction<TwinView> counted(ToLongFunction<Compliance.Counts> read) {
        return view -> {
            Compliance.Counts counts = policy(view).counts();
            return counts == null ? -1 : read.applyAsLong(counts);
        };
    }

    private static void version(FieldList list) {
        list.text(
                        "drift.version_drift.component",
                        drifting(_ -> null, view -> view.twin().identity().componentType()))
                .text("drift.version_drift.desired", drifting(VersionDrift::desired, _ -> null))
                .text("drift.version_drift.actual", drifting(VersionDrift::actual, _ -> null))
                .severityWord("drift.version_drift.severity", view -> view.versions().severity())
                .text("drift.version_drift.impact", drifting(VersionDrift::impact, _ -> null))
                .whole(
                        "drift.version_drift.distance",
                        view -> {
                            VersionDrift versions = view.versions();
                            return versions.severity() == null ? null : versions.distance();
                        });
    }

    /// What is said of a version finding, where there is one: of the comparison, or else of the twin.
    private static Function<TwinView, @Nullable String> drifting(
            Function<VersionDrift, @Nullable String> compared,
            Function<TwinView, @Nullable String> seen) {
        return view -> {
            VersionDrift versions = view.versions();
            if (versions.severity() == null) {
                return null;
            }
            String text = compared.apply(versions);
            return text == null ? seen.apply(view) : text;
        };
    }

    private static void config(FieldList list) {
        list.count("drift.config_drift.objects", DriftFields::objects)
                .duration("drift.config_drift.stale_by", DriftFields::staleSeconds);
    }

    private static long objects(TwinView view) {
        return of(view).configFindings(view.nowMicros());
    }

    private static long staleSeconds(TwinView view) {
        if (objects(view) == 0) {
            return 0;
        }
        long applied = of(view).config().lastAppliedMicros();
        return applied == Times.NONE ? -1 : Times.elapsedSeconds(applied, view.nowMicros());
    }

    private static void findings(FieldList list) {
        list.words("drift.findings.dimension", DIMENSIONS, each(Finding::dimension))
                .texts("drift.findings.path", each(Finding::path))
                .words("drift.findings.kind", KINDS, each(Finding::kind))
                .severities("drift.findings.severity", each(f -> f.severity().word()))
                .texts("drift.findings.impact", each(Finding::impact))
                .instants("drift.findings.since", each(f -> FieldList.known(f.sinceMicros())));
    }

    private static <T> Function<TwinView, List<T>> each(Function<Finding, @Nullable T> read) {
        return view -> Fields.present(of(view).findings(view.versions(), view.nowMicros()), read);
    }
}

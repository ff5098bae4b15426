package io.souverix.twin.engine.judge;

import io.souverix.twin.engine.judge.Walk.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which software a node should run and does run.
final class Software {
    private Software() {}

    static Map<String, @Nullable Object> software(Question asked) {
        List<Event> history = asked.history();
        return Members.of(
                "desired_version", Walk.text(desired(history)),
                "actual_version", Walk.text(actual(history)),
                "drift_score", VersionDrift.distance(asked),
                "image_provenance", imageProvenance(history),
                "sbom_hash", sbomHash(history));
    }

    static @Nullable Fact desired(List<Event> history) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            add(
                    facts,
                    event,
                    switch (event.type()) {
                        case "desired_state_changed" -> event.text("software_version");
                        case "update_initiated" -> event.text("target_version");
                        case "provisioning_started" -> event.text("desired_version");
                        case "version_drift_detected" ->
                                isOwnComponent(history, i) ? event.text("desired") : null;
                        default -> null;
                    });
        }
        return Walk.winner(facts);
    }

    static @Nullable Fact actual(List<Event> history) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Event event = history.get(i);
            add(
                    facts,
                    event,
                    switch (event.type()) {
                        case "actual_state_reported" -> event.text("software_version");
                        case "update_completed" -> event.text("version");
                        case "version_drift_detected" ->
                                isOwnComponent(history, i) ? event.text("actual") : null;
                        default -> null;
                    });
        }
        return Walk.last(facts);
    }

    private static void add(List<Fact> facts, Event event, @Nullable String value) {
        if (value != null) {
            facts.add(new Fact(value, event));
        }
    }

    /// Whether the component an event names is the node's type at that moment of the walk, or that is unknown.
    static boolean isOwnComponent(List<Event> history, int index) {
        String type = Identity.componentType(history.subList(0, index));
        return type == null || type.equals(history.get(index).text("component"));
    }

    static @Nullable String imageProvenance(List<Event> history) {
        return (String)
                Walk.lastGiven(
                        history, "image_provenance", "actual_state_reported", "update_completed");
    }

    static @Nullable String sbomHash(List<Event> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            Event event = history.get(i);
            boolean says =
                    event.is("actual_state_reported")
                            || event.is("update_completed")
                            || (event.is("sbom_updated")
                                    && isOfTheRunningVersion(event, history.subList(0, i)));
            if (says && event.text("sbom_hash") != null) {
                return event.text("sbom_hash");
            }
        }
        return null;
    }

    static boolean isOfTheRunningVersion(Event sbom, List<Event> before) {
        String type = Identity.componentType(before);
        String actual = Walk.text(actual(before));
        return sbom.needed("component").equals(type)
                && actual != null
                && Version.sameVersion(sbom.needed("version"), actual, type);
    }
}

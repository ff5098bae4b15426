package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Tone;

/// The words of the contract as cells, in the tone they deserve.
final class Words {
    private Words() {}

    /// A connectivity state, phase, status, severity or the like at a path.
    static Cell word(Json value, String... path) {
        String text = Members.text(value, path);
        return new Cell(text, tone(text));
    }

    private static Tone tone(String word) {
        return switch (word) {
            case "live", "active", "ok", "in_sync", "verified" -> Tone.GOOD;
            case "delayed",
                    "edge-cached",
                    "returning",
                    "replaying",
                    "degraded",
                    "maintenance",
                    "medium",
                    "drifted",
                    "progressing",
                    "stale",
                    "unverified" ->
                    Tone.NOTICE;
            case "autonomous",
                    "disconnected",
                    "failed",
                    "quarantined",
                    "high",
                    "critical",
                    "comparison_error" ->
                    Tone.BAD;
            case "none", "unknown", Members.UNKNOWN -> Tone.FAINT;
            default -> Tone.PLAIN;
        };
    }

    /// A value as JSON says it, strings bare: for desired and actual values.
    static Cell value(Json value, String... path) {
        Json here = Members.at(value, path);
        return Cell.of(here instanceof JsonNumber number ? number.text() : Members.text(here));
    }

    /// A number of seconds as a duration.
    static Cell seconds(Json value, String... path) {
        return Members.isNull(value, path)
                ? new Cell(Members.UNKNOWN, Tone.FAINT)
                : Cell.of(Figures.seconds(Members.number(value, path)));
    }

    /// Two versions, as what should be and what is.
    static String versions(Json software) {
        String actual = Members.text(software, "actual_version");
        String desired = Members.text(software, "desired_version");
        return actual.equals(desired) ? actual : actual + " (desired " + desired + ")";
    }
}

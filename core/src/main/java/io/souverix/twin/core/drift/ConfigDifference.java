package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.ConfigPath;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import org.jspecify.annotations.Nullable;

/// A path whose two sides differ, ignored or not.
///
/// @param sinceMicros where this pair of values began to stand unbroken
/// @param ignoredUntilMicros see [io.souverix.twin.core.rules.Rules#ignoredUntilMicros]
public record ConfigDifference(
        ConfigPath path,
        Kind kind,
        @Nullable Json desired,
        @Nullable Json actual,
        Severity severity,
        long sinceMicros,
        long ignoredUntilMicros) {

    /// How the two sides differ.
    public enum Kind implements Worded {
        CHANGED("changed"),
        MISSING("missing"),
        EXTRA("extra"),
        COMPARISON_ERROR("comparison_error");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    boolean standsAt(long nowMicros) {
        return ignoredUntilMicros <= nowMicros;
    }

    ConfigDifference since(long micros) {
        return new ConfigDifference(
                path, kind, desired, actual, severity, micros, ignoredUntilMicros);
    }

    static void write(StateWriter out, ConfigDifference difference) {
        out.text(difference.path.text()).constant(difference.kind);
        out.json(difference.desired).json(difference.actual);
        out.constant(difference.severity)
                .number(difference.sinceMicros)
                .fixed(difference.ignoredUntilMicros);
    }

    static ConfigDifference read(StateReader in) {
        return new ConfigDifference(
                ConfigPath.parse(in.text()).orElseThrow(),
                in.constant(Kind.values()),
                in.optionalJson(),
                in.optionalJson(),
                in.constant(Severity.values()),
                in.number(),
                in.fixed());
    }
}

package io.souverix.twin.core.drift;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import org.jspecify.annotations.Nullable;

/// A register holding a text that somebody declared or reported.
///
/// @param epoch the term it was declared under; 0 for what was reported
/// @param sinceMicros start of the run of this value
/// @param reference where the event that last wrote it stands in the log
public record Declared(String value, long epoch, long sinceMicros, long reference) {

    /// The register after a later event of the walk: the higher or equal epoch wins.
    static Declared after(
            @Nullable Declared standing, String value, long epoch, long atMicros, long reference) {
        if (standing == null) {
            return new Declared(value, epoch, atMicros, reference);
        }
        if (epoch < standing.epoch) {
            return standing;
        }
        boolean same = standing.value.equals(value);
        return new Declared(
                same ? standing.value : value,
                epoch,
                same ? standing.sinceMicros : atMicros,
                reference);
    }

    static void write(StateWriter out, @Nullable Declared register) {
        out.text(register == null ? null : register.value);
        if (register != null) {
            out.number(register.epoch).number(register.sinceMicros).number(register.reference);
        }
    }

    static @Nullable Declared read(StateReader in) {
        String value = in.optionalText();
        return value == null ? null : new Declared(value, in.number(), in.number(), in.number());
    }
}

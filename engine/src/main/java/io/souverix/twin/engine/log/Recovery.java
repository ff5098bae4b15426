package io.souverix.twin.engine.log;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What opening a log found and did.
///
/// @param end the address after the last frame
/// @param records the number of the next record
/// @param framesBeyondHead sound frames that had been written but perhaps not acknowledged; kept
/// @param torn the unfinished append at the end, where there was one
/// @param warnings what an operator should look at; empty when all was in order
public record Recovery(
        long end,
        long records,
        long framesBeyondHead,
        Optional<TornTail> torn,
        List<String> warnings) {
    /// Copies the warnings.
    public Recovery {
        warnings = List.copyOf(warnings);
    }

    /// An append that was never acknowledged and is not whole; moved aside, then cut off.
    ///
    /// @param address where it began
    /// @param bytes how many bytes there were
    /// @param movedTo the file that holds them now
    /// @param reason why it was taken for torn
    public record TornTail(long address, long bytes, Path movedTo, String reason) {}
}

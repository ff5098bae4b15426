package io.souverix.twin.engine.changes;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Where a client stands among the changes: an opaque token, the `id` of a streamed event.
///
/// @param address the position in the log that shows the change
/// @param run when the process started that counts the sequence; [#ANY_RUN] for a position of the log
/// @param sequence the number of the change in that run
public record ChangePosition(long address, long run, long sequence) {
    /// A plain position in the log, as answers carry it.
    public static final long ANY_RUN = 0;

    private static final byte FORMAT = 2;
    private static final byte PARTITIONS = 1;
    private static final int BYTES = 2 + 3 * Long.BYTES;

    /// After everything that a position in the log shows.
    public static ChangePosition ofLog(long address) {
        return new ChangePosition(address, ANY_RUN, 0);
    }

    public String token() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(FORMAT).put(PARTITIONS);
        bytes.putLong(address).putLong(run).putLong(sequence);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// Reads a token; empty where it is none of ours.
    public static Optional<ChangePosition> parse(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            boolean ours =
                    bytes.remaining() == BYTES
                            && bytes.get() == FORMAT
                            && bytes.get() == PARTITIONS;
            return ours
                    ? Optional.of(
                            new ChangePosition(bytes.getLong(), bytes.getLong(), bytes.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}

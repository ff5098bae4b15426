package io.souverix.twin.engine;

import io.souverix.twin.engine.changes.ChangePosition;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Where something stands in the log: an opaque token to clients. It is a vector with a place for
/// every partition of the log; the embedded log has one.
public record Position(long address) implements Comparable<Position> {
    private static final byte FORMAT = 1;
    private static final byte PARTITIONS = 1;
    private static final int BYTES = 2 + Long.BYTES;

    /// The token, as it stands in answers.
    public String token() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).put(FORMAT).put(PARTITIONS).putLong(address);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// Reads a token, the one of a change too; empty where it is none of ours.
    public static Optional<Position> parse(String token) {
        Optional<ChangePosition> change = ChangePosition.parse(token);
        if (change.isPresent()) {
            return Optional.of(new Position(change.get().address()));
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            boolean ours = bytes.remaining() == BYTES && bytes.get() == FORMAT && bytes.get() == 1;
            return ours ? Optional.of(new Position(bytes.getLong())) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(address, other.address);
    }
}

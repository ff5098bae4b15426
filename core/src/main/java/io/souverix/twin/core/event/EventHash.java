package io.souverix.twin.core.event;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The first 16 bytes of the SHA-256 of an event's canonical content, big-endian: its identity.
/// Ordered as an unsigned number.
public record EventHash(long high, long low) implements Comparable<EventHash> {
    /// The sum of no events.
    public static final EventHash ZERO = new EventHash(0, 0);

    /// Hashes bytes: the canonical content of an event, or whatever else is told apart by its bytes.
    public static EventHash of(byte[] bytes, int length) {
        MessageDigest digest = DIGEST.get();
        digest.update(bytes, 0, length);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new EventHash(hash.getLong(), hash.getLong());
    }

    /// What a thread hashes with: reset by each digest.
    private static final ThreadLocal<MessageDigest> DIGEST =
            ThreadLocal.withInitial(EventHash::sha256);

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The sum modulo 2^128: how hashes make a revision or a digest, in any order.
    public EventHash plus(EventHash other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new EventHash(high + other.high + carry, sum);
    }

    @Override
    public int compareTo(EventHash other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /// 32 hex digits.
    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}

package io.souverix.twin.engine.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// The two checks of the format: CRC32C against accidents of the disk, SHA-256 for the chain.
final class Checksums {
    /// The bytes of a SHA-256.
    static final int HASH_BYTES = 32;

    private Checksums() {}

    static int crc32c(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String hex(int value) {
        return "0x" + HexFormat.of().toHexDigits(value);
    }
}

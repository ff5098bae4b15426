package io.souverix.twin.core.pki;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Text in PEM (RFC 7468): blocks of DER between `-----BEGIN x-----` and `-----END x-----`.
public final class Pem {
    /// How many blocks one text may hold.
    public static final int MAX_BLOCKS = 32;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private Pem() {}

    /// One block: what it is called, and its bytes.
    public record Block(String label, byte[] der) {}

    /// The blocks of a text, in order; text around them is not looked at.
    ///
    /// @throws PkiException where there is none, one is broken, or there are too many
    public static List<Block> blocks(String text) throws PkiException {
        List<Block> blocks = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            if (blocks.size() == MAX_BLOCKS) {
                throw new PkiException(
                        "found more than " + MAX_BLOCKS + " PEM blocks, expected at most that");
            }
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            if (labelEnd < 0) {
                throw new PkiException("found a PEM block whose first line does not end");
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            String last = END + label + DASHES;
            int end = text.indexOf(last, labelEnd);
            if (end < 0) {
                throw new PkiException("found a PEM block without its end, expected " + last);
            }
            blocks.add(new Block(label, der(text.substring(labelEnd + DASHES.length(), end))));
            at = text.indexOf(BEGIN, end + last.length());
        }
        if (blocks.isEmpty()) {
            throw new PkiException("found no PEM block, expected " + BEGIN + "…");
        }
        return blocks;
    }

    private static byte[] der(String base64) throws PkiException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new PkiException("found a PEM block that is not base64", e);
        }
    }

    /// Bytes as one PEM block.
    public static String text(String label, byte[] der) {
        Base64.Encoder encoder =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return BEGIN
                + label
                + DASHES
                + "\n"
                + encoder.encodeToString(der)
                + "\n"
                + END
                + label
                + DASHES
                + "\n";
    }
}

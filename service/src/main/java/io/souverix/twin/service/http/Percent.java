package io.souverix.twin.service.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent-encoding of UTF-8, as in URIs and in the headers of CloudEvents.
final class Percent {
    private Percent() {}

    /// Decodes a part of a URI.
    ///
    /// @throws ProblemException where it is not encoded right
    static String decode(String text) {
        return tryDecode(text)
                .orElseThrow(() ->
                        ProblemException.of(
                                ProblemCode.UNREADABLE_REQUEST,
                                "found " + Texts.shown(text) + ", expected percent-encoded UTF-8"));
    }

    /// Decodes; empty where a `%` is not followed by two hex digits or the bytes are not UTF-8.
    static Optional<String> tryDecode(String text) {
        if (text.indexOf('%') < 0) {
            return Optional.of(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte value = bytes[i];
            if (value == '%') {
                if (i + 2 >= bytes.length) {
                    return Optional.empty();
                }
                int high = Character.digit(bytes[i + 1], 16);
                int low = Character.digit(bytes[i + 2], 16);
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                value = (byte) (high << 4 | low);
                i += 2;
            }
            bytes[length++] = value;
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}

package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.pki.PinnedKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a DSSE envelope (Dead Simple Signing Envelope 1.0) with an in-toto statement proves, checked
/// once when it is folded. Immutable.
///
/// @param version the version that ran when it came: it speaks for no other
/// @param signedBy the name of the pinned key that verifies it, or null
/// @param fault why it does not verify, or null
/// @param digests of its subjects, as [Digests#normal] writes them
record Provenance(
        String version, @Nullable String signedBy, @Nullable String fault, List<String> digests) {
    private static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String STATEMENT = "https://in-toto.io/Statement/";

    /// How many signatures of an envelope are looked at.
    static final int MAX_SIGNATURES = 16;

    private static final JsonReader READER = new JsonReader();

    Provenance {
        digests = List.copyOf(digests);
    }

    /// Checks an envelope that came with the SBOM of the running version.
    static Provenance of(JsonObject envelope, String version, List<PinnedKey> keys) {
        try {
            if (!PAYLOAD_TYPE.equals(text(envelope, "payloadType"))) {
                return faulty(version, "its payload type is not " + PAYLOAD_TYPE);
            }
            byte[] payload = base64(text(envelope, "payload"));
            String signer = signer(envelope, preAuthentication(PAYLOAD_TYPE, payload), keys);
            if (signer == null) {
                return faulty(version, "none of the " + keys.size() + " pinned keys verifies it");
            }
            Json statement = READER.read(payload);
            return statement instanceof JsonObject object
                            && text(object, "_type").startsWith(STATEMENT)
                    ? new Provenance(version, signer, null, digests(object))
                    : faulty(version, "its payload is no in-toto statement");
        } catch (JsonFault | IllegalArgumentException e) {
            return faulty(version, "malformed");
        }
    }

    private static Provenance faulty(String version, String fault) {
        return new Provenance(version, null, fault, List.of());
    }

    private static String text(JsonObject object, String member) {
        return object.member(member) instanceof JsonString(String text) ? text : "";
    }

    /// Standard or URL-safe base64, as DSSE allows.
    private static byte[] base64(String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        return (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
    }

    /// The bytes that are signed (PAE).
    static byte[] preAuthentication(String payloadType, byte[] payload) {
        int typeLength = payloadType.getBytes(StandardCharsets.UTF_8).length;
        byte[] head =
                ("DSSEv1 " + typeLength + " " + payloadType + " " + payload.length + " ")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[head.length + payload.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        return whole;
    }

    /// The pinned key that one of the signatures is of; `keyid` is a hint and proves nothing.
    private static @Nullable String signer(
            JsonObject envelope, byte[] signed, List<PinnedKey> keys) {
        List<Json> signatures =
                envelope.member("signatures") instanceof JsonArray(List<Json> all)
                        ? all
                        : List.of();
        for (Json each : signatures.subList(0, Math.min(signatures.size(), MAX_SIGNATURES))) {
            byte[] signature =
                    each instanceof JsonObject object ? base64(text(object, "sig")) : new byte[0];
            for (PinnedKey key : keys) {
                if (key.verifies(signed, signature)) {
                    return key.name();
                }
            }
        }
        return null;
    }

    private static List<String> digests(JsonObject statement) {
        List<String> digests = new ArrayList<>();
        List<Json> subjects =
                statement.member("subject") instanceof JsonArray(List<Json> all) ? all : List.of();
        for (Json subject : subjects) {
            if (subject instanceof JsonObject object
                    && object.member("digest") instanceof JsonObject digest) {
                digest.forEach((algorithm, hex) -> {
                    if (hex instanceof JsonString(String value)) {
                        digests.add((algorithm + ":" + value).toLowerCase(Locale.ROOT));
                    }
                });
            }
        }
        return digests;
    }

    void write(StateWriter out) {
        out.text(version).text(signedBy).text(fault).list(digests, StateWriter::text);
    }

    static Provenance read(StateReader in) {
        return new Provenance(
                in.text(), in.optionalText(), in.optionalText(), in.list(StateReader::text));
    }
}

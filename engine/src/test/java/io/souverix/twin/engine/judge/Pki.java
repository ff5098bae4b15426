package io.souverix.twin.engine.judge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Certificates, chains and envelopes that another program made, with what is known of each from its making: the judge
/// looks them up and checks no signature itself. They stand in `pki/pki.json`.
public final class Pki {
    private static final Map<String, @Nullable Object> DOCUMENT = read();
    private static final Map<String, Made> CERTIFICATES = certificates();
    private static final Map<String, Envelope> ENVELOPES = readEnvelopes();

    private Pki() {}

    /// A certificate as it was made.
    ///
    /// @param issuer the name of the one that signed it
    /// @param sound false where the signature is broken, or the issuer may not sign
    record Made(
            String name,
            List<String> names,
            String issuer,
            boolean sound,
            Instant validFrom,
            Instant validUntil,
            String pem) {}

    /// Who is trusted: certificates and keys by their names here.
    public record Trusted(List<String> anchors, List<String> keys) {
        public static final Trusted NOBODY = new Trusted(List.of(), List.of());

        public Trusted {
            anchors = List.copyOf(anchors);
            keys = List.copyOf(keys);
        }

        public List<String> anchorPems() {
            return anchors.stream().map(name -> certificate(name).pem()).toList();
        }
    }

    private static Map<String, @Nullable Object> read() {
        try (InputStream in =
                Objects.requireNonNull(Pki.class.getResourceAsStream("/pki/pki.json"))) {
            return PlainJson.readObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Made> certificates() {
        Map<String, Made> all = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> each : Members.objects(DOCUMENT, "certificates")) {
            Made made =
                    new Made(
                            needed(each, "name"),
                            texts(each.get("names")),
                            needed(each, "issuer"),
                            Members.isTrue(each, "sound"),
                            Instant.parse(needed(each, "valid_from")),
                            Instant.parse(needed(each, "valid_until")),
                            needed(each, "pem"));
            all.put(made.name(), made);
        }
        return all;
    }

    private static String needed(Map<String, @Nullable Object> object, String name) {
        return Objects.requireNonNull(Members.text(object, name));
    }

    private static List<String> texts(@Nullable Object list) {
        List<String> texts = new ArrayList<>();
        for (Object each : Objects.requireNonNull(Members.asList(list))) {
            texts.add(String.valueOf(each));
        }
        return texts;
    }

    static Made certificate(String name) {
        return Objects.requireNonNull(CERTIFICATES.get(name));
    }

    /// A certificate by its name, in PEM.
    public static String pem(String name) {
        return certificate(name).pem();
    }

    /// The certificate of that PEM; null where it is none of these.
    static @Nullable Made byPem(String pem) {
        return CERTIFICATES.values().stream()
                .filter(made -> made.pem().equals(pem))
                .findFirst()
                .orElse(null);
    }

    /// Chains of certificates, leaf first, by their names.
    static List<List<String>> chains() {
        List<List<String>> chains = new ArrayList<>();
        for (Object chain : Objects.requireNonNull(Members.list(DOCUMENT, "chains"))) {
            chains.add(texts(chain));
        }
        return chains;
    }

    /// The public keys by name, in PEM.
    public static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> key : Members.objects(DOCUMENT, "keys")) {
            keys.put(needed(key, "name"), needed(key, "pem"));
        }
        return keys;
    }

    /// An envelope: who signed it (null: nobody whose word counts) and what it speaks of.
    record Envelope(
            @Nullable String signedBy,
            List<String> digests,
            Map<String, @Nullable Object> envelope) {}

    static List<Envelope> envelopes() {
        return List.copyOf(ENVELOPES.values());
    }

    /// The envelope that says the same; null where it is none of these.
    static @Nullable Envelope envelope(Object given) {
        return ENVELOPES.get(PlainJson.canonical(given));
    }

    private static Map<String, Envelope> readEnvelopes() {
        Map<String, Envelope> all = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> each : Members.objects(DOCUMENT, "envelopes")) {
            Map<String, @Nullable Object> envelope = Members.object(each, "envelope");
            if (envelope != null) {
                List<String> digests = texts(each.get("digests"));
                String signer = Members.text(each, "signed_by");
                all.put(PlainJson.canonical(envelope), new Envelope(signer, digests, envelope));
            }
        }
        return all;
    }
}

package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Draws what trust rests on: attestations, certificates, bills of materials, releases.
final class TrustDraw {
    private static final List<String> HASHES =
            List.of("sha256:" + "a".repeat(64), "sha256:" + "b".repeat(64));
    static final List<String> LABELS =
            List.of("signed-by-build-system", "signed-by-hand", "unsigned");

    private final Draw draw;

    TrustDraw(Draw draw) {
        this.draw = draw;
    }

    Map<String, @Nullable Object> trust(String type, String subject) {
        return switch (type) {
            case "attestation_performed" ->
                    Members.of(
                            "result",
                                    draw.of(
                                            "verified",
                                            "verified",
                                            "verified",
                                            "verified",
                                            "failed",
                                            "stale",
                                            "unverified"),
                            "verifier", draw.maybe(50, draw.of("autorite", "other")),
                            "evidence", draw.maybe(20, "quote"),
                            "claims", draw.maybe(20, Members.of("pcr", 7, "none", null)));
            case "certificate_rotated" -> Members.of("certificate_chain", chain(subject));
            case "trust_chain_validated" ->
                    Members.of(
                            "result",
                            draw.of("valid", "valid", "invalid"),
                            "reason",
                            draw.maybe(50, draw.from(PayloadDraw.REASONS)));
            default ->
                    Members.of(
                            "component", draw.from(PayloadDraw.COMPONENTS),
                            "version", draw.from(PayloadDraw.VERSIONS),
                            "sbom_hash", hash(),
                            "provenance", draw.maybe(30, draw.from(LABELS)),
                            "dependencies", draw.maybe(50, dependencies()),
                            "envelope", draw.maybe(40, draw.from(Pki.envelopes()).envelope()));
        };
    }

    private List<@Nullable Object> dependencies() {
        List<@Nullable Object> dependencies = new ArrayList<>();
        for (int i = draw.below(4); i > 0; i--) {
            String version = draw.of("3.0.13", "3.0.14", "1.1.1w");
            String name = draw.of("openssl", "zlib");
            String purl = "pkg:generic/" + name + draw.of("", "@" + version);
            dependencies.add(
                    PayloadDraw.given(
                            Members.of(
                                    "name", name,
                                    "version", version,
                                    "purl", draw.maybe(50, purl))));
        }
        return dependencies;
    }

    private List<@Nullable Object> chain(String node) {
        List<@Nullable Object> chain = new ArrayList<>();
        for (int i = draw.percent(10) ? 0 : draw.between(1, 2); i > 0; i--) {
            Instant from =
                    draw.percent(10)
                            ? draw.instant()
                            : Draw.START.minus(Duration.ofDays(draw.between(1, 40)));
            Instant until =
                    draw.of(
                            from.plus(Duration.ofDays(draw.between(43, 200))),
                            from.plus(Duration.ofDays(200)),
                            from.isBefore(Draw.START)
                                    ? draw.instant()
                                    : from.plus(Duration.ofDays(1)),
                            draw.instant().plus(Duration.ofDays(30)));
            chain.add(
                    PayloadDraw.given(
                            Members.of(
                                    "issuer", draw.of("root-ca", "zone-ca"),
                                    "subject", subject(node),
                                    "valid_from", draw.maybe(70, draw.spelled(from)),
                                    "valid_until", draw.spelled(until),
                                    "signature", draw.maybe(20, "sha256:5a5"))));
        }
        if (draw.percent(40)) {
            withPem(chain, draw.from(Pki.chains()));
        }
        return chain;
    }

    /// Puts PEM to what was drawn, however badly it fits, and draws more where there are too few.
    private void withPem(List<@Nullable Object> chain, List<String> names) {
        while (chain.size() > names.size()) {
            chain.removeLast();
        }
        while (chain.size() < names.size()) {
            chain.add(
                    Members.of(
                            "issuer", "root-ca",
                            "subject", "any",
                            "valid_until", Times.show(Draw.START)));
        }
        for (int i = 0; i < names.size(); i++) {
            Map<String, @Nullable Object> certificate =
                    Objects.requireNonNull(Members.asObject(chain.get(i)));
            boolean broken = draw.percent(5);
            certificate.put("pem", broken ? "no PEM" : Pki.certificate(names.get(i)).pem());
        }
    }

    static Map<String, @Nullable Object> goodChain(String node) {
        String until = Times.show(Draw.START.plus(Duration.ofDays(180)));
        Map<String, @Nullable Object> leaf =
                Members.of("issuer", "root-ca", "subject", node, "valid_until", until);
        return Members.of("certificate_chain", List.of(leaf));
    }

    static Map<String, @Nullable Object> goodUpdate() {
        return Members.of(
                "version", PayloadDraw.VERSIONS.getFirst(),
                "image_provenance", LABELS.getFirst(),
                "sbom_hash", HASHES.getFirst());
    }

    static Map<String, @Nullable Object> goodRelease() {
        return Members.of(
                "version", PayloadDraw.VERSIONS.getFirst(), "sbom_hash", HASHES.getFirst());
    }

    private String subject(String node) {
        String distinguished =
                draw.of("CN=" + node, "O=Souverix, CN=" + node + " ,C=FR", "CN=else", "cn=" + node);
        return draw.percent(70) ? node : distinguished;
    }

    String hash() {
        return draw.from(HASHES);
    }

    Map<String, @Nullable Object> release() {
        return Members.of(
                "version", draw.from(PayloadDraw.VERSIONS),
                "sbom_hash", draw.maybe(70, hash()),
                "security", draw.maybe(40, draw.percent(50)),
                "advisories", draw.maybe(40, advisories()));
    }

    private List<@Nullable Object> advisories() {
        List<@Nullable Object> advisories = new ArrayList<>();
        for (int i = draw.below(3); i > 0; i--) {
            advisories.add(
                    PayloadDraw.given(
                            Members.of(
                                    "id", "SX-" + i,
                                    "severity",
                                            draw.maybe(
                                                    40,
                                                    draw.of("low", "medium", "high", "critical")),
                                    "cvss",
                                            draw.maybe(
                                                    40,
                                                    new BigDecimal(
                                                            draw.of(
                                                                    "3.9", "4.0", "7", "8.9",
                                                                    "9.0"))),
                                    "known_exploited", draw.maybe(20, draw.percent(50)))));
        }
        return advisories;
    }
}

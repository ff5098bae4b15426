package io.souverix.twin.core.event;

import io.souverix.twin.core.event.Payload.*;

/// Reads the payloads of attestation, certificates, SBOMs and releases.
final class TrustPayloads {
    private TrustPayloads() {}

    static Payload read(EventType type, Fields f) {
        return switch (type) {
            case ATTESTATION_PERFORMED ->
                    new AttestationPerformed(
                            f.word("result", AttestationResult.values()),
                            f.optionalText("verifier"),
                            f.optional("evidence"),
                            f.optionalObject("claims"));
            case CERTIFICATE_ROTATED ->
                    new CertificateRotated(
                            f.records(
                                    "certificate_chain",
                                    PayloadReader.MAX_CHAIN,
                                    TrustPayloads::certificate));
            case TRUST_CHAIN_VALIDATED ->
                    new TrustChainValidated(
                            f.word("result", Verdict.values()) == Verdict.VALID,
                            f.optionalText("reason"));
            case SBOM_UPDATED ->
                    new SbomUpdated(
                            f.subjectId("component"),
                            f.text("version"),
                            f.text("sbom_hash"),
                            f.optionalText("provenance"),
                            f.optionalRecords(
                                    "dependencies",
                                    PayloadReader.MAX_ELEMENTS,
                                    TrustPayloads::dependency),
                            f.optionalObject("envelope"));
            case RELEASE_PUBLISHED ->
                    new ReleasePublished(
                            f.text("version"),
                            f.optionalText("sbom_hash"),
                            f.optionalBoolean("security"),
                            f.optionalRecords(
                                    "advisories",
                                    PayloadReader.MAX_ELEMENTS,
                                    TrustPayloads::advisory));
            default -> throw new IllegalStateException("no trust type: " + type);
        };
    }

    private enum Verdict implements Worded {
        VALID,
        INVALID;

        @Override
        public String word() {
            return this == VALID ? "valid" : "invalid";
        }
    }

    private static Certificate certificate(Fields f) {
        return new Certificate(
                f.text("issuer"),
                f.text("subject"),
                f.optionalInstant("valid_from"),
                f.instant("valid_until"),
                f.optionalText("signature"),
                f.optionalText("pem"));
    }

    private static Dependency dependency(Fields f) {
        return new Dependency(f.text("name"), f.text("version"), f.optionalText("purl"));
    }

    private static Advisory advisory(Fields f) {
        return new Advisory(
                f.text("id"),
                f.optionalWord("severity", Severity.values()),
                f.optionalNumber("cvss", 10),
                f.optionalBoolean("known_exploited"));
    }
}

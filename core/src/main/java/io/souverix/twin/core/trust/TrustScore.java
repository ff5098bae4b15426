package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.Payload.Certificate;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.core.release.Releases.Release;
import io.souverix.twin.core.release.Version;
import io.souverix.twin.core.rules.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The four parts of a node's trust, weighed (semantics section 5), in basis points. Pure.
public record TrustScore(
        Part chain, Part attestation, Part provenance, Part sbom, IntegrityState integrityState) {
    private static final long HOUR_MICROS = 3600 * Times.MICROS_PER_SECOND;
    private static final long STEP_MICROS = 600 * Times.MICROS_PER_SECOND;
    private static final long HORIZON_MICROS = 30 * 24 * HOUR_MICROS;
    private static final int CHAIN_WEIGHT = 3500;
    private static final int ATTESTATION_WEIGHT = 3500;
    private static final int PROVENANCE_WEIGHT = 2000;
    private static final int SBOM_WEIGHT = 1000;

    /// What a part says, from best to worst.
    public enum Verdict implements Worded {
        AFFIRMING("affirming"),
        WARNING("warning"),
        NONE("none"),
        CONTRAINDICATED("contraindicated");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// The whole in a word.
    public enum IntegrityState implements Worded {
        FAILED("failed"),
        UNVERIFIED("unverified"),
        STALE("stale"),
        DEGRADED("degraded"),
        VERIFIED("verified");

        private final String word;

        IntegrityState(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// A part with its share of the score and the reason for it.
    public record Part(Verdict verdict, int basisPoints, String reason) {
        private static Part of(Verdict verdict, int weight, String reason) {
            int points =
                    switch (verdict) {
                        case AFFIRMING -> weight;
                        case WARNING -> weight / 2;
                        case NONE, CONTRAINDICATED -> 0;
                    };
            return new Part(verdict, points, reason);
        }
    }

    public static TrustScore of(
            Trust trust,
            String nodeId,
            @Nullable String componentType,
            @Nullable String actualVersion,
            Releases releases,
            Rules rules,
            long nowMicros) {
        Part chain = chain(trust, nodeId, nowMicros);
        Part attestation = attestation(trust, nowMicros);
        Part provenance = provenance(trust.imageProvenance(), rules);
        Part sbom = sbom(trust.sbomHash(), componentType, actualVersion, releases);
        return new TrustScore(
                chain,
                attestation,
                provenance,
                sbom,
                state(trust, List.of(chain, attestation, provenance, sbom), nowMicros));
    }

    /// 0 to 10,000.
    public int basisPoints() {
        List<Part> parts = List.of(chain, attestation, provenance, sbom);
        return parts.stream().anyMatch(part -> part.verdict() == Verdict.CONTRAINDICATED)
                ? 0
                : parts.stream().mapToInt(Part::basisPoints).sum();
    }

    private static Part chain(Trust trust, String nodeId, long nowMicros) {
        List<Certificate> chain = trust.chain();
        if (chain.isEmpty()) {
            return Part.of(Verdict.NONE, CHAIN_WEIGHT, "no certificate chain");
        }
        if (trust.chainCalledInvalid()) {
            return Part.of(Verdict.CONTRAINDICATED, CHAIN_WEIGHT, "reported as invalid");
        }
        if (!names(chain.getFirst().subject(), nodeId)) {
            return Part.of(Verdict.CONTRAINDICATED, CHAIN_WEIGHT, "the leaf is of another subject");
        }
        Part worst = Part.of(Verdict.AFFIRMING, CHAIN_WEIGHT, "within its dates");
        for (Certificate certificate : chain) {
            Part part = dates(certificate, nowMicros);
            worst = part.verdict().compareTo(worst.verdict()) > 0 ? part : worst;
        }
        return worst;
    }

    private static boolean names(String subject, String nodeId) {
        if (subject.equals(nodeId)) {
            return true;
        }
        for (String part : subject.split(",", -1)) {
            if (part.trim().equals("CN=" + nodeId)) {
                return true;
            }
        }
        return false;
    }

    private static Part dates(Certificate certificate, long nowMicros) {
        long from = certificate.validFromMicros();
        long until = certificate.validUntilMicros();
        if (nowMicros > until) {
            return Part.of(Verdict.CONTRAINDICATED, CHAIN_WEIGHT, "expired " + Times.text(until));
        }
        if (from != Times.NONE && nowMicros < from) {
            return Part.of(
                    Verdict.CONTRAINDICATED, CHAIN_WEIGHT, "not valid before " + Times.text(from));
        }
        return until - nowMicros <= horizonMicros(certificate)
                ? Part.of(Verdict.WARNING, CHAIN_WEIGHT, "expires " + Times.text(until))
                : Part.of(Verdict.AFFIRMING, CHAIN_WEIGHT, "within its dates");
    }

    private static long horizonMicros(Certificate certificate) {
        return certificate.validFromMicros() == Times.NONE
                ? HORIZON_MICROS
                : Math.min(
                        HORIZON_MICROS,
                        (certificate.validUntilMicros() - certificate.validFromMicros()) / 3);
    }

    private static Part attestation(Trust trust, long nowMicros) {
        AttestationResult result = trust.attestation();
        if (result == null) {
            return Part.of(Verdict.NONE, ATTESTATION_WEIGHT, "never attested");
        }
        return switch (result) {
            case FAILED ->
                    Part.of(Verdict.CONTRAINDICATED, ATTESTATION_WEIGHT, "attestation failed");
            case STALE, UNVERIFIED ->
                    Part.of(Verdict.NONE, ATTESTATION_WEIGHT, "reported " + result.word());
            case VERIFIED -> verified(nowMicros - trust.attestedMicros());
        };
    }

    private static Part verified(long ageMicros) {
        if (ageMicros <= HOUR_MICROS) {
            return Part.of(Verdict.AFFIRMING, ATTESTATION_WEIGHT, "verified within the hour");
        }
        if (ageMicros >= 3 * HOUR_MICROS) {
            return Part.of(Verdict.NONE, ATTESTATION_WEIGHT, "verified 3 hours ago or more");
        }
        long steps = (ageMicros - HOUR_MICROS) / STEP_MICROS;
        int points = (int) (ATTESTATION_WEIGHT * (12 - steps) / 12);
        return new Part(Verdict.WARNING, points, "verified more than an hour ago");
    }

    private static Part provenance(@Nullable String label, Rules rules) {
        if (label == null) {
            return Part.of(Verdict.NONE, PROVENANCE_WEIGHT, "no provenance");
        }
        return rules.trustedLabels().contains(label)
                ? Part.of(Verdict.AFFIRMING, PROVENANCE_WEIGHT, "trusted label")
                : Part.of(Verdict.WARNING, PROVENANCE_WEIGHT, "label that is not trusted");
    }

    private static Part sbom(
            @Nullable String hash,
            @Nullable String componentType,
            @Nullable String actualVersion,
            Releases releases) {
        if (hash == null) {
            return Part.of(Verdict.NONE, SBOM_WEIGHT, "no SBOM");
        }
        Version version =
                actualVersion == null ? null : Version.parse(actualVersion, componentType);
        Release release = version == null ? null : releases.release(version);
        if (release == null || release.sbomHash() == null) {
            return Part.of(Verdict.WARNING, SBOM_WEIGHT, "a hash alone");
        }
        return release.sbomHash().equals(hash)
                ? Part.of(Verdict.AFFIRMING, SBOM_WEIGHT, "the hash of the published release")
                : Part.of(
                        Verdict.CONTRAINDICATED,
                        SBOM_WEIGHT,
                        "another hash than the published release");
    }

    private static IntegrityState state(Trust trust, List<Part> parts, long nowMicros) {
        if (parts.stream().anyMatch(part -> part.verdict() == Verdict.CONTRAINDICATED)) {
            return IntegrityState.FAILED;
        }
        AttestationResult result = trust.attestation();
        if (result == null || result == AttestationResult.UNVERIFIED) {
            return IntegrityState.UNVERIFIED;
        }
        if (result == AttestationResult.STALE
                || nowMicros - trust.attestedMicros() > 3 * HOUR_MICROS) {
            return IntegrityState.STALE;
        }
        return parts.stream().allMatch(part -> part.verdict() == Verdict.AFFIRMING)
                ? IntegrityState.VERIFIED
                : IntegrityState.DEGRADED;
    }
}

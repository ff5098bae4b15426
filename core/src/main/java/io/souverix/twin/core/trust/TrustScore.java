package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.release.Releases;
import io.souverix.twin.core.rules.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The four parts of a node's trust, weighed (semantics section 5), in basis points. Pure.
public record TrustScore(
        Part chain, Part attestation, Part provenance, Part sbom, IntegrityState integrityState) {

    /// A part with its share of the score and the reason for it.
    ///
    /// @param weight what it gives where it affirms
    public record Part(Verdict verdict, int weight, int basisPoints, String reason) {
        static Part of(Verdict verdict, int weight, String reason) {
            int points =
                    switch (verdict) {
                        case AFFIRMING -> weight;
                        case WARNING -> weight / 2;
                        case NONE, CONTRAINDICATED -> 0;
                    };
            return new Part(verdict, weight, points, reason);
        }
    }

    /// What trust is judged beside, all as of one instant.
    ///
    /// @param documentStored whether a document is stored whose hash is that of what runs
    public record Circumstances(
            @Nullable String componentType,
            @Nullable String actualVersion,
            Releases releases,
            boolean documentStored,
            Rules rules,
            long nowMicros) {}

    public static TrustScore of(Trust trust, Circumstances around) {
        long now = around.nowMicros();
        Part chain = ChainPart.of(trust, now);
        Part attestation = AttestationPart.of(trust, now);
        Part provenance = SoftwareParts.provenance(trust, around.rules());
        Part sbom = SoftwareParts.sbom(trust.sbomHash(), around);
        return new TrustScore(
                chain,
                attestation,
                provenance,
                sbom,
                state(trust, List.of(chain, attestation, provenance, sbom), now));
    }

    /// The parts, the heaviest first.
    public List<Part> parts() {
        return List.of(chain, attestation, provenance, sbom);
    }

    /// 0 to 10,000.
    public int basisPoints() {
        int points = 0;
        for (Part part : parts()) {
            if (part.verdict() == Verdict.CONTRAINDICATED) {
                return 0;
            }
            points += part.basisPoints();
        }
        return points;
    }

    /// The first instant after now at which the score or the state may change by time alone, or
    /// `Long.MAX_VALUE`.
    public static long nextChangeMicros(Trust trust, long nowMicros) {
        return Math.min(
                ChainPart.nextChangeMicros(trust, nowMicros),
                AttestationPart.nextChangeMicros(trust, nowMicros));
    }

    private static IntegrityState state(Trust trust, List<Part> parts, long nowMicros) {
        boolean affirming = true;
        for (Part part : parts) {
            if (part.verdict() == Verdict.CONTRAINDICATED) {
                return IntegrityState.FAILED;
            }
            affirming &= part.verdict() == Verdict.AFFIRMING;
        }
        AttestationResult result = trust.attestation();
        if (result == null || result == AttestationResult.UNVERIFIED) {
            return IntegrityState.UNVERIFIED;
        }
        if (result == AttestationResult.STALE
                || nowMicros - trust.attestedMicros() > AttestationPart.STALE_MICROS) {
            return IntegrityState.STALE;
        }
        return affirming ? IntegrityState.VERIFIED : IntegrityState.DEGRADED;
    }

    /// The earlier of two instants, the second only where it is to come.
    static long earlier(long next, long candidate, long nowMicros) {
        return candidate > nowMicros && candidate != Times.NONE ? Math.min(next, candidate) : next;
    }
}

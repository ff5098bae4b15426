package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.trust.TrustScore.Part;

/// What the newest attestation gives: less with every ten minutes of its age.
final class AttestationPart {
    static final int WEIGHT = 3500;

    private static final long HOUR_MICROS = 3600 * Times.MICROS_PER_SECOND;
    private static final long STEP_MICROS = 600 * Times.MICROS_PER_SECOND;
    private static final int STEPS = 12;

    /// An older one is stale.
    static final long STALE_MICROS = 3 * HOUR_MICROS;

    private AttestationPart() {}

    static Part of(Trust trust, long nowMicros) {
        AttestationResult result = trust.attestation();
        if (result == null) {
            return Part.of(Verdict.NONE, WEIGHT, "never attested");
        }
        return switch (result) {
            case FAILED -> Part.of(Verdict.CONTRAINDICATED, WEIGHT, "attestation failed");
            case STALE, UNVERIFIED -> Part.of(Verdict.NONE, WEIGHT, "reported " + result.word());
            case VERIFIED -> verified(nowMicros - trust.attestedMicros());
        };
    }

    private static Part verified(long ageMicros) {
        if (ageMicros <= HOUR_MICROS) {
            return Part.of(Verdict.AFFIRMING, WEIGHT, "verified within the hour");
        }
        if (ageMicros >= STALE_MICROS) {
            return Part.of(Verdict.NONE, WEIGHT, "verified 3 hours ago or more");
        }
        long steps = (ageMicros - HOUR_MICROS) / STEP_MICROS;
        int points = (int) (WEIGHT * (STEPS - steps) / STEPS);
        return new Part(Verdict.WARNING, WEIGHT, points, "verified more than an hour ago");
    }

    static long nextChangeMicros(Trust trust, long nowMicros) {
        AttestationResult result = trust.attestation();
        if (result == null) {
            return Long.MAX_VALUE;
        }
        long stale = trust.attestedMicros() + STALE_MICROS + 1;
        long next = TrustScore.earlier(Long.MAX_VALUE, stale, nowMicros);
        if (result == AttestationResult.VERIFIED) {
            long fresh = trust.attestedMicros() + HOUR_MICROS;
            next = TrustScore.earlier(next, fresh + 1, nowMicros);
            if (nowMicros >= fresh && nowMicros < trust.attestedMicros() + STALE_MICROS) {
                long steps = (nowMicros - fresh) / STEP_MICROS + 1;
                next = TrustScore.earlier(next, fresh + steps * STEP_MICROS, nowMicros);
            }
        }
        return next;
    }
}

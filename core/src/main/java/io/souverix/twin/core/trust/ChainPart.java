package io.souverix.twin.core.trust;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.trust.TrustScore.Part;

/// What the certificate chain gives: the worst of its proof and its dates.
final class ChainPart {
    static final int WEIGHT = 3500;

    private ChainPart() {}

    static Part of(Trust trust, long nowMicros) {
        Chain chain = trust.provenChain();
        if (chain.links().isEmpty()) {
            return Part.of(Verdict.NONE, WEIGHT, "no certificate chain");
        }
        if (trust.chainCalledInvalid()) {
            String why = trust.chainVerdictReason();
            return Part.of(
                    Verdict.CONTRAINDICATED,
                    WEIGHT,
                    why == null ? "reported as invalid" : "reported as invalid: " + why);
        }
        Part worst = proof(chain);
        for (Link link : chain.links()) {
            if (verdict(link, nowMicros).compareTo(worst.verdict()) > 0) {
                worst = dates(link, nowMicros);
            }
        }
        return worst;
    }

    private static Verdict verdict(Link link, long nowMicros) {
        if (!link.judged()) {
            return Verdict.AFFIRMING;
        }
        long from = link.validFromMicros();
        long until = link.validUntilMicros();
        if (nowMicros > until || (from != Times.NONE && nowMicros < from)) {
            return Verdict.CONTRAINDICATED;
        }
        return until - nowMicros <= link.horizonMicros() ? Verdict.WARNING : Verdict.AFFIRMING;
    }

    private static Part proof(Chain chain) {
        return switch (chain.proof()) {
            case CLAIMED ->
                    Part.of(Verdict.AFFIRMING, WEIGHT, "within its dates; no PEM to validate");
            case ANCHORED -> Part.of(Verdict.AFFIRMING, WEIGHT, "validated up to an anchor");
            case UNANCHORED ->
                    Part.of(
                            Verdict.WARNING,
                            WEIGHT,
                            "found PEM certificates that fit together, expected anchors in the"
                                    + " rules to validate them against");
            case FAULTY -> Part.of(Verdict.CONTRAINDICATED, WEIGHT, String.valueOf(chain.reason()));
        };
    }

    /// What is the matter with the dates of a link that does not affirm.
    private static Part dates(Link link, long nowMicros) {
        Verdict verdict = verdict(link, nowMicros);
        long from = link.validFromMicros();
        long until = link.validUntilMicros();
        if (nowMicros > until) {
            return of(verdict, link, "expired", until);
        }
        return verdict == Verdict.CONTRAINDICATED
                ? of(verdict, link, "is not valid before", from)
                : of(verdict, link, "expires", until);
    }

    private static Part of(Verdict verdict, Link link, String what, long micros) {
        return Part.of(
                verdict,
                WEIGHT,
                "the certificate of " + link.subject() + " " + what + " " + Times.text(micros));
    }

    static long nextChangeMicros(Trust trust, long nowMicros) {
        long next = Long.MAX_VALUE;
        for (Link link : trust.chain()) {
            long until = link.validUntilMicros();
            next = TrustScore.earlier(next, link.validFromMicros(), nowMicros);
            next = TrustScore.earlier(next, until - link.horizonMicros(), nowMicros);
            next = TrustScore.earlier(next, until + 1, nowMicros);
        }
        if (!trust.chain().isEmpty()) {
            long until = trust.chain().getFirst().validUntilMicros();
            next = TrustScore.earlier(next, until - Expiry.SOON_MICROS, nowMicros);
        }
        return next;
    }
}

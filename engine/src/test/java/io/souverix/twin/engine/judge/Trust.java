package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a node can be trusted: `trust`. Certificates are judged by dates and subject, provenance by its label.
final class Trust {
    private static final int CHAIN = 3500;
    private static final int ATTESTATION = 3500;
    private static final int PROVENANCE = 2000;
    private static final int SBOM = 1000;
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofHours(3);
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration LONGEST_HORIZON = Duration.ofDays(30);

    static final List<String> INTEGRITY_STATES =
            List.of("failed", "unverified", "stale", "degraded", "verified");

    private enum Verdict {
        AFFIRMING,
        WARNING,
        NONE,
        CONTRAINDICATED;

        /// The points of a part that gives all of its weight, half of it, or nothing.
        int points(int weight) {
            return switch (this) {
                case AFFIRMING -> weight;
                case WARNING -> weight / 2;
                case NONE, CONTRAINDICATED -> 0;
            };
        }
    }

    private Trust() {}

    static Map<String, @Nullable Object> trust(Question asked) {
        Event attested = Walk.lastOf(asked.history(), "attestation_performed");
        List<Map<String, @Nullable Object>> chain = chain(asked.history());
        return Members.of(
                "attestation_state", attested == null ? null : attested.text("result"),
                "last_attestation", attested == null ? null : attested.timestamp(),
                "verifier", attested == null ? null : attested.text("verifier"),
                "trust_score", BigDecimal.valueOf(basisPoints(asked), 4),
                "integrity_state", integrityState(asked),
                "certificate_valid_until", chain.isEmpty() ? null : validUntil(chain.getFirst()));
    }

    private static List<Verdict> verdicts(Question asked) {
        return List.of(
                chainVerdict(asked),
                attestationVerdict(asked),
                provenanceVerdict(asked),
                sbomVerdict(asked));
    }

    private static int basisPoints(Question asked) {
        if (verdicts(asked).contains(Verdict.CONTRAINDICATED)) {
            return 0;
        }
        return chainVerdict(asked).points(CHAIN)
                + attestationPoints(asked)
                + provenanceVerdict(asked).points(PROVENANCE)
                + sbomVerdict(asked).points(SBOM);
    }

    private static String integrityState(Question asked) {
        Event attested = Walk.lastOf(asked.history(), "attestation_performed");
        String result = attested == null ? "unverified" : attested.needed("result");
        Duration age = attestationAge(asked);
        if (verdicts(asked).contains(Verdict.CONTRAINDICATED)) {
            return "failed";
        }
        if (result.equals("unverified")) {
            return "unverified";
        }
        if (result.equals("stale") || (age != null && age.compareTo(STALE) > 0)) {
            return "stale";
        }
        return verdicts(asked).stream().allMatch(verdict -> verdict == Verdict.AFFIRMING)
                ? "verified"
                : "degraded";
    }

    /// The certificates of the newest chain, leaf first; empty without one.
    static List<Map<String, @Nullable Object>> chain(List<Event> history) {
        Event rotated = Walk.lastOf(history, "certificate_rotated");
        return rotated == null
                ? List.of()
                : Members.objects(rotated.payload(), "certificate_chain");
    }

    private static Verdict chainVerdict(Question asked) {
        List<Map<String, @Nullable Object>> chain = chain(asked.history());
        if (chain.isEmpty()) {
            return Verdict.NONE;
        }
        boolean namesTheNode = names(chain.getFirst(), asked.node());
        Verdict worst =
                namesTheNode && !isCalledInvalid(asked.history())
                        ? Verdict.AFFIRMING
                        : Verdict.CONTRAINDICATED;
        for (Map<String, @Nullable Object> certificate : chain) {
            Verdict verdict = byDates(certificate, asked.now());
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }

    /// Whether the newest verdict of another system is `invalid` and was given after the chain was set.
    private static boolean isCalledInvalid(List<Event> history) {
        Event validated = Walk.lastOf(history, "trust_chain_validated");
        Event rotated = Walk.lastOf(history, "certificate_rotated");
        return validated != null
                && rotated != null
                && "invalid".equals(validated.text("result"))
                && Event.ORDER.compare(validated, rotated) >= 0;
    }

    private static boolean names(Map<String, @Nullable Object> leaf, String node) {
        String subject = String.valueOf(leaf.get("subject"));
        return subject.equals(node)
                || Arrays.stream(subject.split(","))
                        .anyMatch(part -> part.strip().equals("CN=" + node));
    }

    private static Verdict byDates(Map<String, @Nullable Object> certificate, Instant now) {
        Instant from = Times.instantOrNull(Members.text(certificate, "valid_from"));
        Instant until = validUntil(certificate);
        if (now.isAfter(until) || (from != null && now.isBefore(from))) {
            return Verdict.CONTRAINDICATED;
        }
        Duration horizon = LONGEST_HORIZON;
        if (from != null && Duration.between(from, until).dividedBy(3).compareTo(horizon) < 0) {
            horizon = Duration.between(from, until).dividedBy(3);
        }
        return Duration.between(now, until).compareTo(horizon) <= 0
                ? Verdict.WARNING
                : Verdict.AFFIRMING;
    }

    private static Instant validUntil(Map<String, @Nullable Object> certificate) {
        return Times.instant(String.valueOf(certificate.get("valid_until")));
    }

    /// The age of the last attestation where it says `verified`; null elsewhere.
    private static @Nullable Duration attestationAge(Question asked) {
        Event attested = Walk.lastOf(asked.history(), "attestation_performed");
        boolean verified = attested != null && "verified".equals(attested.text("result"));
        return attested != null && verified
                ? Times.elapsed(attested.timestamp(), asked.now())
                : null;
    }

    private static Verdict attestationVerdict(Question asked) {
        Event attested = Walk.lastOf(asked.history(), "attestation_performed");
        Duration age = attestationAge(asked);
        if (attested != null && "failed".equals(attested.text("result"))) {
            return Verdict.CONTRAINDICATED;
        }
        if (age == null || age.compareTo(STALE) >= 0) {
            return Verdict.NONE;
        }
        return age.compareTo(FRESH) <= 0 ? Verdict.AFFIRMING : Verdict.WARNING;
    }

    private static int attestationPoints(Question asked) {
        Duration age = attestationAge(asked);
        return switch (attestationVerdict(asked)) {
            case AFFIRMING -> ATTESTATION;
            case WARNING ->
                    age == null
                            ? 0
                            : ATTESTATION * (12 - (int) age.minus(FRESH).dividedBy(STEP)) / 12;
            case NONE, CONTRAINDICATED -> 0;
        };
    }

    private static Verdict provenanceVerdict(Question asked) {
        String label = Software.imageProvenance(asked.history());
        if (label == null) {
            return Verdict.NONE;
        }
        return asked.rules().trustedLabels().contains(label) ? Verdict.AFFIRMING : Verdict.WARNING;
    }

    private static Verdict sbomVerdict(Question asked) {
        String hash = Software.sbomHash(asked.history());
        if (hash == null) {
            return Verdict.NONE;
        }
        String type = Identity.componentType(asked.history());
        Version running = Version.parse(Walk.text(Software.actual(asked.history())), type);
        Event release = running == null ? null : asked.catalogue().releases(type).get(running);
        String published = release == null ? null : release.text("sbom_hash");
        if (published == null) {
            return Verdict.WARNING;
        }
        return published.equals(hash) ? Verdict.AFFIRMING : Verdict.CONTRAINDICATED;
    }
}

package io.souverix.twin.engine.judge;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far a node can be trusted: `trust`, and the trust index.
final class Trust {
    private static final int CHAIN = 3500;
    private static final int ATTESTATION = 3500;
    private static final int PROVENANCE = 2000;
    private static final int SBOM = 1000;
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration STALE = Duration.ofHours(3);
    private static final Duration STEP = Duration.ofMinutes(10);

    static final List<String> INTEGRITY_STATES =
            List.of("failed", "unverified", "stale", "degraded", "verified");

    enum Verdict {
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
        return Members.of(
                "attestation_state",
                attested == null ? null : attested.text("result"),
                "last_attestation",
                attested == null ? null : attested.timestamp(),
                "verifier",
                attested == null ? null : attested.text("verifier"),
                "trust_score",
                BigDecimal.valueOf(basisPoints(asked), 4),
                "integrity_state",
                integrityState(asked),
                "certificate_valid_until",
                new ChainOfTrust(asked).validUntil());
    }

    /// As `GET /v1/twins/{id}/trust`, without reasons.
    static Map<String, @Nullable Object> index(Question asked) {
        Event attested = Walk.lastOf(asked.history(), "attestation_performed");
        return Members.of(
                "node_id",
                asked.node(),
                "trust_score",
                BigDecimal.valueOf(basisPoints(asked), 4),
                "integrity_state",
                integrityState(asked),
                "parts",
                Members.of(
                        "certificate_chain", part(chainVerdict(asked), CHAIN),
                        "attestation",
                                part(
                                        attestationVerdict(asked),
                                        ATTESTATION,
                                        attestationPoints(asked)),
                        "provenance", part(provenanceVerdict(asked), PROVENANCE),
                        "sbom", part(sbomVerdict(asked), SBOM)),
                "certificate_chain",
                new ChainOfTrust(asked).shown(),
                "attestation",
                Members.of(
                        "state", attested == null ? null : attested.text("result"),
                        "at", attested == null ? null : attested.timestamp(),
                        "verifier", attested == null ? null : attested.text("verifier")),
                "sbom_lineage",
                LineageOfSboms.rows(asked),
                "meta",
                Meta.meta(asked));
    }

    private static Map<String, @Nullable Object> part(Verdict verdict, int weight) {
        return part(verdict, weight, verdict.points(weight));
    }

    private static Map<String, @Nullable Object> part(Verdict verdict, int weight, int points) {
        return Members.of(
                "verdict", verdict.name().toLowerCase(Locale.ROOT),
                "weight", BigDecimal.valueOf(weight, 4),
                "score", BigDecimal.valueOf(points, 4));
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

    private static Verdict chainVerdict(Question asked) {
        ChainOfTrust chain = new ChainOfTrust(asked);
        if (chain.isEmpty()) {
            return Verdict.NONE;
        }
        if (isCalledInvalid(asked.history())) {
            return Verdict.CONTRAINDICATED;
        }
        Verdict proof = chain.proof(asked.node());
        Verdict dates = chain.dates(asked.now());
        return proof.compareTo(dates) > 0 ? proof : dates;
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
        Pki.Envelope proved =
                asked.rules().trusted().keys().isEmpty() ? null : standingEnvelope(asked.history());
        String signer = proved == null ? null : proved.signedBy();
        if (signer != null && asked.rules().trusted().keys().contains(signer)) {
            String running = Software.sbomHash(asked.history());
            return proved != null && running != null && proved.digests().contains(running)
                    ? Verdict.AFFIRMING
                    : Verdict.CONTRAINDICATED;
        }
        String label = Software.imageProvenance(asked.history());
        if (label == null) {
            return Verdict.NONE;
        }
        return asked.rules().trustedLabels().contains(label) ? Verdict.AFFIRMING : Verdict.WARNING;
    }

    /// The envelope of the newest SBOM that was of the running version, while that version runs on.
    private static Pki.@Nullable Envelope standingEnvelope(List<Event> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            Event event = history.get(i);
            if (event.is("sbom_updated")
                    && Software.isOfTheRunningVersion(event, history.subList(0, i))) {
                Object given = event.payload().get("envelope");
                return given != null && runsOn(event.needed("version"), history, i)
                        ? Pki.envelope(given)
                        : null;
            }
        }
        return null;
    }

    private static boolean runsOn(String version, List<Event> history, int from) {
        for (int length = from + 1; length <= history.size(); length++) {
            List<Event> upTo = history.subList(0, length);
            String actual = Walk.text(Software.actual(upTo));
            if (actual == null
                    || !Version.sameVersion(version, actual, Identity.componentType(upTo))) {
                return false;
            }
        }
        return true;
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

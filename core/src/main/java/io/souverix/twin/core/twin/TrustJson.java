package io.souverix.twin.core.twin;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.trust.Link;
import io.souverix.twin.core.trust.Trust;
import io.souverix.twin.core.trust.TrustScore;
import io.souverix.twin.core.trust.TrustScore.Part;
import java.math.BigDecimal;

/// Renders the trust index of a [TwinView], without the lineage and `meta`: docs/twin.md, member by
/// member.
final class TrustJson {
    private final TwinView view;

    TrustJson(TwinView view) {
        this.view = view;
    }

    JsonObject render() {
        Trust trust = view.twin().trust();
        TrustScore score = view.trust();
        return new JsonObject.Builder()
                .put("node_id", view.twin().id())
                .put("trust_score", ratio(score.basisPoints()))
                .put("integrity_state", TwinJson.word(score.integrityState()))
                .put(
                        "parts",
                        new JsonObject.Builder()
                                .put("certificate_chain", part(score.chain()))
                                .put("attestation", part(score.attestation()))
                                .put("provenance", part(score.provenance()))
                                .put("sbom", part(score.sbom()))
                                .build())
                .put(
                        "certificate_chain",
                        new JsonArray(trust.chain().stream().map(TrustJson::link).toList()))
                .put(
                        "attestation",
                        new JsonObject.Builder()
                                .put("state", TwinJson.word(trust.attestation()))
                                .put("at", TwinJson.instant(trust.attestedMicros()))
                                .put("verifier", trust.verifier())
                                .build())
                .build();
    }

    /// Basis points as a number from 0 to 1.
    static Json ratio(long basisPoints) {
        return JsonNumber.of(BigDecimal.valueOf(basisPoints, 4));
    }

    private static Json part(Part part) {
        return new JsonObject.Builder()
                .put("verdict", TwinJson.word(part.verdict()))
                .put("weight", ratio(part.weight()))
                .put("score", ratio(part.basisPoints()))
                .put("reason", part.reason())
                .build();
    }

    private static Json link(Link link) {
        return new JsonObject.Builder()
                .put("issuer", link.issuer())
                .put("subject", link.subject())
                .put("valid_from", TwinJson.instant(link.validFromMicros()))
                .put("valid_until", TwinJson.instant(link.validUntilMicros()))
                .put("signature", link.signature())
                .build();
    }
}

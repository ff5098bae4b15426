package io.souverix.twin.core.query;

import io.souverix.twin.core.authority.Domain.Authority;
import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.AuthorityLevel;
import io.souverix.twin.core.event.LinkHealth;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.graph.Edge;
import io.souverix.twin.core.trust.IntegrityState;
import io.souverix.twin.core.twin.TwinView;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The fields of `trust`, `authority` and `relationships`.
final class TrustFields {
    private TrustFields() {}

    static void addTo(FieldList list) {
        list.word(
                        "trust.attestation_state",
                        AttestationResult.values(),
                        view -> view.twin().trust().attestation())
                .instant("trust.last_attestation", view -> view.twin().trust().attestedMicros())
                .text("trust.verifier", view -> view.twin().trust().verifier())
                .decimal(
                        "trust.trust_score",
                        view -> BigDecimal.valueOf(view.trust().basisPoints(), 4))
                .word(
                        "trust.integrity_state",
                        IntegrityState.values(),
                        view -> view.trust().integrityState())
                .instant("trust.certificate_valid_until", TrustFields::validUntil);
        authority(list);
        relationships(list);
    }

    private static long validUntil(TwinView view) {
        var chain = view.twin().trust().chain();
        return chain.isEmpty() ? Times.NONE : chain.getFirst().validUntilMicros();
    }

    private static void authority(FieldList list) {
        list.text("authority.domain", authority(Authority::domain))
                .word("authority.level", AuthorityLevel.values(), authority(Authority::level))
                .text("authority.master", authority(Authority::master))
                .whole("authority.epoch", authority(Authority::epoch))
                .truth("authority.conflict", authority(Authority::conflict))
                .texts(
                        "authority.claimants",
                        view -> {
                            Authority authority = authority(view);
                            return authority == null ? List.of() : authority.claimants();
                        });
    }

    private static @Nullable Authority authority(TwinView view) {
        return view.catalogue()
                .authority(view.twin().identity().zone(), view.twin().identity().region());
    }

    private static <T> Function<TwinView, @Nullable T> authority(
            Function<Authority, @Nullable T> read) {
        return view -> {
            Authority authority = authority(view);
            return authority == null ? null : read.apply(authority);
        };
    }

    private static void relationships(FieldList list) {
        list.texts("relationships.to", each(Edge::to))
                .texts("relationships.type", each(Edge::type))
                .words(
                        "relationships.health",
                        FieldList.words(LinkHealth.values()),
                        each(edge -> edge.health() == null ? null : edge.health().word()))
                .numbers(
                        "relationships.latency_ms",
                        each(edge -> edge.latencyMs() == null ? null : edge.latencyMs().value()))
                .numbers(
                        "relationships.loss_pct",
                        each(edge -> edge.lossPct() == null ? null : edge.lossPct().value()))
                .instants("relationships.since", each(edge -> FieldList.known(edge.sinceMicros())));
    }

    private static <T> Function<TwinView, List<T>> each(Function<Edge, @Nullable T> read) {
        return view -> Fields.present(view.twin().relationships().edges(), read);
    }
}

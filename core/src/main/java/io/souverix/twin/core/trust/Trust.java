package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.release.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trust aspect of a node: attestation, certificate chain, provenance and SBOM of what runs.
/// Mutable: the fold applies events in the order of the walk.
public final class Trust {
    private @Nullable AttestationResult attestation;
    private long attestedMicros = Times.NONE;
    private @Nullable String verifier;
    private List<Certificate> chain = List.of();
    private boolean chainCalledInvalid;
    private @Nullable String imageProvenance;
    private @Nullable String sbomHash;

    public Trust copy() {
        Trust copy = new Trust();
        copy.attestation = attestation;
        copy.attestedMicros = attestedMicros;
        copy.verifier = verifier;
        copy.chain = chain;
        copy.chainCalledInvalid = chainCalledInvalid;
        copy.imageProvenance = imageProvenance;
        copy.sbomHash = sbomHash;
        return copy;
    }

    /// Applies the next event of the walk.
    ///
    /// @param componentType the node's own after the event, where known
    /// @param actualVersion the node's actual version after the event, where known
    public void apply(
            Event event,
            Sharing sharing,
            @Nullable String componentType,
            @Nullable String actualVersion) {
        switch (event.payload()) {
            case AttestationPerformed performed -> {
                attestation = performed.result();
                attestedMicros = event.timestampMicros();
                verifier = performed.verifier() == null ? null : sharing.text(performed.verifier());
            }
            case CertificateRotated rotated -> {
                chain = rotated.chain();
                chainCalledInvalid = false;
            }
            case TrustChainValidated verdict -> chainCalledInvalid = !verdict.valid();
            case UpdateCompleted update ->
                    took(update.imageProvenance(), update.sbomHash(), sharing);
            case ActualStateReported actual ->
                    took(actual.imageProvenance(), actual.sbomHash(), sharing);
            case SbomUpdated sbom
                    when sbom.component().equals(componentType)
                            && runs(sbom, componentType, actualVersion) ->
                    sbomHash = sharing.text(sbom.sbomHash());
            default -> {}
        }
    }

    private void took(@Nullable String provenance, @Nullable String hash, Sharing sharing) {
        imageProvenance = provenance == null ? imageProvenance : sharing.text(provenance);
        sbomHash = hash == null ? sbomHash : sharing.text(hash);
    }

    private static boolean runs(
            SbomUpdated sbom, @Nullable String componentType, @Nullable String actualVersion) {
        if (actualVersion == null || actualVersion.equals(sbom.version())) {
            return actualVersion != null;
        }
        Version running = Version.parse(actualVersion, componentType);
        Version described = Version.parse(sbom.version(), componentType);
        return running != null && described != null && running.compareTo(described) == 0;
    }

    public @Nullable AttestationResult attestation() {
        return attestation;
    }

    public long attestedMicros() {
        return attestedMicros;
    }

    public @Nullable String verifier() {
        return verifier;
    }

    /// The current certificate chain, leaf first; empty where there is none.
    public List<Certificate> chain() {
        return chain;
    }

    /// True where another system called the current chain invalid.
    public boolean chainCalledInvalid() {
        return chainCalledInvalid;
    }

    public @Nullable String imageProvenance() {
        return imageProvenance;
    }

    public @Nullable String sbomHash() {
        return sbomHash;
    }

    public void write(StateWriter out) {
        out.constant(attestation).fixed(attestedMicros).text(verifier);
        out.list(chain, Trust::certificate);
        out.truth(chainCalledInvalid).text(imageProvenance).text(sbomHash);
    }

    private static void certificate(StateWriter out, Certificate certificate) {
        out.text(certificate.issuer()).text(certificate.subject());
        out.fixed(certificate.validFromMicros()).fixed(certificate.validUntilMicros());
        out.text(certificate.signature()).text(certificate.pem());
    }

    public static Trust read(StateReader in) {
        Trust trust = new Trust();
        trust.attestation = in.optionalConstant(AttestationResult.values());
        trust.attestedMicros = in.fixed();
        trust.verifier = in.optionalText();
        trust.chain =
                List.copyOf(
                        in.list(i ->
                                new Certificate(
                                        i.text(),
                                        i.text(),
                                        i.fixed(),
                                        i.fixed(),
                                        i.optionalText(),
                                        i.optionalText())));
        trust.chainCalledInvalid = in.truth();
        trust.imageProvenance = in.optionalText();
        trust.sbomHash = in.optionalText();
        return trust;
    }
}

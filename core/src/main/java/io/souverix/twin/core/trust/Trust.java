package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.AttestationResult;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.ActualStateReported;
import io.souverix.twin.core.event.Payload.AttestationPerformed;
import io.souverix.twin.core.event.Payload.CertificateRotated;
import io.souverix.twin.core.event.Payload.SbomUpdated;
import io.souverix.twin.core.event.Payload.TrustChainValidated;
import io.souverix.twin.core.event.Payload.UpdateCompleted;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.release.Version;
import io.souverix.twin.core.rules.Rules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The trust aspect of a node: attestation, certificate chain, provenance and SBOM of what runs.
/// Mutable: the fold applies events in the order of the walk.
public final class Trust {
    private @Nullable AttestationResult attestation;
    private long attestedMicros = Times.NONE;
    private @Nullable String verifier;
    private Chain chain = Chain.NONE;
    private boolean chainCalledInvalid;
    private @Nullable String chainVerdictReason;
    private @Nullable String imageProvenance;
    private @Nullable String sbomHash;
    private @Nullable Provenance provenance;
    private SbomRuns runs = new SbomRuns();
    private List<CertificateEnd> ends = List.of();

    public Trust copy() {
        Trust copy = new Trust();
        copy.attestation = attestation;
        copy.attestedMicros = attestedMicros;
        copy.verifier = verifier;
        copy.chain = chain;
        copy.chainCalledInvalid = chainCalledInvalid;
        copy.chainVerdictReason = chainVerdictReason;
        copy.imageProvenance = imageProvenance;
        copy.sbomHash = sbomHash;
        copy.provenance = provenance;
        copy.runs = runs.copy();
        copy.ends = ends.isEmpty() ? ends : new ArrayList<>(ends);
        return copy;
    }

    /// Applies the next event of the walk. Certificates and envelopes are checked here, once, as what
    /// they prove does not depend on the instant but for the dates.
    ///
    /// @param componentType the node's own after the event, where known
    /// @param actualVersion the node's actual version after the event, where known
    public void apply(
            Event event,
            Rules rules,
            Sharing sharing,
            @Nullable String componentType,
            @Nullable String actualVersion) {
        keepProvenanceOf(componentType, actualVersion);
        switch (event.payload()) {
            case AttestationPerformed performed -> {
                attestation = performed.result();
                attestedMicros = event.timestampMicros();
                verifier = performed.verifier() == null ? null : sharing.text(performed.verifier());
            }
            case CertificateRotated rotated -> {
                chain = Chain.of(rotated.chain(), event.subject().id(), rules.anchors());
                chainCalledInvalid = false;
                chainVerdictReason = null;
                endsFrom(event.timestampMicros());
            }
            case TrustChainValidated verdict -> {
                chainCalledInvalid = !verdict.valid();
                chainVerdictReason = verdict.reason();
            }
            case UpdateCompleted update ->
                    took(update.imageProvenance(), update.sbomHash(), sharing);
            case ActualStateReported actual ->
                    took(actual.imageProvenance(), actual.sbomHash(), sharing);
            case SbomUpdated sbom -> {
                runs.describe(sbom, sharing);
                if (sbom.component().equals(componentType)) {
                    described(sbom, rules, sharing, componentType, actualVersion);
                }
            }
            default -> {
                return;
            }
        }
        runs.runs(sbomHash, event.timestampMicros(), sharing);
    }

    /// Says whether the node is decommissioned after an event.
    public void retired(boolean decommissioned, long micros) {
        boolean changed = runs.retired(decommissioned, micros);
        if (changed && !ends.isEmpty()) {
            endsFrom(micros);
        }
    }

    private void endsFrom(long micros) {
        List<Link> links = chain.links();
        long until = links.isEmpty() ? Times.NONE : links.getFirst().validUntilMicros();
        if (ends.isEmpty()) {
            ends = new ArrayList<>(1);
        }
        ends.add(new CertificateEnd(micros, until, runs.isRetired()));
    }

    /// Drops what speaks for another version than the one that runs after an event.
    private void keepProvenanceOf(@Nullable String componentType, @Nullable String actualVersion) {
        Provenance proved = provenance;
        if (proved != null && !same(proved.version(), actualVersion, componentType)) {
            provenance = null;
        }
    }

    /// An SBOM of the node's own component; of the running version it sets what runs.
    private void described(
            SbomUpdated sbom,
            Rules rules,
            Sharing sharing,
            @Nullable String componentType,
            @Nullable String actualVersion) {
        if (!same(sbom.version(), actualVersion, componentType)) {
            return;
        }
        sbomHash = sharing.text(sbom.sbomHash());
        provenance =
                sbom.envelope() == null
                        ? null
                        : Provenance.of(
                                sbom.envelope(),
                                sharing.text(sbom.version()),
                                rules.provenanceKeys());
    }

    private void took(@Nullable String provenance, @Nullable String hash, Sharing sharing) {
        imageProvenance = provenance == null ? imageProvenance : sharing.text(provenance);
        sbomHash = hash == null ? sbomHash : sharing.text(hash);
    }

    /// Whether the version is the running one.
    private static boolean same(
            String described, @Nullable String actualVersion, @Nullable String componentType) {
        if (actualVersion == null || actualVersion.equals(described)) {
            return actualVersion != null;
        }
        Version running = Version.parse(actualVersion, componentType);
        Version other = Version.parse(described, componentType);
        return running != null && other != null && running.compareTo(other) == 0;
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
    public List<Link> chain() {
        return chain.links();
    }

    /// The current chain with what stands behind it.
    Chain provenChain() {
        return chain;
    }

    /// True where another system called the current chain invalid.
    boolean chainCalledInvalid() {
        return chainCalledInvalid;
    }

    /// Why, where it says so.
    @Nullable String chainVerdictReason() {
        return chainVerdictReason;
    }

    /// What the envelope of the running version proves; null where it came with none.
    @Nullable Provenance provenance() {
        return provenance;
    }

    public @Nullable String imageProvenance() {
        return imageProvenance;
    }

    /// Which SBOM the node ran when, oldest first; grows at its end while this twin is folded on.
    public List<RunningSbom> sbomRuns() {
        return runs.all();
    }

    /// Until when its certificate was valid when, oldest first; grows as [#sbomRuns] does.
    public List<CertificateEnd> certificateEnds() {
        return Collections.unmodifiableList(ends);
    }

    public @Nullable String sbomHash() {
        return sbomHash;
    }

    public void write(StateWriter out) {
        out.constant(attestation).fixed(attestedMicros).text(verifier);
        chain.write(out);
        out.truth(chainCalledInvalid).text(chainVerdictReason);
        out.text(imageProvenance).text(sbomHash).truth(provenance != null);
        if (provenance != null) {
            provenance.write(out);
        }
        runs.write(out);
        out.list(ends, (o, end) -> end.write(o));
    }

    public static Trust read(StateReader in) {
        Trust trust = new Trust();
        trust.attestation = in.optionalConstant(AttestationResult.values());
        trust.attestedMicros = in.fixed();
        trust.verifier = in.optionalText();
        trust.chain = Chain.read(in);
        trust.chainCalledInvalid = in.truth();
        trust.chainVerdictReason = in.optionalText();
        trust.imageProvenance = in.optionalText();
        trust.sbomHash = in.optionalText();
        trust.provenance = in.truth() ? Provenance.read(in) : null;
        trust.runs = SbomRuns.read(in);
        List<CertificateEnd> ends = in.list(CertificateEnd::read);
        trust.ends = ends.isEmpty() ? List.of() : ends;
        return trust;
    }
}

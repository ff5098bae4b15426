package io.souverix.twin.core.trust;

import io.souverix.twin.core.release.Releases.Release;
import io.souverix.twin.core.release.Version;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.trust.TrustScore.Circumstances;
import io.souverix.twin.core.trust.TrustScore.Part;
import org.jspecify.annotations.Nullable;

/// What the software that runs gives: where it comes from, and what it is made of.
final class SoftwareParts {
    static final int PROVENANCE_WEIGHT = 2000;
    static final int SBOM_WEIGHT = 1000;

    private SoftwareParts() {}

    /// A verified envelope decides; else the label.
    static Part provenance(Trust trust, Rules rules) {
        Provenance proved = trust.provenance();
        if (proved != null && proved.signedBy() != null) {
            return proven(proved, trust.sbomHash());
        }
        Part part = label(trust.imageProvenance(), rules);
        return proved == null
                ? part
                : new Part(
                        part.verdict(),
                        part.weight(),
                        part.basisPoints(),
                        part.reason() + "; the envelope does not count: " + proved.fault());
    }

    private static Part label(@Nullable String label, Rules rules) {
        if (label == null) {
            return Part.of(Verdict.NONE, PROVENANCE_WEIGHT, "no provenance");
        }
        return rules.trustedLabels().contains(label)
                ? Part.of(Verdict.AFFIRMING, PROVENANCE_WEIGHT, "a trusted label")
                : Part.of(Verdict.WARNING, PROVENANCE_WEIGHT, "a label that is not a trusted one");
    }

    private static Part proven(Provenance proved, @Nullable String running) {
        String expected = running == null ? "nothing" : Digests.normal(running);
        return proved.digests().contains(expected)
                ? Part.of(
                        Verdict.AFFIRMING,
                        PROVENANCE_WEIGHT,
                        "an envelope signed by " + proved.signedBy() + " names what runs")
                : Part.of(
                        Verdict.CONTRAINDICATED,
                        PROVENANCE_WEIGHT,
                        "an envelope signed by "
                                + proved.signedBy()
                                + ": found subjects "
                                + proved.digests()
                                + ", expected "
                                + expected);
    }

    static Part sbom(@Nullable String hash, Circumstances around) {
        if (hash == null) {
            return Part.of(Verdict.NONE, SBOM_WEIGHT, "no SBOM");
        }
        String published = published(around);
        boolean matches = published != null && published.equals(Digests.normal(hash));
        if (published != null && !matches) {
            return Part.of(
                    Verdict.CONTRAINDICATED,
                    SBOM_WEIGHT,
                    "found hash "
                            + Digests.normal(hash)
                            + ", expected "
                            + published
                            + " of the published release");
        }
        if (matches) {
            return Part.of(Verdict.AFFIRMING, SBOM_WEIGHT, "the hash of the published release");
        }
        return around.documentStored()
                ? Part.of(Verdict.AFFIRMING, SBOM_WEIGHT, "the hash of a stored document")
                : Part.of(Verdict.WARNING, SBOM_WEIGHT, "a hash alone");
    }

    private static @Nullable String published(Circumstances around) {
        String actual = around.actualVersion();
        Version version = actual == null ? null : Version.parse(actual, around.componentType());
        Release release = version == null ? null : around.releases().release(version);
        String hash = release == null ? null : release.sbomHash();
        return hash == null ? null : Digests.normal(hash);
    }
}

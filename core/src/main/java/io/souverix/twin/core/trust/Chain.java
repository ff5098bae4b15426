package io.souverix.twin.core.trust;

import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.Payload.Certificate;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.pki.CertificatePath;
import io.souverix.twin.core.pki.Certificates;
import io.souverix.twin.core.pki.PkiException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The certificate chain of a node, leaf first, with what was found of it when it was folded: its
/// PEM is checked once, then only its dates matter. Immutable.
///
/// @param reason of the proof, where it is faulty
record Chain(List<Link> links, Proof proof, @Nullable String reason) {
    static final Chain NONE = new Chain(List.of(), Proof.CLAIMED, null);

    /// What stands behind the dates of a chain.
    enum Proof implements Worded {
        /// No PEM came with the leaf: issuer, subject and dates are as they were said to be.
        CLAIMED("claimed"),
        /// PKIX leads from the leaf to an anchor.
        ANCHORED("anchored"),
        /// The certificates fit together, but no anchors are configured.
        UNANCHORED("unanchored"),
        /// Malformed, made out to another subject, badly signed, or of a foreign root.
        FAULTY("faulty");

        private final String word;

        Proof(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    Chain {
        links = List.copyOf(links);
    }

    /// Checks a chain that a node presented.
    static Chain of(List<Certificate> presented, String nodeId, List<X509Certificate> anchors) {
        List<Link> claimed = presented.stream().map(c -> claimed(c, true)).toList();
        if (presented.isEmpty()) {
            return NONE;
        }
        if (presented.getFirst().pem() == null) {
            return claimed(claimed, nodeId);
        }
        try {
            return checked(presented, nodeId, anchors);
        } catch (PkiException e) {
            return new Chain(claimed, Proof.FAULTY, "malformed: " + e.getMessage());
        }
    }

    private static Chain claimed(List<Link> links, String nodeId) {
        String subject = links.getFirst().subject();
        return names(subject, nodeId)
                ? new Chain(links, Proof.CLAIMED, null)
                : new Chain(
                        links,
                        Proof.FAULTY,
                        "found a leaf of subject " + subject + ", expected " + nodeId);
    }

    private static boolean names(String subject, String nodeId) {
        if (subject.equals(nodeId)) {
            return true;
        }
        for (String part : subject.split(",", -1)) {
            if (part.trim().equals("CN=" + nodeId)) {
                return true;
            }
        }
        return false;
    }

    private static Chain checked(
            List<Certificate> presented, String nodeId, List<X509Certificate> anchors)
            throws PkiException {
        List<List<X509Certificate>> read = new ArrayList<>();
        List<X509Certificate> whole = new ArrayList<>();
        for (Certificate certificate : presented) {
            String pem = certificate.pem();
            read.add(pem == null ? List.of() : Certificates.read(pem));
            whole.addAll(read.getLast());
        }
        CertificatePath path = CertificatePath.of(whole, anchors);
        Set<X509Certificate> judged = new HashSet<>(path.certificates());
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < presented.size(); i++) {
            boolean first = true;
            for (X509Certificate certificate : read.get(i)) {
                links.add(link(first ? presented.get(i) : null, certificate, judged));
                first = false;
            }
            if (first) {
                links.add(claimed(presented.get(i), false));
            }
        }
        return proved(links, path, Certificates.names(whole.getFirst()), nodeId);
    }

    private static Chain proved(
            List<Link> links, CertificatePath path, Collection<String> names, String nodeId) {
        if (!names.contains(nodeId)) {
            return new Chain(
                    links,
                    Proof.FAULTY,
                    "found a leaf made out to " + names + ", expected " + nodeId);
        }
        if (path.fault() != null) {
            return new Chain(links, Proof.FAULTY, path.fault());
        }
        return new Chain(links, path.vouched() ? Proof.ANCHORED : Proof.UNANCHORED, null);
    }

    private static Link claimed(Certificate certificate, boolean judged) {
        return new Link(
                certificate.issuer(),
                certificate.subject(),
                certificate.validFromMicros(),
                certificate.validUntilMicros(),
                certificate.signature(),
                judged);
    }

    /// @param claimed what was said of it; null for a further certificate of the same PEM
    private static Link link(
            @Nullable Certificate claimed,
            X509Certificate certificate,
            Set<X509Certificate> judged) {
        return new Link(
                claimed == null ? certificate.getIssuerX500Principal().getName() : claimed.issuer(),
                claimed == null
                        ? certificate.getSubjectX500Principal().getName()
                        : claimed.subject(),
                Times.micros(certificate.getNotBefore().toInstant()),
                Times.micros(certificate.getNotAfter().toInstant()),
                claimed == null ? null : claimed.signature(),
                judged.contains(certificate));
    }

    void write(StateWriter out) {
        out.list(links, Chain::link).constant(proof).text(reason);
    }

    private static void link(StateWriter out, Link link) {
        out.text(link.issuer()).text(link.subject());
        out.fixed(link.validFromMicros()).fixed(link.validUntilMicros());
        out.text(link.signature()).truth(link.judged());
    }

    static Chain read(StateReader in) {
        List<Link> links =
                in.list(i ->
                        new Link(
                                i.text(),
                                i.text(),
                                i.fixed(),
                                i.fixed(),
                                i.optionalText(),
                                i.truth()));
        return new Chain(links, in.constant(Proof.values()), in.optionalText());
    }
}

package io.souverix.twin.core.pki;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A path of certificates, leaf first, as PKIX (RFC 5280, without revocation) sees it.
///
/// But for the dates, what PKIX says of a path does not depend on the instant. So a path is validated
/// once, at an instant inside the dates of all its certificates, and [#fault()] holds for every
/// instant inside them; outside of them the dates alone decide, which are left to the caller.
///
/// @param certificates those that are judged: up to, and without, the first that is an anchor itself
/// @param fault what is wrong with names, signatures or constraints, or null
/// @param vouched whether an anchor stands behind the path; false where none are configured
public record CertificatePath(
        List<X509Certificate> certificates, @Nullable String fault, boolean vouched) {
    public CertificatePath {
        certificates = List.copyOf(certificates);
    }

    /// Checks a path.
    ///
    /// @param presented leaf first, at least one
    /// @param anchors who is trusted; where there are none, the last certificate stands in for them
    public static CertificatePath of(
            List<X509Certificate> presented, List<X509Certificate> anchors) {
        List<X509Certificate> judged = withoutAnchors(presented, anchors);
        if (anchors.isEmpty()) {
            List<X509Certificate> below = presented.subList(0, presented.size() - 1);
            List<X509Certificate> top = presented.subList(presented.size() - 1, presented.size());
            return new CertificatePath(judged, fault(below, top), false);
        }
        boolean pinned = anchors.contains(presented.getFirst());
        return new CertificatePath(judged, pinned ? null : fault(judged, anchors), true);
    }

    private static List<X509Certificate> withoutAnchors(
            List<X509Certificate> presented, List<X509Certificate> anchors) {
        for (int i = 1; i < presented.size(); i++) {
            if (anchors.contains(presented.get(i))) {
                return presented.subList(0, i);
            }
        }
        return presented;
    }

    private static @Nullable String fault(
            List<X509Certificate> path, List<X509Certificate> anchors) {
        Instant begin = Instant.MIN;
        Instant end = Instant.MAX;
        for (X509Certificate certificate : path) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            begin = begin.isBefore(from) ? from : begin;
            end = end.isAfter(until) ? until : end;
        }
        if (path.isEmpty()) {
            return null;
        }
        if (begin.isAfter(end)) {
            return "the certificates are never valid at the same time";
        }
        return fault(path, anchors, begin);
    }

    private static @Nullable String fault(
            List<X509Certificate> path, List<X509Certificate> anchors, Instant instant) {
        Set<TrustAnchor> trusted = new HashSet<>();
        for (X509Certificate anchor : anchors) {
            trusted.add(new TrustAnchor(anchor, null));
        }
        try {
            PKIXParameters parameters = new PKIXParameters(trusted);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(instant));
            var _ =
                    CertPathValidator.getInstance("PKIX")
                            .validate(
                                    CertificateFactory.getInstance("X.509").generateCertPath(path),
                                    parameters);
            return null;
        } catch (CertPathValidatorException e) {
            return worded(path, e);
        } catch (GeneralSecurityException | RuntimeException e) {
            return "the path cannot be validated: " + e.getClass().getSimpleName();
        }
    }

    private static String worded(List<X509Certificate> path, CertPathValidatorException e) {
        int at = e.getIndex() < 0 ? path.size() - 1 : e.getIndex();
        X509Certificate certificate = path.get(at);
        String which = "certificate " + (at + 1) + " (" + Certificates.subject(certificate) + ")";
        String issuer = Certificates.issuer(certificate);
        if (e.getReason() == PKIXReason.NO_TRUST_ANCHOR) {
            return which
                    + ": found issuer "
                    + issuer
                    + ", expected one of the anchors or an intermediate that leads to one";
        }
        if (e.getReason() == BasicReason.INVALID_SIGNATURE) {
            return which
                    + ": found a signature that the key of its issuer "
                    + issuer
                    + " does not verify";
        }
        if (e.getReason() == PKIXReason.NAME_CHAINING) {
            return which
                    + ": found issuer "
                    + issuer
                    + ", expected the subject of the certificate above it";
        }
        return which + ": refused by PKIX (" + e.getReason() + ")";
    }
}

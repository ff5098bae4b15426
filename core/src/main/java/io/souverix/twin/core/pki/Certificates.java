package io.souverix.twin.core.pki;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// X.509 certificates read from PEM, and what they say of themselves.
public final class Certificates {
    /// How many bytes of DER one certificate may have.
    static final int MAX_BYTES = 64 * 1024;

    /// A longer RSA key costs more to verify with than it is worth.
    static final int MAX_RSA_BITS = 8_192;

    private Certificates() {}

    /// All certificates of a PEM text, in order.
    ///
    /// @throws PkiException where it holds none, or anything else
    public static List<X509Certificate> read(String pem) throws PkiException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : Pem.blocks(pem)) {
            if (!block.label().equals("CERTIFICATE")) {
                throw new PkiException(
                        "found a PEM block " + block.label() + ", expected CERTIFICATE");
            }
            certificates.add(certificate(block.der()));
        }
        return certificates;
    }

    private static X509Certificate certificate(byte[] der) throws PkiException {
        if (der.length > MAX_BYTES) {
            throw new PkiException(
                    "found a certificate of "
                            + der.length
                            + " bytes, expected at most "
                            + MAX_BYTES);
        }
        try {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der));
            if (certificate.getPublicKey() instanceof RSAPublicKey key
                    && key.getModulus().bitLength() > MAX_RSA_BITS) {
                throw new PkiException(
                        "found an RSA key of "
                                + key.getModulus().bitLength()
                                + " bits, expected at most "
                                + MAX_RSA_BITS);
            }
            return certificate;
        } catch (CertificateException | IllegalArgumentException e) {
            throw new PkiException("found bytes that are no X.509 certificate", e);
        }
    }

    /// The names a certificate is made out to: the common names of its subject, its DNS names and
    /// its URIs; sorted.
    public static Collection<String> names(X509Certificate certificate) {
        TreeSet<String> names = new TreeSet<>(AlternativeNames.of(certificate));
        try {
            LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String cn) {
                    names.add(cn);
                }
            }
        } catch (InvalidNameException _) {
            // What cannot be read names nobody.
        }
        return names;
    }

    /// A certificate in PEM.
    public static String pem(X509Certificate certificate) {
        try {
            return Pem.text("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has no bytes", e);
        }
    }

    /// The subject in words.
    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /// The issuer in words.
    static String issuer(X509Certificate certificate) {
        return certificate.getIssuerX500Principal().getName();
    }
}

package io.souverix.twin.core.pki;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// The DNS names and URIs among the alternative names of a certificate's subject (RFC 5280, 4.2.1.6),
/// read from their DER: the JDK gives none of them where a single one is not to its taste, such as a
/// URI without a scheme.
final class AlternativeNames {
    private static final String EXTENSION = "2.5.29.17";
    private static final int OCTET_STRING = 0x04;
    private static final int SEQUENCE = 0x30;
    private static final int DNS_NAME = 0x82;
    private static final int URI = 0x86;
    private static final int LONG_FORM = 0x80;

    private AlternativeNames() {}

    /// The names in their order; what cannot be read names nobody.
    static List<String> of(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        List<String> names = new ArrayList<>();
        if (extension == null) {
            return names;
        }
        try {
            ByteBuffer all = inside(inside(ByteBuffer.wrap(extension), OCTET_STRING), SEQUENCE);
            while (all.hasRemaining()) {
                int tag = all.get() & 0xff;
                byte[] value = new byte[length(all)];
                all.get(value);
                if (tag == DNS_NAME || tag == URI) {
                    names.add(new String(value, StandardCharsets.US_ASCII));
                }
            }
        } catch (RuntimeException _) {
            return List.of();
        }
        return names;
    }

    /// The contents of an element with that tag.
    private static ByteBuffer inside(ByteBuffer der, int tag) {
        if ((der.get() & 0xff) != tag) {
            throw new IllegalArgumentException("another tag");
        }
        int length = length(der);
        return der.slice(der.position(), length);
    }

    private static int length(ByteBuffer der) {
        int first = der.get() & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        int length = 0;
        for (int i = first - LONG_FORM; i > 0; i--) {
            length = Math.addExact(Math.multiplyExact(length, 256), der.get() & 0xff);
        }
        if (length > der.remaining()) {
            throw new IllegalArgumentException("more than there is");
        }
        return length;
    }
}

package io.souverix.twin.core.pki;

/// Bytes that are not the certificate, key or signature they should be; the message says what was
/// found and what was expected.
public final class PkiException extends Exception {
    private static final long serialVersionUID = 1L;

    PkiException(String message) {
        super(message);
    }

    PkiException(String message, Throwable cause) {
        super(message, cause);
    }
}

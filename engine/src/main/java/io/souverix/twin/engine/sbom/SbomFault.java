package io.souverix.twin.engine.sbom;

/// What is wrong with an SBOM that was sent; the message says what was found and what was expected.
public final class SbomFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// Whose word the message is.
    public enum Kind {
        /// The digest is no SHA-256.
        MALFORMED_DIGEST,
        /// The document has another digest than it was put under.
        ANOTHER_DIGEST,
        TOO_LARGE,
        /// It is no JSON that is taken.
        MALFORMED_JSON,
        /// It is JSON, but not CycloneDX.
        NOT_CYCLONEDX,
        /// No more are taken at all, or at a time.
        FULL,
        OVERLOADED
    }

    SbomFault(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static SbomFault json(String message) {
        return new SbomFault(Kind.MALFORMED_JSON, message);
    }

    static SbomFault content(String message) {
        return new SbomFault(Kind.NOT_CYCLONEDX, message);
    }

    public Kind kind() {
        return kind;
    }
}

package io.souverix.twin.core.event;

/// Carries a [Rejection] out of nested reading; never leaves this package. No stack, as it is an
/// expected outcome.
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    RefusedException(Rejection.Code code, String pointer, String detail) {
        super(detail, null, false, false);
        this.rejection = new Rejection(code, null, pointer, detail);
    }

    Rejection rejection() {
        return rejection;
    }
}

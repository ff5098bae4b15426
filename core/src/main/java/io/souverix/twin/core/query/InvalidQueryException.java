package io.souverix.twin.core.query;

/// A question that cannot be understood: the message says what was found and what was expected. An
/// expected outcome, so it carries no stack.
public final class InvalidQueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidQueryException(String message) {
        super(message, null, false, false);
    }

    /// @return the text in quotes, cut where it is long
    public static String shown(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return '"' + cut + '"';
    }
}

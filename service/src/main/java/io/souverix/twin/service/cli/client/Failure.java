package io.souverix.twin.service.cli.client;

import org.jspecify.annotations.Nullable;

/// Why a command could not do what it was asked, in words for the person who asked: what happened,
/// and what to do next.
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /// @param advice what to do next; may be empty where the message says it
    public Failure(String message, String advice) {
        this(message, advice, null);
    }

    public Failure(String message, String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }

    /// What an exception says of itself, or its name.
    public static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}

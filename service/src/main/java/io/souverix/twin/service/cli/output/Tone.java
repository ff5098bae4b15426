package io.souverix.twin.service.cli.output;

/// How a piece of text is meant.
public enum Tone {
    PLAIN,
    STRONG,
    FAINT,
    GOOD,
    NOTICE,
    BAD
}

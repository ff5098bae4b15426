package io.souverix.twin.core.json;

/// The three JSON values that are words.
public enum JsonLiteral implements Json {
    NULL,
    TRUE,
    FALSE
}

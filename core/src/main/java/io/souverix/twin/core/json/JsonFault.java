package io.souverix.twin.core.json;

/// Text that is no JSON, or JSON that is refused (repeated members, lone surrogates, beyond a bound).
/// The message says what was found and where. Thrown for every bad line, so it carries no stack.
public final class JsonFault extends Exception {
    private static final long serialVersionUID = 1L;

    public JsonFault(String message) {
        super(message, null, false, false);
    }
}

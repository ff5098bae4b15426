package io.souverix.twin.core.json;

import org.jspecify.annotations.Nullable;

/// Writes what it takes to a [JsonWriter]: the members of an object whose braces are the caller's.
public final class TextSink implements JsonSink {
    private final JsonWriter out;
    private boolean first = true;

    public TextSink(JsonWriter out) {
        this.out = out;
    }

    private JsonWriter next(String name) {
        boolean begins = first;
        first = false;
        return out.name(name, begins);
    }

    @Override
    public TextSink put(String name, Json value) {
        next(name).write(value);
        return this;
    }

    @Override
    public TextSink put(String name, @Nullable String text) {
        if (text == null) {
            next(name).ascii("null");
        } else {
            next(name).string(text);
        }
        return this;
    }

    @Override
    public TextSink putPlain(String name, @Nullable String text) {
        if (text == null) {
            next(name).ascii("null");
        } else {
            next(name).ascii("\"").ascii(text).ascii("\"");
        }
        return this;
    }

    @Override
    public TextSink put(String name, long number) {
        next(name).number(number);
        return this;
    }

    @Override
    public TextSink put(String name, boolean value) {
        next(name).ascii(value ? "true" : "false");
        return this;
    }

    @Override
    public TextSink open(String name) {
        next(name).ascii("{");
        first = true;
        return this;
    }

    @Override
    public TextSink close() {
        out.ascii("}");
        first = false;
        return this;
    }
}

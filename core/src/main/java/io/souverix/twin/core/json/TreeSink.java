package io.souverix.twin.core.json;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Makes a tree of what it takes.
public final class TreeSink implements JsonSink {
    private record Outer(JsonObject.Builder members, String name) {}

    private final Deque<Outer> outer = new ArrayDeque<>();
    private JsonObject.Builder members = new JsonObject.Builder();

    @Override
    public TreeSink put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    @Override
    public TreeSink put(String name, @Nullable String text) {
        members.put(name, text);
        return this;
    }

    @Override
    public TreeSink putPlain(String name, @Nullable String text) {
        return put(name, text);
    }

    @Override
    public TreeSink put(String name, long number) {
        members.put(name, number);
        return this;
    }

    @Override
    public TreeSink put(String name, boolean value) {
        members.put(name, value);
        return this;
    }

    @Override
    public TreeSink open(String name) {
        outer.push(new Outer(members, name));
        members = new JsonObject.Builder();
        return this;
    }

    @Override
    public TreeSink close() {
        JsonObject closed = members.build();
        Outer around = outer.pop();
        members = around.members;
        members.put(around.name, closed);
        return this;
    }

    /// All that was put.
    public JsonObject build() {
        return members.build();
    }
}

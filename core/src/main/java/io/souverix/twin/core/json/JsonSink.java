package io.souverix.twin.core.json;

import org.jspecify.annotations.Nullable;

/// Takes an object member by member, in the order it is answered in: as a tree ([TreeSink]) or as
/// text at once ([TextSink]). So what an answer looks like stands in one place, whichever of both is
/// wanted. What is opened is closed. Not thread-safe.
public sealed interface JsonSink permits TreeSink, TextSink {
    JsonSink put(String name, Json value);

    /// Puts a string, or JSON `null`.
    JsonSink put(String name, @Nullable String text);

    /// Puts a string that is ASCII and needs no escape, or JSON `null`.
    JsonSink putPlain(String name, @Nullable String text);

    JsonSink put(String name, long number);

    JsonSink put(String name, boolean value);

    /// Opens an object that is a member; what is put next is in it.
    JsonSink open(String name);

    /// Closes the object that was opened last.
    JsonSink close();
}

package io.souverix.twin.service.cli.client;

/// What stands at a place of a file of events.
public sealed interface EventLine {
    /// The line of the file it begins on, from 1.
    long line();

    /// @param json one value in UTF-8, without a line feed
    record Event(byte[] json, long line) implements EventLine {}

    /// A line longer than [EventSource#MAX_LINE_BYTES]; it is not read.
    record TooLong(long line) implements EventLine {}
}

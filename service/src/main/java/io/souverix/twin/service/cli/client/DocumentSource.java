package io.souverix.twin.service.cli.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Events of a JSON document: the elements of an array, or one or more values, over as many lines as
/// they like. Each comes out on one line, its numbers and members as they were written.
final class DocumentSource implements EventSource {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonParser parser;
    private final String name;

    DocumentSource(InputStream in, String name) {
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), in);
        this.name = name;
    }

    @Override
    public @Nullable EventLine next() {
        try {
            JsonToken token = parser.nextToken();
            while (outermost(token)) {
                token = parser.nextToken();
            }
            return token == null ? null : event();
        } catch (JacksonException e) {
            throw broken(e);
        }
    }

    private boolean outermost(@Nullable JsonToken token) {
        return (token == JsonToken.START_ARRAY && parser.streamReadContext().getNestingDepth() == 1)
                || token == JsonToken.END_ARRAY;
    }

    private EventLine event() {
        long line = parser.currentTokenLocation().getLineNr();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.copyCurrentStructureExact(parser);
        }
        return bytes.size() > MAX_LINE_BYTES
                ? new EventLine.TooLong(line)
                : new EventLine.Event(bytes.toByteArray(), line);
    }

    private Failure broken(JacksonException e) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return new Failure(
                name + (line > 0 ? ":" + line : "") + ": broken JSON: " + e.getOriginalMessage(),
                "Mend the file and send it again: what was taken is answered as duplicate. A file"
                        + " with one event a line is read as such with --format ndjson.",
                e);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}

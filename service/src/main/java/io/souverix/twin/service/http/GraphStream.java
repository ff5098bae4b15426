package io.souverix.twin.service.http;

import io.souverix.twin.core.graph.GraphAnswers;
import io.souverix.twin.core.graph.GraphJson;
import io.souverix.twin.core.graph.Outline;
import io.souverix.twin.core.graph.Selection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.graph.GraphQueries;
import io.souverix.twin.engine.past.AsOf;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// The whole graph, one thing a line: `{"node": …}` and `{"edge": …}`, and `{"outline": …}` at the
/// end. It is read page by page, all of one pinned question.
record GraphStream(GraphQueries graph, AsOf pinned, Selection selection) {
    private static final int PAGE = 500;

    void send(Exchange exchange, @Nullable String afterId) {
        JsonWriter writer = new JsonWriter(64 * 1024);
        @Nullable String after = afterId;
        try (OutputStream out = exchange.stream(Route.NDJSON)) {
            do {
                GraphAnswers.Page page = page(after);
                writer.clear();
                page.nodes().forEach(node -> line(writer, "node", node));
                page.edges().forEach(edge -> line(writer, "edge", edge));
                after = page.nextAfter();
                if (after == null) {
                    line(writer, "outline", outline());
                }
                out.write(writer.buffer(), 0, writer.length());
            } while (after != null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GraphAnswers.Page page(@Nullable String after) {
        return graph.ask(pinned, asked -> GraphAnswers.page(asked.graph(), selection, after, PAGE));
    }

    private static void line(JsonWriter writer, String name, Json value) {
        writer.write(new JsonObject.Builder().put(name, value).build()).ascii("\n");
    }

    private JsonObject outline() {
        return graph.ask(
                pinned,
                asked -> {
                    JsonObject.Builder body = new JsonObject.Builder();
                    GraphJson.putOutline(
                            body,
                            Outline.of(asked.graph(), selection),
                            asked.domains().get(),
                            GraphEndpoints.MAX_OUTLINE);
                    return body.build();
                });
    }
}

package io.souverix.twin.service.http;

import io.helidon.http.HeaderNames;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.past.AsOf;

/// An answer in JSON whose tag is that of its body, without what says when and where it was read.
///
/// @param meta `position`, `at` and the like, which stand behind the body
record Tagged(JsonObject body, JsonObject meta) {
    /// What says when and where a question was answered.
    static JsonObject meta(JsonObject.Builder meta, AsOf pinned) {
        meta.put("position", new Position(pinned.before()).token());
        return Reading.put(meta, pinned).build();
    }

    /// Sends it, or says that the client has it.
    static void send(Exchange exchange, Tagged answer) {
        JsonWriter writer = new JsonWriter(16 * 1024).write(answer.body);
        EntityTag tag = EntityTag.of(writer.buffer(), writer.length());
        exchange.header(HeaderNames.ETAG, tag.text());
        if (tag.matches(exchange.requestHeader(HeaderNames.IF_NONE_MATCH))) {
            exchange.sendEmpty(304);
            return;
        }
        JsonObject.Builder whole = new JsonObject.Builder();
        answer.body.forEach(whole::put);
        answer.meta.forEach(whole::put);
        exchange.send(200, whole.build());
    }
}

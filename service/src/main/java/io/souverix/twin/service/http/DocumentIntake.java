package io.souverix.twin.service.http;

import io.helidon.http.ServerRequestHeaders;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.EventReader.Result;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.util.List;
import java.util.function.Function;

/// Reads the events of a body that is one JSON document. A broken document is refused as a whole
/// before anything of it is taken. Thread-safe.
final class DocumentIntake {
    private final Gate gate;
    private final JsonReader json = new JsonReader();

    DocumentIntake(Gate gate) {
        this.gate = gate;
    }

    /// @throws ProblemException where the document is broken; nothing was taken then
    void take(BodyKind kind, ServerRequestHeaders headers, byte[] document, EventIntake intake)
            throws InterruptedException {
        try {
            switch (kind) {
                case JSON -> {
                    Result usual = gate.usual(document);
                    if (usual != null) {
                        intake.take(usual, 0);
                    } else if (isArray(document)) {
                        takeAll(document, gate::plain, intake);
                    } else {
                        intake.take(gate.plain(json.read(document)), 0);
                    }
                }
                case CLOUD_EVENT -> intake.take(gate.cloudEvent(json.read(document)), 0);
                case CLOUD_EVENT_BATCH -> takeAll(document, gate::cloudEvent, intake);
                case BINARY_CLOUD_EVENT -> {
                    Json data = document.length == 0 ? JsonObject.EMPTY : json.read(document);
                    JsonObject event = BinaryCloudEvent.structured(headers, data);
                    intake.take(gate.cloudEvent(event), 0);
                }
                case LINES -> throw new IllegalArgumentException("lines are no document");
            }
        } catch (JsonFault fault) {
            throw ProblemException.of(
                    ProblemCode.MALFORMED_JSON, fault.getMessage() + "; nothing of it was taken");
        }
    }

    private static boolean isArray(byte[] document) {
        for (byte value : document) {
            if (value != ' ' && value != '\t' && value != '\r' && value != '\n') {
                return value == '[';
            }
        }
        return false;
    }

    private void takeAll(byte[] document, Function<Json, Result> read, EventIntake intake)
            throws JsonFault, InterruptedException {
        List<JsonReader.Element> elements = json.readArray(document);
        for (JsonReader.Element element : elements) {
            Result result =
                    switch (element) {
                        case JsonReader.Element.Read(Json value) -> read.apply(value);
                        case JsonReader.Element.Refused(String detail) ->
                                EventReader.malformed(detail);
                    };
            intake.take(result, 0);
        }
    }
}

package io.souverix.twin.bench.peers;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.Answer;
import io.souverix.twin.engine.Appended;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// The service's engine in the same harness: it reads the events from JSON, judges and keeps all of
/// them, and whole twins, where the peers keep one member.
public final class ServicePeer extends PeerStage {
    private static final int IN_FLIGHT = 8;

    public ServicePeer() {
        super("service", "this service, whole twins, reading of JSON counted in", 1_000_000);
    }

    @Override
    Peer start(Path directory) {
        return new Service(directory, open(directory));
    }

    private static TwinEngine open(Path directory) {
        return TwinEngine.open(directory, EngineOptions.defaults(), TwinEngine.Progress.SILENT);
    }

    private static final class Service implements Peer {
        private final Path directory;
        private final EventReader reader = new EventReader();
        private final ArrayDeque<CompletableFuture<Appended>> flying = new ArrayDeque<>();
        private TwinEngine engine;

        Service(Path directory, TwinEngine engine) {
            this.directory = directory;
            this.engine = engine;
        }

        @Override
        public void append(List<PeerEvent> batch) throws Exception {
            if (flying.size() == IN_FLIGHT) {
                var _ = flying.remove().join();
            }
            List<Event> events = new ArrayList<>(batch.size());
            for (PeerEvent event : batch) {
                byte[] text = event.text().getBytes(StandardCharsets.UTF_8);
                events.add(
                        switch (reader.readNative(text, 0, text.length)) {
                            case EventReader.Result.Accepted(Event read) -> read;
                            case EventReader.Result.Refused(var rejection) ->
                                    throw new IllegalStateException(rejection.toString());
                        });
            }
            flying.add(engine.append(events));
        }

        @Override
        public void settle() {
            while (!flying.isEmpty()) {
                var _ = flying.remove().join();
            }
        }

        @Override
        public long events() {
            return engine.status().events();
        }

        @Override
        public Map<String, Long> counts() {
            JsonObject answer =
                    engine.projection(Projection.CURRENT, List.of(), true, AsOf.PRESENT);
            JsonObject total = (JsonObject) member(answer, "total");
            Map<String, Long> counts = new HashMap<>();
            ((JsonObject) member(total, "by_connectivity"))
                    .forEach((state, count) -> counts.put(state, ((JsonNumber) count).longValue()));
            counts.remove("unknown");
            return counts;
        }

        @Override
        public @Nullable String state(String node) {
            return engine.twin(node, AsOf.PRESENT) instanceof Answer.Found(var body, _)
                    ? ((JsonString) member((JsonObject) member(body, "connectivity"), "state"))
                            .value()
                    : null;
        }

        private static Json member(JsonObject body, String name) {
            return Objects.requireNonNull(body.member(name), name);
        }

        @Override
        public void replay() {
            engine.close();
            TwinEngine.rebuild(directory, EngineOptions.defaults(), TwinEngine.Progress.SILENT);
            engine = open(directory);
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}

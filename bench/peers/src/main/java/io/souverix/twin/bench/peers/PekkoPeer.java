package io.souverix.twin.bench.peers;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Pekko persistence: an event-sourced actor a node over the LevelDB journal that it comes with (the
/// Java port, synced); what the actors say has changed is counted beside them.
public final class PekkoPeer extends PeerStage {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// How many batches are on their way.
    private static final int IN_FLIGHT = 8;

    public PekkoPeer() {
        super("pekko", "Pekko persistence (LevelDB journal, fsync)", 40_000);
    }

    @Override
    Peer start(Path directory) {
        return new Pekko(directory);
    }

    /// What the guardian does: makes actors.
    record Spawn(String node, ActorRef<ActorRef<PekkoNode.Command>> replyTo) {}

    private static ActorSystem<Spawn> system(Path directory) {
        Config config =
                ConfigFactory.parseString(
                                """
                                pekko.loglevel = "OFF"
                                pekko.stdout-loglevel = "OFF"
                                pekko.persistence.journal.plugin = "pekko.persistence.journal.leveldb"
                                pekko.persistence.journal.leveldb.native = off
                                pekko.persistence.journal.leveldb.fsync = on
                                pekko.persistence.journal.leveldb.dir = "%s"
                                pekko.actor.allow-java-serialization = off
                                """
                                        .formatted(directory.resolve("journal")))
                        .withFallback(ConfigFactory.load());
        Behavior<Spawn> guardian =
                Behaviors.receive((context, spawn) -> {
                    spawn.replyTo().tell(context.spawnAnonymous(PekkoNode.of(spawn.node())));
                    return Behaviors.same();
                });
        return ActorSystem.create(guardian, "peer", config);
    }

    private static final class Pekko implements Peer {
        private final Path directory;
        private final Map<String, ActorRef<PekkoNode.Command>> actors = new HashMap<>();
        private final Map<String, String> states = new HashMap<>();
        private final Map<String, Long> counts = new HashMap<>();
        private final ArrayDeque<List<CompletionStage<PekkoNode.Told>>> flying = new ArrayDeque<>();
        private ActorSystem<Spawn> system;
        private long events;

        Pekko(Path directory) {
            this.directory = directory;
            this.system = system(directory);
        }

        @Override
        public void append(List<PeerEvent> batch) throws Exception {
            if (flying.size() == IN_FLIGHT) {
                take(flying.remove());
            }
            Map<String, List<PeerEvent>> byNode = new LinkedHashMap<>();
            for (PeerEvent event : batch) {
                byNode.computeIfAbsent(event.subject(), _ -> new ArrayList<>()).add(event);
            }
            List<CompletionStage<PekkoNode.Told>> sent = new ArrayList<>();
            for (var entry : byNode.entrySet()) {
                ActorRef<PekkoNode.Command> actor = actor(entry.getKey());
                List<PeerEvent> events = entry.getValue();
                sent.add(
                        AskPattern.ask(
                                actor,
                                (ActorRef<PekkoNode.Told> replyTo) ->
                                        new PekkoNode.Append(events, replyTo),
                                PATIENCE,
                                system.scheduler()));
            }
            flying.add(sent);
        }

        private ActorRef<PekkoNode.Command> actor(String node) throws Exception {
            @Nullable ActorRef<PekkoNode.Command> known = actors.get(node);
            if (known != null) {
                return known;
            }
            CompletionStage<ActorRef<PekkoNode.Command>> made =
                    AskPattern.ask(
                            system,
                            (ActorRef<ActorRef<PekkoNode.Command>> replyTo) ->
                                    new Spawn(node, replyTo),
                            PATIENCE,
                            system.scheduler());
            ActorRef<PekkoNode.Command> actor = await(made);
            actors.put(node, actor);
            return actor;
        }

        private static <T> T await(CompletionStage<T> stage) throws Exception {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        private void take(List<CompletionStage<PekkoNode.Told>> sent) throws Exception {
            for (CompletionStage<PekkoNode.Told> stage : sent) {
                PekkoNode.Told told = await(stage);
                events += told.fresh();
                @Nullable String state = told.state();
                if (state != null) {
                    @Nullable String before = states.put(told.node(), state);
                    if (before != null) {
                        counts.merge(before, -1L, Long::sum);
                    }
                    counts.merge(state, 1L, Long::sum);
                }
            }
        }

        @Override
        public void settle() throws Exception {
            while (!flying.isEmpty()) {
                take(flying.remove());
            }
        }

        @Override
        public long events() {
            return events;
        }

        @Override
        public Map<String, Long> counts() {
            return counts;
        }

        @Override
        public @Nullable String state(String node) throws Exception {
            return await(
                            AskPattern.ask(
                                    actor(node),
                                    (ActorRef<PekkoNode.Told> replyTo) ->
                                            new PekkoNode.Read(replyTo),
                                    PATIENCE,
                                    system.scheduler()))
                    .state();
        }

        /// Every actor recovers from its journal.
        @Override
        public void replay() throws Exception {
            List<String> nodes = List.copyOf(actors.keySet());
            end();
            actors.clear();
            states.clear();
            counts.clear();
            events = 0;
            system = system(directory);
            List<CompletionStage<PekkoNode.Told>> asked = new ArrayList<>();
            for (String node : nodes) {
                asked.add(
                        AskPattern.ask(
                                actor(node),
                                (ActorRef<PekkoNode.Told> replyTo) -> new PekkoNode.Read(replyTo),
                                PATIENCE,
                                system.scheduler()));
            }
            take(asked);
        }

        private void end() throws Exception {
            system.terminate();
            var _ =
                    system.getWhenTerminated()
                            .toCompletableFuture()
                            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void close() throws Exception {
            end();
        }
    }
}

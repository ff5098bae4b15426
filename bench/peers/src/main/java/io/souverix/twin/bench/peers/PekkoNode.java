package io.souverix.twin.bench.peers;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One node as an event-sourced actor. Its events are texts: id, order key, state (or nothing) and the
/// event, parted by line feeds.
final class PekkoNode extends EventSourcedBehavior<PekkoNode.Command, String, PekkoNode.Known> {
    private final String node;

    private PekkoNode(String node) {
        super(PersistenceId.ofUniqueId(node));
        this.node = node;
    }

    static Behavior<Command> of(String node) {
        return new PekkoNode(node);
    }

    sealed interface Command {}

    record Append(List<PeerEvent> events, ActorRef<Told> replyTo) implements Command {
        public Append {
            events = List.copyOf(events);
        }
    }

    record Read(ActorRef<Told> replyTo) implements Command {}

    /// @param fresh how many events were new; all of them in the answer to [Read]
    record Told(String node, long fresh, @Nullable String state) {}

    /// What the actor holds. Changed in place, by its own thread.
    static final class Known {
        private final Set<String> seen = new HashSet<>();
        private String order = "";
        private @Nullable String state;
    }

    @Override
    public Known emptyState() {
        return new Known();
    }

    @Override
    public CommandHandler<Command, String, Known> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Append.class, this::append)
                .onCommand(
                        Read.class,
                        (known, read) ->
                                Effect()
                                        .reply(
                                                read.replyTo(),
                                                new Told(node, known.seen.size(), known.state)))
                .build();
    }

    private Effect<String, Known> append(Known known, Append append) {
        Set<String> ids = new HashSet<>();
        List<String> fresh =
                append.events().stream()
                        .filter(event -> !known.seen.contains(event.id()) && ids.add(event.id()))
                        .map(KafkaStates::value)
                        .toList();
        if (fresh.isEmpty()) {
            return Effect().reply(append.replyTo(), new Told(node, 0, known.state));
        }
        return Effect()
                .persist(fresh)
                .thenReply(append.replyTo(), after -> new Told(node, fresh.size(), after.state));
    }

    @Override
    public EventHandler<Known, String> eventHandler() {
        return (known, event) -> {
            String[] parts = event.split("\n", 4);
            known.seen.add(parts[0]);
            if (!parts[2].isEmpty() && parts[1].compareTo(known.order) > 0) {
                known.order = parts[1];
                known.state = parts[2];
            }
            return known;
        };
    }
}

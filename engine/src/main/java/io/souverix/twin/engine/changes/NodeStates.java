package io.souverix.twin.engine.changes;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.EventAnnulled;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Tally;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.shard.NodeChange;
import io.souverix.twin.engine.shard.NodeChange.Cause;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Queries.Seen;
import io.souverix.twin.engine.shard.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The node before and after a change: as it was captured, or, where nobody listened then, folded again
/// from the events that were in the log by then.
public final class NodeStates {
    private final Rules rules;
    private final Supplier<Catalogue> catalogue;
    private final Function<String, Queries> queries;

    /// @param queries asks the shard of a node
    public NodeStates(Rules rules, Supplier<Catalogue> catalogue, Function<String, Queries> queries) {
        this.rules = rules;
        this.catalogue = catalogue;
        this.queries = queries;
    }

    /// @param before null where the node was not known before
    /// @param certain false where what was before is not known any more
    record Pair(@Nullable Seen before, Seen after, boolean certain) {}

    Pair of(NodeChange change) {
        if (change.after() != null) {
            return new Pair(change.before(), change.after(), true);
        }
        List<StoredEvent> history = history(change);
        Seen after = seen(change, history, change.atMicros());
        return switch (change.cause()) {
            case EVENTS -> {
                long first = change.addresses()[0];
                List<StoredEvent> earlier =
                        history.stream().filter(stored -> stored.address() < first).toList();
                yield new Pair(
                        earlier.isEmpty() ? null : seen(change, earlier, change.beforeMicros()),
                        after,
                        true);
            }
            case TIME -> new Pair(seen(change, history, change.beforeMicros()), after, true);
            case CATALOGUE -> new Pair(null, after, false);
        };
    }

    /// The events that were in the log right after the change.
    private List<StoredEvent> history(NodeChange change) {
        long[] addresses = change.addresses();
        long end =
                change.cause() == Cause.EVENTS ? addresses[addresses.length - 1] + 1 : change.end();
        List<StoredEvent> history = new ArrayList<>();
        boolean known =
                queries.apply(change.nodeId())
                        .history(
                                change.nodeId(),
                                Long.MIN_VALUE,
                                Long.MAX_VALUE,
                                Set.of(),
                                false,
                                stored -> {
                                    if (stored.address() < end) {
                                        history.add(stored);
                                    }
                                    return true;
                                });
        if (!known) {
            throw new IllegalStateException("a change of a node that is not known");
        }
        return history;
    }

    private record Annulled(String eventId, long timestampMicros) {}

    private Seen seen(NodeChange change, List<StoredEvent> history, long atMicros) {
        Set<Annulled> annulled = new HashSet<>();
        for (StoredEvent stored : history) {
            if (stored.event().payload() instanceof EventAnnulled out) {
                annulled.add(new Annulled(out.eventId(), out.eventTimestampMicros()));
            }
        }
        Fold fold = new Fold(rules, Sharing.NONE);
        Twin twin = new Twin(change.nodeId());
        Tally tally = Tally.NOTHING;
        long last = 0;
        for (StoredEvent stored : history) {
            Event event = stored.event();
            tally = tally.plus(event);
            last = Math.max(last, stored.address());
            if (!annulled.contains(new Annulled(event.id(), event.timestampMicros()))) {
                fold.apply(twin, event, stored.address());
            }
        }
        return new Seen(new TwinView(twin, catalogue.get(), rules, atMicros), tally, last);
    }
}

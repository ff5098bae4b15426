package io.souverix.twin.core.story;

import io.souverix.twin.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What made a node what it is: its own events, and the facts about releases and domains that
/// concern it. The node is known from its first event on, also where that one was annulled.
///
/// @param annulledFirst the first event of the node where it was annulled: it sets nothing; else
///     null
/// @param own the events of the node, sorted by [Event#ORDER], without the annulled
/// @param others facts about the fleet, sorted, without the annulled
public record Story(@Nullable Event annulledFirst, List<Event> own, List<Event> others) {
    public Story {
        own = List.copyOf(own);
        others = List.copyOf(others);
    }

    /// Whether an event may change a value of the node: all but the annulled first one.
    boolean counts(Event event) {
        return annulledFirst == null || !event.hash().equals(annulledFirst.hash());
    }

    /// All in one order; what is older than the node's first event is no part of its story.
    List<Event> inOrder() {
        List<Event> all = new ArrayList<>(own);
        if (annulledFirst != null) {
            all.addFirst(annulledFirst);
        }
        if (all.isEmpty()) {
            return all;
        }
        long first = all.getFirst().timestampMicros();
        for (Event event : others) {
            if (event.timestampMicros() > first) {
                all.add(event);
            }
        }
        all.sort(Event.ORDER);
        return all;
    }
}

package io.souverix.twin.core.story;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.core.fleet.Catalogue;
import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.core.twin.Fold;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.core.twin.Twin;
import io.souverix.twin.core.twin.TwinView;
import org.jspecify.annotations.Nullable;

/// Walks all that made a node what it is, in the order key: its own events, and the facts about
/// releases and domains that came while it was known. Whoever listens sees the node before and after
/// each, at the instant of the event.
public final class Retelling {
    private final Rules rules;
    private final Past past;
    private final Fold fold;
    private final Twin twin;
    private Catalogue catalogue = Catalogue.EMPTY;

    /// Gives what concerns a node of the catalogue as of an instant.
    @FunctionalInterface
    public interface Past {
        Catalogue catalogueAt(Identity identity, long atMicros);
    }

    /// Hears of every event. The views are valid during the call only.
    public interface Listener {
        /// @param view as it stood, at the instant of the event; null before the first event
        void before(@Nullable TwinView view, Event event);

        void after(TwinView view, Event event);
    }

    public Retelling(String id, Rules rules, Past past) {
        this.rules = rules;
        this.past = past;
        this.fold = new Fold(rules, Sharing.NONE);
        this.twin = new Twin(id);
    }

    /// Tells a story, and gives the node as it stands at the end of it.
    ///
    /// @param nowMicros the instant of the end
    public TwinView tell(Story story, long nowMicros, Listener listener) {
        boolean known = false;
        for (Event event : story.inOrder()) {
            long at = event.timestampMicros();
            listener.before(known ? new TwinView(twin, catalogue, rules, at) : null, event);
            if (event.subject().kind() == Subject.Kind.NODE && story.counts(event)) {
                step(event, known);
            } else {
                catalogue = past.catalogueAt(twin.identity(), at);
            }
            known = true;
            listener.after(new TwinView(twin, catalogue, rules, at), event);
        }
        return new TwinView(twin, past.catalogueAt(twin.identity(), nowMicros), rules, nowMicros);
    }

    @SuppressWarnings(
            "ReferenceEquality") // identities are immutable: another instance, another one
    private void step(Event event, boolean known) {
        Identity before = twin.identity();
        fold.apply(twin, event, 0);
        if (!known || before != twin.identity()) {
            catalogue = past.catalogueAt(twin.identity(), event.timestampMicros());
        }
    }
}

package io.souverix.twin.core.story;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Facets;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.lifecycle.Update;
import io.souverix.twin.core.twin.TwinView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The swim lanes of a node: for each aspect the unbroken stretches of its states, over all of its
/// story. A stretch begins with an event, or where time alone changed the state.
public final class Timeline implements Retelling.Listener {
    private final Map<Lane, Interval> open = new EnumMap<>(Lane.class);
    private final List<Interval> closed = new ArrayList<>();
    private long nextChangeMicros = Long.MAX_VALUE;

    /// What a lane shows.
    public enum Lane implements Worded {
        CONNECTIVITY("connectivity"),
        LIFECYCLE("lifecycle"),
        DRIFT("drift"),
        TRUST("trust"),
        UPDATES("updates");

        private final String word;

        Lane(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /// A stretch of one state.
    ///
    /// @param toMicros [Times#NONE] while it stands
    /// @param detail what else tells this stretch from its neighbours; empty for most lanes
    /// @param event the one it began with, or null where time alone began it
    public record Interval(
            Lane lane,
            long fromMicros,
            long toMicros,
            String state,
            JsonObject detail,
            @Nullable Event event) {
        private boolean shows(@Nullable String otherState, JsonObject otherDetail) {
            return state.equals(otherState) && detail.equals(otherDetail);
        }

        /// The same, from a moment on at the earliest.
        public Interval notBefore(long micros) {
            return fromMicros >= micros
                    ? this
                    : new Interval(lane, micros, toMicros, state, detail, event);
        }

        private Interval until(long micros) {
            return new Interval(lane, fromMicros, micros, state, detail, event);
        }
    }

    private Timeline() {}

    /// All stretches, sorted by their beginnings and then by lane; empty ones are left out.
    public static List<Interval> of(Retelling retelling, Story story, long nowMicros) {
        Timeline timeline = new Timeline();
        TwinView last = retelling.tell(story, nowMicros, timeline);
        timeline.pass(last, nowMicros + 1);
        List<Interval> all = new ArrayList<>(timeline.closed);
        all.addAll(timeline.open.values());
        all.sort((a, b) -> {
            int order = Long.compare(a.fromMicros(), b.fromMicros());
            return order == 0 ? a.lane().compareTo(b.lane()) : order;
        });
        return List.copyOf(all);
    }

    @Override
    public void before(@Nullable TwinView view, Event event) {
        if (view != null) {
            pass(view, event.timestampMicros());
        }
    }

    @Override
    public void after(TwinView view, Event event) {
        sample(view, event);
    }

    /// Samples wherever time alone may have changed the node, before an instant.
    private void pass(TwinView view, long untilMicros) {
        while (nextChangeMicros < untilMicros) {
            TwinView then =
                    new TwinView(view.twin(), view.catalogue(), view.rules(), nextChangeMicros);
            sample(then, null);
        }
    }

    private void sample(TwinView view, @Nullable Event event) {
        Facets facets = view.facets();
        show(Lane.CONNECTIVITY, word(facets.connectivity()), JsonObject.EMPTY, view, event);
        show(Lane.LIFECYCLE, word(facets.phase()), JsonObject.EMPTY, view, event);
        show(Lane.DRIFT, facets.status().word(), severity(facets), view, event);
        show(Lane.TRUST, view.trust().integrityState().word(), JsonObject.EMPTY, view, event);
        Update update = view.twin().lifecycle().update();
        String state = facets.overdue() ? "overdue" : word(facets.update());
        show(Lane.UPDATES, state, target(update), view, event);
        nextChangeMicros = view.nextChangeMicros();
    }

    private static @Nullable String word(@Nullable Worded value) {
        return value == null ? null : value.word();
    }

    private static JsonObject severity(Facets facets) {
        Severity worst = facets.drift().worst();
        return worst == null
                ? JsonObject.EMPTY
                : new JsonObject.Builder().put("severity", worst.word()).build();
    }

    private static JsonObject target(@Nullable Update update) {
        return update == null
                ? JsonObject.EMPTY
                : new JsonObject.Builder().put("target_version", update.targetVersion()).build();
    }

    private void show(
            Lane lane,
            @Nullable String state,
            JsonObject detail,
            TwinView view,
            @Nullable Event event) {
        long at = view.nowMicros();
        Interval standing = open.get(lane);
        if (standing == null ? state == null : standing.shows(state, detail)) {
            return;
        }
        open.remove(lane);
        if (standing != null && standing.fromMicros() < at) {
            closed.add(standing.until(at));
        }
        if (state != null) {
            open.put(lane, new Interval(lane, at, Times.NONE, state, detail, event));
        }
    }
}

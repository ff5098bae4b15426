package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.twin.TwinView;
import io.souverix.twin.engine.changes.NodeStates.Pair;
import io.souverix.twin.engine.shard.NodeChange;
import io.souverix.twin.engine.shard.NodeChange.Cause;
import io.souverix.twin.engine.shard.Queries.Seen;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a change is to those who watch.
///
/// @param after the node as it is now
/// @param touched which of the watched topics the change touches
/// @param enter whether the node came into the filter
/// @param leave whether it went out of it
record Judgement(Seen after, Set<Topic> touched, boolean enter, boolean leave) {

    /// Judges a change; null where it is nothing to them.
    static @Nullable Judgement of(Watch watch, NodeChange change, Pair states) {
        Seen before = states.before();
        boolean is = watch.matches(states.after());
        boolean was = states.certain() ? before != null && watch.matches(before) : !is;
        return of(watch, change, states, was, is);
    }

    /// @param was whether the node was in the filter as far as the clients know
    static @Nullable Judgement of(
            Watch watch, NodeChange change, Pair states, boolean was, boolean is) {
        if (!was && !is) {
            return null;
        }
        boolean enter = is && !was;
        boolean leave = was && !is;
        Set<Topic> touched = touched(watch.topics(), change, states);
        return enter || leave || !touched.isEmpty()
                ? new Judgement(states.after(), touched, enter, leave)
                : null;
    }

    private static Set<Topic> touched(Set<Topic> watched, NodeChange change, Pair states) {
        Set<Topic> touched = EnumSet.noneOf(Topic.class);
        for (Topic topic : watched) {
            if (topic == Topic.TWINS || differs(topic, change, states)) {
                touched.add(topic);
            }
        }
        return touched;
    }

    private static boolean differs(Topic topic, NodeChange change, Pair states) {
        if (states.before() == null) {
            return true;
        }
        if (change.cause() == Cause.TIME && topic == Topic.CONNECTIVITY) {
            // There only what is counted from an instant differs, and it does all the time.
            return false;
        }
        TwinView before = states.before().view();
        TwinView after = states.after().view();
        for (String member : topic.members()) {
            Json old = before.member(member);
            if (!old.equals(after.member(member))) {
                return true;
            }
        }
        return false;
    }
}

package io.souverix.twin.core.story;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonPointer;
import io.souverix.twin.core.twin.TwinView;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a value of a twin is what it is: the event that set it, and those it replaced. An event set
/// the value where the twin after it, at the instant of that event, shows another one than the twin
/// before it, at that same instant: what time alone does is nobody's doing.
///
/// @param value as of now; null where the path leads nowhere
/// @param byTime the value is not the one that the last event gave: time alone moved it since
/// @param settings the events that set it, newest first, at most as many as were asked for
/// @param total how many events ever set it
public record Why(@Nullable Json value, boolean byTime, List<Setting> settings, int total) {
    public Why {
        settings = List.copyOf(settings);
    }

    /// An event that gave the value.
    ///
    /// @param value what it gave, or null where it took the place away
    /// @param replaced what stood before it, or null where nothing did
    public record Setting(Event event, @Nullable Json value, @Nullable Json replaced) {}

    /// Explains the value at a path.
    ///
    /// @param path into the twin as answered; its first step names a part of it
    /// @param limit how many settings are listed
    public static Why of(
            Retelling retelling, Story story, long nowMicros, JsonPointer path, int limit) {
        Watch watch = new Watch(path, limit);
        TwinView last = retelling.tell(story, nowMicros, watch);
        Json value = value(last, path);
        Setting newest = watch.settings.peekFirst();
        boolean byTime = !same(value, newest == null ? null : newest.value());
        return new Why(value, byTime, List.copyOf(watch.settings), watch.total);
    }

    private static @Nullable Json value(TwinView view, JsonPointer path) {
        List<String> steps = path.steps();
        String first = steps.getFirst();
        Json part = TwinView.MEMBERS.contains(first) ? view.member(first) : null;
        return new JsonPointer(steps.subList(1, steps.size())).follow(part);
    }

    /// Nothing and JSON `null` are the same: unknown.
    private static boolean same(@Nullable Json a, @Nullable Json b) {
        return Objects.equals(orNull(a), orNull(b));
    }

    private static @Nullable Json orNull(@Nullable Json value) {
        return value == JsonLiteral.NULL ? null : value;
    }

    private static final class Watch implements Retelling.Listener {
        private final JsonPointer path;
        private final int limit;
        private final ArrayDeque<Setting> settings = new ArrayDeque<>();
        private @Nullable Json before;
        private int total;

        Watch(JsonPointer path, int limit) {
            this.path = path;
            this.limit = limit;
        }

        @Override
        public void before(@Nullable TwinView view, Event event) {
            before = view == null ? null : value(view, path);
        }

        @Override
        public void after(TwinView view, Event event) {
            Json after = value(view, path);
            if (same(before, after)) {
                return;
            }
            total++;
            settings.addFirst(new Setting(event, after, before));
            if (settings.size() > limit) {
                settings.removeLast();
            }
        }
    }
}

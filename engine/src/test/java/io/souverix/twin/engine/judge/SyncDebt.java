package io.souverix.twin.engine.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long a node has gone without a synchronisation, and what it has missed.
final class SyncDebt {
    private SyncDebt() {}

    static @Nullable Duration debt(List<Event> history, Instant now) {
        if ("live".equals(Connectivity.state(history))) {
            return Duration.ZERO;
        }
        Event lastSync = Connectivity.lastSync(history);
        return Times.elapsed(lastSync == null ? null : lastSync.timestamp(), now);
    }

    /// How many desired values differ now from those right after the last synchronisation.
    static @Nullable Map<String, @Nullable Object> parts(List<Event> history, Instant now) {
        Event lastSync = Connectivity.lastSync(history);
        if (debt(history, now) == null || lastSync == null) {
            return null;
        }
        if ("live".equals(Connectivity.state(history))) {
            return Members.of("config", 0, "policy", 0, "version", 0);
        }
        List<Event> then = Walk.upTo(history, lastSync);
        return Members.of(
                "config", changedLeaves(then, history),
                "policy", differ(Policy.desired(then), Policy.desired(history)),
                "version", differ(Software.desired(then), Software.desired(history)));
    }

    private static int differ(Walk.@Nullable Fact then, Walk.@Nullable Fact now) {
        return Objects.equals(Walk.text(then), Walk.text(now)) ? 0 : 1;
    }

    private static int changedLeaves(List<Event> then, List<Event> now) {
        Map<List<String>, Object> before = plainLeaves(then);
        Map<List<String>, Object> after = plainLeaves(now);
        Set<List<String>> paths = new HashSet<>(before.keySet());
        paths.addAll(after.keySet());
        return (int)
                paths.stream()
                        .filter(path -> !Members.same(before.get(path), after.get(path)))
                        .count();
    }

    /// Every list is a leaf here, whatever the rules say of lists.
    private static Map<List<String>, Object> plainLeaves(List<Event> history) {
        return Flat.of(
                        Configuration.tree(history, Configuration.Side.DESIRED),
                        JudgeRules.defaults())
                .leaves();
    }
}

package io.souverix.twin.engine;

import io.souverix.twin.core.event.EventType;
import io.souverix.twin.core.event.Payload.Extension;
import io.souverix.twin.engine.EventsQuery.Page;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.Standing;
import io.souverix.twin.engine.shard.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one page of a history. The key of its cursor is the timestamp and address of the last event
/// given.
final class EventsPage {
    private final Queries queries;
    private final EventsQuery query;
    private final AsOf asOf;
    private final @Nullable Last last;
    private final long floorMicros;
    private final List<Stored> page = new ArrayList<>();
    private boolean skipping;
    private boolean more;

    private record Last(long timestampMicros, long address) {
        static Last parse(String key) {
            String[] parts = key.split(" ", 2);
            return new Last(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        String key() {
            return timestampMicros + " " + address;
        }
    }

    /// @param asOf pinned
    /// @param floorMicros only what is newer is told
    EventsPage(
            Queries queries,
            EventsQuery query,
            AsOf asOf,
            @Nullable PageCursor cursor,
            long floorMicros) {
        this.queries = queries;
        this.query = query;
        this.asOf = asOf;
        this.floorMicros = floorMicros;
        this.last = cursor == null ? null : Last.parse(cursor.after());
        this.skipping = last != null;
    }

    Optional<Page> read(String nodeId, String list) {
        long from = Math.max(query.sinceMicros(), floorMicros + 1);
        long to = Math.min(query.untilMicros(), asOf.atMicros());
        if (last != null) {
            from = query.descending() ? from : Math.max(from, last.timestampMicros());
            to = query.descending() ? Math.min(to, last.timestampMicros()) : to;
        }
        AsOf bounded = new AsOf(to, asOf.before());
        Set<Integer> codes = codes(query.types());
        if (!queries.history(nodeId, from, bounded, codes, query.descending(), this::take)) {
            return Optional.empty();
        }
        String next = null;
        if (more) {
            Stored end = page.getLast();
            Last key = new Last(end.event().timestampMicros(), end.position().address());
            next = new PageCursor(list, asOf, key.key()).token();
        }
        return Optional.of(new Page(page, asOf, next));
    }

    /// The codes of event types by name; a name that starts with `x_` means all such types.
    private static Set<Integer> codes(List<String> types) {
        Set<Integer> codes = new HashSet<>();
        for (String name : types) {
            EventType type = EventType.named(name);
            if (type != null) {
                codes.add(type.code());
            }
        }
        return codes;
    }

    private boolean take(StoredEvent stored, Standing standing) {
        if (isBeforePage(stored) || !isWanted(stored)) {
            return true;
        }
        if (page.size() == query.limit()) {
            more = true;
            return false;
        }
        page.add(
                new Stored(
                        stored.event(),
                        new Position(stored.address()),
                        stored.recordedAtMicros(),
                        standing));
        return true;
    }

    private boolean isBeforePage(StoredEvent stored) {
        Last end = last;
        if (!skipping || end == null) {
            return false;
        }
        if (stored.event().timestampMicros() != end.timestampMicros()) {
            skipping = false;
            return false;
        }
        skipping = stored.address() != end.address();
        return true;
    }

    private boolean isWanted(StoredEvent stored) {
        return query.types().isEmpty()
                || !(stored.event().payload() instanceof Extension)
                || query.types().contains(stored.event().typeName());
    }
}

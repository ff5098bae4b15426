package io.souverix.twin.engine;

import io.souverix.twin.core.event.Payload.Extension;
import io.souverix.twin.engine.EventsQuery.Page;
import io.souverix.twin.engine.EventsQuery.Stored;
import io.souverix.twin.engine.shard.Queries;
import io.souverix.twin.engine.shard.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one page of a history. A cursor is the timestamp and address of the last event given.
final class EventsPage {
    private final Queries queries;
    private final EventsQuery query;
    private final @Nullable Cursor after;
    private final List<Stored> page = new ArrayList<>();
    private boolean skipping;
    private boolean more;

    private record Cursor(long timestampMicros, long address) {
        static Cursor parse(String text) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
                if (bytes.remaining() == 2 * Long.BYTES) {
                    return new Cursor(bytes.getLong(), bytes.getLong());
                }
            } catch (IllegalArgumentException _) {
                // Said below.
            }
            throw new IllegalArgumentException("found a cursor that no page gave");
        }

        String text() {
            ByteBuffer bytes =
                    ByteBuffer.allocate(2 * Long.BYTES).putLong(timestampMicros).putLong(address);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        }
    }

    EventsPage(Queries queries, EventsQuery query) {
        this.queries = queries;
        this.query = query;
        this.after = query.cursor() == null ? null : Cursor.parse(query.cursor());
        this.skipping = after != null;
    }

    Optional<Page> read(String nodeId) {
        long from = query.sinceMicros();
        long to = query.untilMicros();
        if (after != null) {
            from = query.descending() ? from : Math.max(from, after.timestampMicros());
            to = query.descending() ? Math.min(to, after.timestampMicros()) : to;
        }
        Set<Integer> codes = TwinEngine.codes(query.types());
        boolean known = queries.history(nodeId, from, to, codes, query.descending(), this::take);
        if (!known) {
            return Optional.empty();
        }
        String next = null;
        if (more) {
            Stored last = page.getLast();
            next = new Cursor(last.event().timestampMicros(), last.position().address()).text();
        }
        return Optional.of(new Page(page, next));
    }

    private boolean take(StoredEvent stored) {
        Cursor cursor = after;
        if (skipping && cursor != null) {
            boolean sameInstant = stored.event().timestampMicros() == cursor.timestampMicros();
            if (sameInstant && stored.address() != cursor.address()) {
                return true;
            }
            skipping = false;
            if (sameInstant) {
                return true;
            }
        }
        boolean wanted =
                query.types().isEmpty()
                        || !(stored.event().payload() instanceof Extension)
                        || query.types().contains(stored.event().typeName());
        if (!wanted) {
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
                        queries.isAnnulled(stored.event())));
        return true;
    }
}

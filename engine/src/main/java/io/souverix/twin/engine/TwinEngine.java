package io.souverix.twin.engine;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The twin of a fleet: takes events, keeps them, and answers. Thread-safe.
@SuppressWarnings("DoNotCallSuggester")
public final class TwinEngine implements AutoCloseable {
    /// Asks of the present.
    public static final long NOW = Long.MAX_VALUE;

    /// How many items a page may have.
    public static final int MAX_PAGE = 1_000;

    /// Tells how far long work has come.
    @FunctionalInterface
    public interface Progress {
        /// @param done events (or nodes) so far
        /// @param total of all, or -1 where not known
        void report(String what, long done, long total);
    }

    private TwinEngine() {}

    /// Opens the data directory (made where there is none): the log is checked, twins come from the
    /// last checkpoint and the events after it.
    public static TwinEngine open(Path directory, EngineOptions options, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// An engine that keeps everything in memory.
    public static TwinEngine inMemory(EngineOptions options) {
        throw new UnsupportedOperationException();
    }

    /// Throws away what is derived and folds the log again from its start. The directory must not be
    /// in use.
    public static void rebuild(Path directory, EngineOptions options, Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// Takes events; completes once they are durable and visible. At most 10,000 at a time.
    public CompletableFuture<Appended> append(List<Event> events) throws AppendRefused {
        throw new UnsupportedOperationException();
    }

    /// The twin; at [#NOW] or as of an instant.
    public Answer twin(String id, long atMicros) {
        throw new UnsupportedOperationException();
    }

    public Answer drift(String id, long atMicros) {
        throw new UnsupportedOperationException();
    }

    /// The connectivity ledger: entries `offset` and on, at most `limit`, with `next_cursor` (the
    /// offset as text) where there are more.
    public Answer ledger(String id, long atMicros, int offset, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Part of a subject's history; empty where the subject is unknown.
    public Optional<EventsQuery.Page> events(String nodeId, EventsQuery query) {
        throw new UnsupportedOperationException();
    }

    /// Twins (body with `meta` in it) in the order of their ids, after one of them.
    public List<JsonObject> twins(@Nullable String afterId, int limit, boolean decommissioned) {
        throw new UnsupportedOperationException();
    }

    /// One aggregate as `GET /v1/projections/{name}` answers it.
    public JsonObject projection(
            Projection projection, @Nullable Dimension groupBy, boolean decommissioned) {
        throw new UnsupportedOperationException();
    }

    /// Up to where events are durable and visible.
    public Position position() {
        throw new UnsupportedOperationException();
    }

    /// Waits until a position is visible; false where it took too long.
    public boolean await(Position position, Duration patience) throws InterruptedException {
        throw new UnsupportedOperationException();
    }

    public EngineStatus status() {
        throw new UnsupportedOperationException();
    }

    /// Writes a checkpoint now.
    public void checkpoint() {
        throw new UnsupportedOperationException();
    }

    /// Checks the log byte by byte, folds it again from nothing and compares with what is served.
    public Verification verify(Progress progress) {
        throw new UnsupportedOperationException();
    }

    /// What a verification found.
    ///
    /// @param differences the first few, in words; empty where all agrees
    /// @param digests name to (served, refolded)
    public record Verification(
            long events, long nodes, List<String> differences, List<DigestPair> digests) {
        public Verification {
            differences = List.copyOf(differences);
            digests = List.copyOf(digests);
        }

        public boolean agrees() {
            return differences.isEmpty();
        }
    }

    /// A digest of what is served beside the one of what was folded again.
    public record DigestPair(String name, String served, String refolded) {}

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}

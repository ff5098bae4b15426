package io.souverix.twin.service.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.Projection;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Selection;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.changes.ChangePosition;
import io.souverix.twin.engine.changes.Listing;
import io.souverix.twin.engine.changes.Message;
import io.souverix.twin.engine.changes.QueryFilter;
import io.souverix.twin.engine.changes.Subscription;
import io.souverix.twin.engine.changes.TableKey;
import io.souverix.twin.engine.changes.Topic;
import io.souverix.twin.engine.changes.ViewFilter;
import io.souverix.twin.engine.changes.Watch;
import io.souverix.twin.engine.changes.WatchRefused;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The live streams, as server-sent events: one for the fleet by topics and filter, one for each
/// projection. Thread-safe.
final class StreamEndpoints implements AutoCloseable {
    static final String EVENT_STREAM = "text/event-stream";
    static final Set<String> PARAMETERS =
            Set.of("topics", "filter", "fields", "initial", "after", "format", "min_position");
    static final Set<String> PROJECTION_PARAMETERS =
            Set.of("group_by", "include", "initial", "after", "format", "min_position");

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

    /// How long the clients are waited for when the service stops.
    private static final long GRACE_MILLIS = 2_000;

    /// How long a client waits before it comes back, unless it knows better.
    private static final String RETRY = "retry: 1000\n\n";

    private final TwinEngine engine;
    private final Reading reading;
    private final ServerSettings.Limits limits;
    private final Semaphore clients;
    private final Set<Subscription> streaming = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    StreamEndpoints(TwinEngine engine, ServerSettings settings) {
        this.engine = engine;
        this.reading = new Reading(engine, settings);
        this.limits = settings.limits();
        this.clients = new Semaphore(limits.streams());
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get("/v1/stream", PARAMETERS, List.of(EVENT_STREAM), this::fleet),
                Route.get(
                        "/v1/projections/{name}/stream",
                        PROJECTION_PARAMETERS,
                        List.of(EVENT_STREAM),
                        this::projection));
    }

    /// What changes in the fleet.
    void fleet(Exchange exchange) throws InterruptedException {
        reading.begin(exchange);
        Set<Topic> topics = topics(exchange);
        List<TableKey> tables =
                topics.contains(Topic.PROJECTIONS)
                        ? Arrays.stream(Projection.values())
                                .map(projection -> new TableKey(projection, null, false))
                                .toList()
                        : List.of();
        Set<Listing> listings =
                Arrays.stream(Listing.values())
                        .filter(listing -> topics.contains(listing.topic()))
                        .collect(Collectors.toUnmodifiableSet());
        topics.removeIf(topic -> topic == Topic.PROJECTIONS || topic == Topic.ATTENTION);
        Selection shown = Filters.fields(exchange);
        Watch watch = new Watch(topics, filter(exchange), shown, tables, listings);
        stream(exchange, "/v1/stream", watch);
    }

    /// What changes in one projection.
    void projection(Exchange exchange) throws InterruptedException {
        reading.begin(exchange);
        Projection projection = ProjectionParameters.projection(exchange);
        List<Dimension> by = ProjectionParameters.groupBy(exchange);
        if (by.size() > 1) {
            throw Query.invalid("group_by", "found two dimensions, expected one in a stream");
        }
        @Nullable Dimension groupBy = by.isEmpty() ? null : by.getFirst();
        boolean all = Filters.includesDecommissioned(exchange);
        TableKey table = new TableKey(projection, groupBy, all);
        stream(exchange, "/v1/projections/" + projection.word() + "/stream", Watch.of(table));
    }

    private static Set<Topic> topics(Exchange exchange) {
        String text = exchange.query().text("topics");
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        for (String word : text == null ? new String[] {"twins"} : text.split(",", -1)) {
            topics.add(topic(word));
        }
        return topics;
    }

    private static Topic topic(String word) {
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        Query.invalid(
                                "topics",
                                "found "
                                        + Texts.shown(word)
                                        + ", expected a list, joined by commas, of "
                                        + String.join(", ", words(Topic.values()))));
    }

    private static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }

    private static ViewFilter filter(Exchange exchange) {
        CompiledFilter filter = Filters.of(exchange);
        return filter.isAll() ? ViewFilter.ALL : new QueryFilter(filter);
    }

    /// Where the client stands: what it was given last, else what it asks for; null for now.
    private static @Nullable ChangePosition after(Exchange exchange) {
        String name = "after";
        String text = exchange.query().text(name);
        String last = exchange.requestHeader(LAST_EVENT_ID);
        if (last != null && !last.isEmpty()) {
            name = "Last-Event-ID";
            text = last;
        }
        if (text == null) {
            return null;
        }
        String token = text;
        String where = name;
        return ChangePosition.parse(token)
                .or(() -> Position.parse(token).map(p -> ChangePosition.ofLog(p.address())))
                .orElseThrow(() ->
                        Query.invalid(
                                where,
                                "found "
                                        + Texts.shown(token)
                                        + ", expected the id of an event of this stream, or a"
                                        + " position as an answer of this service gave it"));
    }

    /// @param source the path, which is the source of what is told as CloudEvents
    private void stream(Exchange exchange, String source, Watch watch) throws InterruptedException {
        @Nullable ChangePosition after = after(exchange);
        boolean cloudEvents =
                exchange.query()
                        .word("format", List.of("json", "cloudevents"), "json")
                        .equals("cloudevents");
        boolean initial =
                exchange.query().word("initial", List.of("true", "false"), "false").equals("true");
        if (exchange.isHead()) {
            exchange.send(200, EVENT_STREAM, new byte[0], 0);
            return;
        }
        if (stopping || !clients.tryAcquire()) {
            throw tooMany(limits.streams() + " clients are streamed to, and no more at a time");
        }
        try (Subscription subscription = engine.changes().subscribe(watch, after, initial)) {
            exchange.leave();
            exchange.header(HeaderNames.CACHE_CONTROL, "no-store");
            exchange.header("X-Accel-Buffering", "no");
            streaming.add(subscription);
            try {
                write(exchange, subscription, cloudEvents ? source : null);
            } finally {
                streaming.remove(subscription);
            }
        } catch (WatchRefused e) {
            throw tooMany(e.getMessage());
        } finally {
            clients.release();
        }
    }

    private static ProblemException tooMany(@Nullable String detail) {
        return ProblemException.of(ProblemCode.TOO_MANY_STREAMS, String.valueOf(detail));
    }

    private void write(Exchange exchange, Subscription subscription, @Nullable String source)
            throws InterruptedException {
        try (OutputStream out = exchange.stream(EVENT_STREAM)) {
            EventStreamWriter writer = new EventStreamWriter(out, source);
            writer.write(RETRY);
            while (!subscription.ended() && !stopping) {
                List<Message> messages = subscription.next(limits.bookmark());
                for (Message message : messages) {
                    writer.write(message);
                }
                if (messages.isEmpty() && !subscription.ended() && !stopping) {
                    writer.write(subscription.bookmark());
                }
                writer.flush();
            }
            if (!subscription.ended()) {
                writer.write(subscription.bookmark());
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends all streams; each client is told where it stands.
    @Override
    public void close() {
        stopping = true;
        // An interrupt might break what is being written.
        streaming.forEach(Subscription::hurry);
        try {
            if (clients.tryAcquire(limits.streams(), GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                clients.release(limits.streams());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

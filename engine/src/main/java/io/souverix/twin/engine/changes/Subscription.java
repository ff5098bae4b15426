package io.souverix.twin.engine.changes;

import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.changes.Channel.Taken;
import io.souverix.twin.engine.changes.Message.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client's way through the changes: first everything as it is where that is asked for or its
/// place is gone, then what it missed, then what is new. Used by one thread at a time, but for [#hurry].
public final class Subscription implements AutoCloseable {
    /// How many changes are looked through at a time by a client that is behind.
    private static final int CHUNK = 512;

    /// How long a client that is not yet in step waits for the feed's thread at a time.
    private static final Duration STEP = Duration.ofMillis(5);

    private final ChangeFeed feed;
    private final Channel channel;
    private final Watch watch;
    private final @Nullable ChangePosition lost;
    private FleetScan.@Nullable Place scanning;
    private boolean toldLost;
    private boolean wholesDue;
    private boolean synced;
    private boolean ended;
    private boolean closed;
    private volatile boolean hurried;

    /// The number of the last change the client has seen.
    private long standing;

    /// The client is told that it is in step once it stands here.
    private long goal;

    /// Where it goes on in the channel, or -1 while it goes through the ring.
    private long index = -1;

    Subscription(
            ChangeFeed feed, Channel channel, @Nullable ChangePosition after, boolean initial) {
        this.feed = feed;
        this.channel = channel;
        this.watch = channel.watch();
        long resumed = after == null ? feed.ring().head() : feed.ring().resume(after);
        boolean behind = channel.tellsTime() && resumed < channel.from();
        this.lost = resumed < 0 || (after != null && behind) ? after : null;
        boolean whole = lost != null || (after == null && initial);
        this.standing = resumed < 0 || whole || behind ? feed.ring().head() : resumed;
        this.goal = feed.ring().head();
        this.scanning = whole && watch.isOfNodes() ? FleetScan.Place.START : null;
        this.wholesDue = whole || (after != null && watch.isOfWholes());
        this.toldLost = lost == null;
    }

    /// The next messages, waiting for the first of them; none where there is none in time.
    public List<Message> next(Duration patience) throws InterruptedException {
        if (!toldLost) {
            toldLost = true;
            return List.of(gone("not_retained"));
        }
        List<Message> initial = initial();
        if (!initial.isEmpty()) {
            return initial;
        }
        while (!synced && standing < goal && !ended) {
            List<Message> missed = following(STEP);
            if (!missed.isEmpty()) {
                return missed;
            }
        }
        if (!synced && !ended) {
            synced = true;
            return List.of(told(Kind.SYNCED));
        }
        return ended ? List.of() : following(patience);
    }

    private List<Message> initial() {
        List<Message> messages = new ArrayList<>();
        while (scanning != null && messages.isEmpty()) {
            scanning =
                    feed.scan()
                            .next(
                                    scanning,
                                    seen -> {
                                        if (watch.matches(seen)) {
                                            messages.add(feed.snapshot(watch, seen));
                                        }
                                    });
            goal = feed.ring().head();
        }
        if (messages.isEmpty() && wholesDue) {
            wholesDue = false;
            messages.addAll(feed.wholes().snapshots(watch));
        }
        return messages;
    }

    private List<Message> following(Duration patience) throws InterruptedException {
        if (index < 0) {
            index = channel.place(standing);
        }
        if (index < 0) {
            return throughTheRing();
        }
        Taken taken = channel.take(index, standing, patience.toNanos(), () -> hurried);
        index = taken.index();
        standing = taken.standing();
        if (index < 0 && watch.isOfWholes()) {
            wholesDue = true;
        }
        ended |= channel.closed() && taken.messages().isEmpty();
        return taken.messages();
    }

    private List<Message> throughTheRing() {
        List<Change> changes = channel.tellsTime() ? null : feed.ring().after(standing, CHUNK);
        if (changes == null) {
            ended = true;
            feed.overran();
            return List.of(gone("too_slow"));
        }
        List<Message> messages = new ArrayList<>();
        for (Change change : changes) {
            Message message = watch.isOfNodes() ? feed.message(watch, change) : null;
            if (message != null) {
                messages.add(message);
            }
            standing = change.sequence();
        }
        return messages;
    }

    private Message gone(String reason) {
        ChangePosition place = lost != null && !ended ? lost : feed.ring().position(standing);
        JsonObject data =
                new JsonObject.Builder()
                        .put("position", place.token())
                        .put("reason", reason)
                        .build();
        return Message.once(Kind.GONE, null, standing, data);
    }

    /// Where the client stands now, as a bookmark.
    public Message bookmark() {
        return told(Kind.BOOKMARK);
    }

    private Message told(Kind kind) {
        ChangePosition place = feed.ring().position(standing);
        JsonObject data = new JsonObject.Builder().put("position", place.token()).build();
        return Message.once(kind, place, standing, data);
    }

    /// Has the client wait for nothing any more, neither now nor later. From any thread.
    public void hurry() {
        hurried = true;
        channel.wake();
    }

    /// Whether there is nothing more to come: it was too slow, or the feed ends.
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            feed.left(channel);
        }
    }
}

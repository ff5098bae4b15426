package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.core.event.EventReader;
import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.engine.AppendRefused;
import io.souverix.twin.engine.Appended;
import io.souverix.twin.engine.EventBatch;
import io.souverix.twin.engine.TwinEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Brings the events of one request into the engine: in batches, a few of them under way while the
/// next is read, so that reading overlaps with folding and the disk. Used by one thread.
///
/// Events that were handed over stay: what goes wrong later is said beside what was taken, and the
/// same events sent again are duplicates.
final class EventIntake {
    /// How many events a batch has at most.
    static final int MAX_BATCH_EVENTS = 1_000;

    /// At how many bytes a batch is handed over.
    static final long MAX_BATCH_BYTES = 4L << 20;

    /// How many batches of a request are under way at most.
    static final int MAX_BATCHES_IN_FLIGHT = 8;

    /// How long a request some of whose events were taken waits for room for the others.
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /// How long the engine may take to answer an append.
    private static final long ANSWER_SECONDS = 120;

    private static final long FIRST_PAUSE_MS = 5;
    private static final long LONGEST_PAUSE_MS = 200;

    private final TwinEngine engine;
    private final Tally tally = new Tally();
    private final ArrayDeque<Flight> inFlight = new ArrayDeque<>();
    private List<Event> batch = new ArrayList<>();
    private long[] indexes = new long[16];
    private long batchBytes;
    private long index;
    private @Nullable ProblemCode failure;
    private String failureDetail = "";

    /// A batch the engine has not answered yet.
    ///
    /// @param indexes where in the request each of its events stood
    private record Flight(CompletableFuture<Appended> answer, IntToLongFunction indexes) {}

    EventIntake(TwinEngine engine) {
        this.engine = engine;
    }

    Tally tally() {
        return tally;
    }

    /// Takes the next entry of the request.
    ///
    /// @param line number of its line, from 1; 0 where the body has none
    void take(EventReader.Result result, long line) throws InterruptedException {
        switch (result) {
            case EventReader.Result.Refused(Rejection rejection) ->
                    tally.reject(index, line, rejection);
            case EventReader.Result.Accepted(Event event) -> {
                if (indexes.length == batch.size()) {
                    indexes = Arrays.copyOf(indexes, Math.min(MAX_BATCH_EVENTS, 4 * batch.size()));
                }
                indexes[batch.size()] = index;
                batch.add(event);
                batchBytes += EventCodec.encodedLength(event);
            }
        }
        index++;
        if (batch.size() == MAX_BATCH_EVENTS || batchBytes >= MAX_BATCH_BYTES) {
            handOver();
        }
    }

    /// Takes the next lines of the request, which were read.
    void take(LineBlock read) throws InterruptedException {
        for (LineBlock.Refused refused : read.refused()) {
            long line = read.number(refused.index());
            tally.reject(index + refused.index(), line, refused.rejection());
        }
        long first = index;
        index += read.count();
        EventBatch events = read.batch();
        if (events != null) {
            handOver(events, place -> first + read.accepted(place));
        }
    }

    /// Says that the rest of the request could not be read.
    void rejectRest(long line, String detail) {
        tally.rejectRest(index++, line, detail);
    }

    /// Hands over what is left and waits until all of it is durable and visible.
    ///
    /// @throws ProblemException where not all could be taken; it says what was
    void finish() throws InterruptedException {
        if (!batch.isEmpty()) {
            handOver();
        }
        awaitAll();
        throwFailure();
    }

    private void handOver() throws InterruptedException {
        long[] places = indexes;
        handOver(engine.prepare(batch), place -> places[place]);
        batch = new ArrayList<>(MAX_BATCH_EVENTS);
        indexes = new long[MAX_BATCH_EVENTS];
        batchBytes = 0;
    }

    private void handOver(EventBatch events, IntToLongFunction indexes)
            throws InterruptedException {
        while (inFlight.size() >= MAX_BATCHES_IN_FLIGHT) {
            awaitOldest();
        }
        throwFailure();
        inFlight.add(new Flight(append(events), indexes));
    }

    private CompletableFuture<Appended> append(EventBatch events) throws InterruptedException {
        long pauseMs = FIRST_PAUSE_MS;
        long started = System.nanoTime();
        while (true) {
            try {
                return engine.append(events);
            } catch (AppendRefused refused) {
                if (!inFlight.isEmpty()) {
                    awaitOldest();
                    throwFailure();
                    continue;
                }
                boolean wait =
                        refused.reason() == AppendRefused.Reason.OVERLOADED
                                && tally.taken() > 0
                                && System.nanoTime() - started < PATIENCE_NANOS;
                if (!wait) {
                    throw refused(refused);
                }
                Thread.sleep(pauseMs);
                pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
            }
        }
    }

    private ProblemException refused(AppendRefused refused) {
        fail(
                switch (refused.reason()) {
                    case OVERLOADED -> ProblemCode.OVERLOADED;
                    // Sent again, the gate refuses it alone.
                    case UNAVAILABLE, BEFORE_RETAINED_HISTORY -> ProblemCode.UNAVAILABLE;
                },
                String.valueOf(refused.getMessage()));
        return problem();
    }

    private void awaitAll() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
    }

    private void awaitOldest() throws InterruptedException {
        Flight oldest = inFlight.remove();
        try {
            tally.add(oldest.answer.get(ANSWER_SECONDS, TimeUnit.SECONDS), oldest.indexes);
        } catch (ExecutionException e) {
            fail(ProblemCode.UNAVAILABLE, "the log took no more: " + message(e.getCause()));
        } catch (TimeoutException _) {
            fail(
                    ProblemCode.UNAVAILABLE,
                    "the log did not answer within " + ANSWER_SECONDS + " seconds");
        }
    }

    private static String message(@Nullable Throwable cause) {
        return cause instanceof AppendRefused refused
                ? String.valueOf(refused.getMessage())
                : "it failed, see the service's log";
    }

    private void fail(ProblemCode code, String detail) {
        if (failure == null) {
            failure = code;
            failureDetail = detail;
        }
    }

    private void throwFailure() throws InterruptedException {
        if (failure != null) {
            awaitAll();
            throw problem();
        }
    }

    private ProblemException problem() {
        ProblemCode code = failure == null ? ProblemCode.UNAVAILABLE : failure;
        boolean some = tally.taken() > 0;
        String advice =
                some
                        ? "; part of the request was taken (see the counts), send all of it again:"
                                + " what was taken is a duplicate then"
                        : "; nothing of the request was taken, send it again";
        return Problem.of(code, failureDetail + advice)
                .with(tally.json(engine.position()))
                .thrown();
    }
}

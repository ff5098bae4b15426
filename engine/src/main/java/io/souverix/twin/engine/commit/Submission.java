package io.souverix.twin.engine.commit;

import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.EventCodec;
import io.souverix.twin.core.event.Subject;
import io.souverix.twin.engine.log.EventLog;
import io.souverix.twin.engine.log.RecordBatch;
import io.souverix.twin.engine.shard.EventRecords;
import io.souverix.twin.engine.shard.Shard.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Events on their way: encoded, placed in the log, folded, answered.
public final class Submission {
    /// What came of it: for each event its outcome, and the address after its frame.
    public record Committed(List<Event> events, Outcome[] outcomes, long end) {}

    final List<Event> events;
    final RecordBatch batch;
    final CompletableFuture<Committed> answer = new CompletableFuture<>();
    final Outcome[] outcomes;
    private final int[] offsets;

    private Submission(List<Event> events, RecordBatch batch, int[] offsets) {
        this.events = events;
        this.batch = batch;
        this.offsets = offsets;
        this.outcomes = new Outcome[events.size()];
    }

    /// Encodes the events. Runs on the thread of whoever sends them.
    public static Submission of(List<Event> events) {
        int[] offsets = new int[events.size()];
        int[] lengths = new int[offsets.length];
        long bytes = 0;
        for (int i = 0; i < offsets.length; i++) {
            lengths[i] = EventRecords.PREFIX + EventCodec.encodedLength(events.get(i));
            bytes += RecordBatch.LENGTH_BYTES + lengths[i];
        }
        RecordBatch.Builder batch =
                new RecordBatch.Builder((int) Math.min(bytes, EventLog.MAX_FRAME_BYTES));
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = batch.open(lengths[i]);
            int from = offsets[i] + RecordBatch.LENGTH_BYTES + EventRecords.PREFIX;
            EventCodec.encode(events.get(i), batch.bytes(), from);
        }
        return new Submission(List.copyOf(events), batch.build(), offsets);
    }

    public List<Event> events() {
        return events;
    }

    /// How many events it has.
    public int size() {
        return events.size();
    }

    /// Writes into every record when it is recorded.
    void stamp(long recordedAtMicros) {
        for (int offset : offsets) {
            EventRecords.stamp(batch.bytes(), offset + RecordBatch.LENGTH_BYTES, recordedAtMicros);
        }
    }

    /// The address of an event, where the batch begins at `base`.
    long address(int index, long base) {
        return base + offsets[index];
    }

    static boolean isAboutNode(Event event) {
        return event.subject().kind() == Subject.Kind.NODE;
    }
}

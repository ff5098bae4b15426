package io.souverix.twin.core.connectivity;

import io.souverix.twin.core.codec.Sharing;
import io.souverix.twin.core.codec.StateReader;
import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Event;
import io.souverix.twin.core.event.Payload.*;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The connectivity aspect of a node: the last entry of its ledger and the measures beside it.
/// Mutable: the fold applies events in the order of the walk.
public final class Connectivity {
    private @Nullable ConnectivityState state;
    private long sinceMicros = Times.NONE;
    private @Nullable String reason;
    private long lastSyncMicros = Times.NONE;
    private long backlog = -1;
    private @Nullable JsonObject backlogByType;
    private @Nullable JsonObject backlogByPriority;
    private long oldestMessageMicros = Times.NONE;
    private @Nullable JsonNumber latencyMs;
    private @Nullable JsonNumber lossPct;
    private long syncIntervalSeconds = -1;
    private long returnEtaMicros = Times.NONE;
    private @Nullable Replay replay;
    private @Nullable ConnectivityState irregularFrom;

    public Connectivity copy() {
        Connectivity copy = new Connectivity();
        copy.state = state;
        copy.sinceMicros = sinceMicros;
        copy.reason = reason;
        copy.lastSyncMicros = lastSyncMicros;
        copy.backlog = backlog;
        copy.backlogByType = backlogByType;
        copy.backlogByPriority = backlogByPriority;
        copy.oldestMessageMicros = oldestMessageMicros;
        copy.latencyMs = latencyMs;
        copy.lossPct = lossPct;
        copy.syncIntervalSeconds = syncIntervalSeconds;
        copy.returnEtaMicros = returnEtaMicros;
        copy.replay = replay;
        copy.irregularFrom = irregularFrom;
        return copy;
    }

    /// Applies the next event of the walk.
    ///
    /// @return true where the node synced with it
    public boolean apply(Event event, Sharing sharing) {
        LedgerEntry entry = LedgerEntry.of(event);
        boolean synced = entry != null && enter(entry, sharing);
        switch (event.payload()) {
            case ConnectivityReported report -> reported(report);
            case SyncCompleted sync -> {
                latencyMs = sync.latencyMs() == null ? latencyMs : sync.latencyMs();
                synced = true;
            }
            case ReplayStarted started ->
                    replay =
                            Replay.started(
                                    started.total(), event.timestampMicros(), started.etaMicros());
            case ReplayProgressed progressed -> progressed(progressed, event.timestampMicros());
            case ReplayCompleted completed -> {
                replay =
                        replay == null
                                ? null
                                : replay.completed(completed.processed(), event.timestampMicros());
                backlog = Math.max(0, completed.backlog());
                synced = true;
            }
            default -> {}
        }
        if (synced) {
            lastSyncMicros = event.timestampMicros();
        }
        return synced;
    }

    private boolean enter(LedgerEntry entry, Sharing sharing) {
        ConnectivityState before = state;
        boolean changed = before != entry.state();
        boolean wasAway = away();
        state = entry.state();
        reason = entry.reason() == null ? null : sharing.text(entry.reason());
        if (changed) {
            sinceMicros = entry.timestampMicros();
            irregularFrom = entry.regularAfter(before) ? null : before;
        }
        latencyMs = entry.latencyMs() == null ? latencyMs : entry.latencyMs();
        if (entry.syncIntervalSeconds() >= 0) {
            syncIntervalSeconds = entry.syncIntervalSeconds();
        }
        if (entry.backlog() >= 0) {
            backlog = entry.backlog();
        } else if (changed && state == ConnectivityState.LIVE) {
            backlog = 0;
        }
        if (away() && (!wasAway || entry.returnEtaMicros() != Times.NONE)) {
            returnEtaMicros = entry.returnEtaMicros();
        }
        if (changed && state == ConnectivityState.REPLAYING) {
            replay = Replay.started(entry.backlog(), entry.timestampMicros(), Times.NONE);
        }
        return changed && (state == ConnectivityState.LIVE || before == ConnectivityState.LIVE);
    }

    /// Whether it is known to be away.
    public boolean away() {
        return state == ConnectivityState.AUTONOMOUS || state == ConnectivityState.DISCONNECTED;
    }

    private void reported(ConnectivityReported report) {
        latencyMs = report.latencyMs() == null ? latencyMs : report.latencyMs();
        lossPct = report.lossPct() == null ? lossPct : report.lossPct();
        backlog = report.backlog() < 0 ? backlog : report.backlog();
        backlogByType = report.backlogByType() == null ? backlogByType : report.backlogByType();
        if (report.backlogByPriority() != null) {
            backlogByPriority = report.backlogByPriority();
        }
        if (report.oldestMessageMicros() != Times.NONE) {
            oldestMessageMicros = report.oldestMessageMicros();
        }
        if (report.syncIntervalSeconds() >= 0) {
            syncIntervalSeconds = report.syncIntervalSeconds();
        }
    }

    private void progressed(ReplayProgressed progressed, long atMicros) {
        Replay open =
                replay == null ? Replay.started(progressed.total(), atMicros, Times.NONE) : replay;
        replay =
                open.progressed(
                        progressed.processed(),
                        progressed.total(),
                        atMicros,
                        progressed.etaMicros());
        backlog = Math.max(0, progressed.total() - progressed.processed());
    }

    public @Nullable ConnectivityState state() {
        return state;
    }

    /// Start of the run of the state, or [Times#NONE].
    public long sinceMicros() {
        return sinceMicros;
    }

    public @Nullable String reason() {
        return reason;
    }

    public long lastSyncMicros() {
        return lastSyncMicros;
    }

    /// Seconds of sync debt: 0 while live, -1 where the node never synced.
    public long debtSeconds(long nowMicros) {
        if (state == ConnectivityState.LIVE) {
            return 0;
        }
        return lastSyncMicros == Times.NONE ? -1 : Times.elapsedSeconds(lastSyncMicros, nowMicros);
    }

    /// Messages waiting, or -1 where nobody said.
    public long backlog() {
        return backlog;
    }

    public @Nullable JsonObject backlogByType() {
        return backlogByType;
    }

    public @Nullable JsonObject backlogByPriority() {
        return backlogByPriority;
    }

    public long oldestMessageMicros() {
        return oldestMessageMicros;
    }

    public @Nullable JsonNumber latencyMs() {
        return latencyMs;
    }

    public @Nullable JsonNumber lossPct() {
        return lossPct;
    }

    public long syncIntervalSeconds() {
        return syncIntervalSeconds;
    }

    /// When the node is expected back, while it is away; or [Times#NONE].
    public long returnEtaMicros() {
        return away() ? returnEtaMicros : Times.NONE;
    }

    public @Nullable Replay replay() {
        return replay;
    }

    /// The state before the run that stands, where the step from it was irregular; null where it was
    /// not.
    public @Nullable ConnectivityState irregularFrom() {
        return irregularFrom;
    }

    public void write(StateWriter out) {
        out.constant(state).fixed(sinceMicros).text(reason).fixed(lastSyncMicros).number(backlog);
        out.json(backlogByType).json(backlogByPriority).fixed(oldestMessageMicros);
        out.json(latencyMs).json(lossPct).number(syncIntervalSeconds).fixed(returnEtaMicros);
        Replay.write(out, replay);
        out.constant(irregularFrom);
    }

    public static Connectivity read(StateReader in) {
        Connectivity connectivity = new Connectivity();
        connectivity.state = in.optionalConstant(ConnectivityState.values());
        connectivity.sinceMicros = in.fixed();
        connectivity.reason = in.optionalText();
        connectivity.lastSyncMicros = in.fixed();
        connectivity.backlog = in.number();
        connectivity.backlogByType = (JsonObject) in.optionalJson();
        connectivity.backlogByPriority = (JsonObject) in.optionalJson();
        connectivity.oldestMessageMicros = in.fixed();
        connectivity.latencyMs = (JsonNumber) in.optionalJson();
        connectivity.lossPct = (JsonNumber) in.optionalJson();
        connectivity.syncIntervalSeconds = in.number();
        connectivity.returnEtaMicros = in.fixed();
        connectivity.replay = Replay.read(in);
        connectivity.irregularFrom = in.optionalConstant(ConnectivityState.values());
        return connectivity;
    }
}

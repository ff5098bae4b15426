package io.souverix.twin.core.query;

import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.connectivity.Replay;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.twin.SyncDebtParts;
import io.souverix.twin.core.twin.TwinView;
import java.math.BigDecimal;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The fields of `connectivity`.
final class ConnectivityFields {
    private ConnectivityFields() {}

    static void addTo(FieldList list) {
        list.word("connectivity.state", ConnectivityState.values(), view -> of(view).state())
                .instant("connectivity.since", view -> of(view).sinceMicros())
                .text("connectivity.reason", view -> of(view).reason())
                .instant("connectivity.last_sync", view -> of(view).lastSyncMicros())
                .duration("connectivity.sync_debt", view -> of(view).debtSeconds(view.nowMicros()))
                .count("connectivity.sync_debt_parts.config", debt(SyncDebtParts::config))
                .count("connectivity.sync_debt_parts.policy", debt(SyncDebtParts::policy))
                .count("connectivity.sync_debt_parts.version", debt(SyncDebtParts::version))
                .count("connectivity.message_backlog", view -> of(view).backlog())
                .tree("connectivity.backlog_by_type", view -> of(view).backlogByType())
                .tree("connectivity.backlog_by_priority", view -> of(view).backlogByPriority())
                .instant("connectivity.oldest_message", view -> of(view).oldestMessageMicros())
                .number("connectivity.latency_ms", view -> of(view).latencyMs())
                .number("connectivity.loss_pct", view -> of(view).lossPct())
                .duration("connectivity.sync_interval", view -> of(view).syncIntervalSeconds())
                .instant("connectivity.return_eta", view -> of(view).returnEtaMicros())
                .count("connectivity.replay.processed", replay(Replay::processed))
                .count("connectivity.replay.total", replay(Replay::total))
                .instant(
                        "connectivity.replay.started_at", replay(Replay::startedMicros, Times.NONE))
                .decimal("connectivity.replay.rate_per_second", ConnectivityFields::rate)
                .instant("connectivity.replay.eta", ConnectivityFields::eta);
    }

    private static Connectivity of(TwinView view) {
        return view.twin().connectivity();
    }

    private static ToLongFunction<TwinView> debt(ToLongFunction<SyncDebtParts> part) {
        return view -> {
            SyncDebtParts parts = SyncDebtParts.of(view);
            return parts == null ? -1 : part.applyAsLong(parts);
        };
    }

    private static ToLongFunction<TwinView> replay(ToLongFunction<Replay> read) {
        return replay(read, -1);
    }

    private static ToLongFunction<TwinView> replay(ToLongFunction<Replay> read, long none) {
        return view -> {
            Replay replay = of(view).replay();
            return replay == null ? none : read.applyAsLong(replay);
        };
    }

    private static @Nullable BigDecimal rate(TwinView view) {
        Replay replay = of(view).replay();
        return replay == null ? null : replay.ratePerSecond();
    }

    private static long eta(TwinView view) {
        Replay replay = of(view).replay();
        boolean running = of(view).state() == ConnectivityState.REPLAYING;
        return replay == null || !running ? Times.NONE : replay.etaMicros();
    }
}

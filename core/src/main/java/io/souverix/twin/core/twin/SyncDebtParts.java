package io.souverix.twin.core.twin;

import io.souverix.twin.core.connectivity.Connectivity;
import io.souverix.twin.core.drift.ConfigComparison;
import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.twin.Twin.DesiredMark;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a node has not heard of since its last sync.
///
/// @param config leaf paths whose desired value differs
/// @param policy 0 or 1, as `version`
public record SyncDebtParts(long config, long policy, long version) {
    private static final SyncDebtParts NOTHING = new SyncDebtParts(0, 0, 0);

    /// The parts of a twin's debt, or null where its debt is not known.
    public static @Nullable SyncDebtParts of(TwinView view) {
        Twin twin = view.twin();
        Connectivity connectivity = twin.connectivity();
        if (connectivity.debtSeconds(view.nowMicros()) < 0) {
            return null;
        }
        DesiredMark mark = twin.atSync();
        if (mark == null || connectivity.state() == ConnectivityState.LIVE) {
            return NOTHING;
        }
        return new SyncDebtParts(
                ConfigComparison.differingPaths(twin.drift().config().desiredTree(), mark.config()),
                differing(Fold.value(twin.drift().policy().desired()), mark.policy()),
                differing(Fold.value(twin.drift().desiredVersion()), mark.version()));
    }

    private static long differing(@Nullable String a, @Nullable String b) {
        return Objects.equals(a, b) ? 0 : 1;
    }
}

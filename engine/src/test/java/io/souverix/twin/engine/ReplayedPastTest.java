package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.ConnectivityState;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.past.AsOf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayedPastTest {
    private static final AsOf BETWEEN = AsOf.at(Times.micros(Facts.START.plusSeconds(15)));

    private final EngineOptions options =
            EngineOptions.defaults().withShards(1).withCheckpoints(Long.MAX_VALUE, false);

    /// A log that is folded again is folded in the order of timestamps, not of addresses.
    @Test
    void what_came_late_is_not_known_before_it_came_though_it_was_folded_again(@TempDir Path data) {
        AsOf before;
        try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
            var _ = Lines.append(engine, List.of(Facts.state("n-1", "first", 5, "live")));
            var _ = Lines.append(engine, List.of(Facts.state("n-1", "last", 20, "delayed")));
            before = engine.pinned(BETWEEN);
            var _ = Lines.append(engine, List.of(Facts.state("n-1", "late", 10, "autonomous")));
            assertThat(states(engine, before)).containsExactly(ConnectivityState.LIVE);
            assertThat(states(engine, BETWEEN)).containsExactly(ConnectivityState.AUTONOMOUS);
        }
        try (TwinEngine engine = TwinEngine.open(data, options, TwinEngine.Progress.SILENT)) {
            assertThat(states(engine, before)).containsExactly(ConnectivityState.LIVE);
        }
    }

    private static List<@Nullable ConnectivityState> states(TwinEngine engine, AsOf asOf) {
        List<@Nullable ConnectivityState> states = new ArrayList<>();
        engine.eachFace(asOf, (_, face) -> states.add(face.facets().connectivity()));
        return states;
    }
}

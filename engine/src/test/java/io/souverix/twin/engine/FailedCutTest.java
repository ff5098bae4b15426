package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.SimulatedDisk;
import io.souverix.twin.engine.log.SimulatedDisk.Fault;
import io.souverix.twin.engine.log.SimulatedDisk.Operation;
import io.souverix.twin.engine.log.SimulatedLog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cut of the log whose last step fails: the nodes have forgotten, and the log is whole.
final class FailedCutTest {
    private static final int EVENTS = 300;

    private final EngineOptions options =
            EngineOptions.defaults()
                    .withShards(2)
                    .withClock(InstantSource.fixed(Facts.START.plusSeconds(EVENTS)))
                    .withCheckpoints(Long.MAX_VALUE, false);
    private final long floor = Times.micros(Facts.START.plusSeconds(EVENTS - 10));
    private final SimulatedDisk disk = new SimulatedDisk();

    @TempDir Path directory;

    private TwinEngine open() {
        return TwinEngine.over(
                SimulatedLog.open(disk), directory, options, TwinEngine.Progress.SILENT);
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            lines.add(Facts.state("n-" + i % 3, "e" + i, i, i % 2 == 0 ? "live" : "delayed"));
        }
        return lines;
    }

    /// An engine of which a cut fails when it is to be noted in the head of the log.
    private TwinEngine withFailedCut() {
        TwinEngine engine = open();
        for (String line : lines()) {
            var _ = Lines.append(engine, List.of(line));
        }
        disk.faults((operation, file) ->
                operation == Operation.WRITE && file.endsWith("head") ? Fault.FAIL : Fault.NONE);
        assertThatThrownBy(() -> engine.cut(floor, floor + 10_000_000))
                .isInstanceOf(LogException.class);
        return engine;
    }

    @Test
    void no_event_is_taken_and_nothing_asked_from_before_what_nodes_have_forgotten() {
        try (TwinEngine engine = withFailedCut()) {
            assertThat(engine.earliestMicros()).isEqualTo(floor);
        }
    }

    @Test
    void a_checkpoint_of_nodes_that_forgot_is_not_believed_by_a_log_that_is_whole() {
        try (TwinEngine engine = withFailedCut()) {
            engine.checkpoint();
        }
        disk.kill();
        try (TwinEngine engine = open();
                TwinEngine whole = TwinEngine.inMemory(options)) {
            var _ = Lines.append(whole, lines());
            assertThat(engine.earliestMicros()).isEqualTo(Long.MIN_VALUE);
            Answers.requireSame(Answers.of(engine), Answers.of(whole), "after a cut that failed");
        }
    }
}

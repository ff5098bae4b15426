package io.souverix.twin.service.cli;

import io.souverix.twin.engine.TwinEngine.Progress;
import io.souverix.twin.service.cli.output.ProgressLine;
import io.souverix.twin.service.cli.output.ProgressLine.Unit;

/// The engine's long work as a progress line.
final class EngineProgress {
    private EngineProgress() {}

    static Progress shownOn(ProgressLine line) {
        return (what, done, total) ->
                line.report(what, done, total, what.startsWith("bytes") ? Unit.BYTES : Unit.COUNT);
    }
}

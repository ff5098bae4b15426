package io.souverix.twin.torture;

import io.souverix.twin.engine.Trial;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The service as a process of its own, tried from outside: what `twin torture` does for long, done
/// once and briefly. `-Dseed=N` takes another seed.
final class OutsideTest {
    @TempDir Path directory;

    private void once(String name, Trial trial) throws Exception {
        trial.several(name, 1, directory);
    }

    @Test
    void every_route_answers_whatever_it_is_asked_clearly() throws Exception {
        once("fuzz", (seed, files) -> FuzzTrial.run(seed, files, 1_500));
    }

    @Test
    void clients_of_streams_see_everything_though_they_and_the_service_are_killed()
            throws Exception {
        once("streams", (seed, files) -> StreamTrial.run(seed, files, 200, 4, 1));
    }

    @Test
    void what_was_acknowledged_before_a_kill_is_there_after_it() throws Exception {
        once("kill-http", (seed, files) -> KillTrial.run(seed, files, 60_000, 2));
    }

    @Test
    void a_backup_that_is_killed_while_the_service_takes_events_is_done_by_trying_again()
            throws Exception {
        once("backup-http", (seed, files) -> BackupTrial.run(seed, files, 1));
    }

    @Test
    void every_question_about_a_fleet_and_its_past_is_answered_as_a_slow_recount_does()
            throws Exception {
        once(
                "questions",
                (seed, files) ->
                        QuestionTrial.run(seed, files, new QuestionTrial.Size(200, 4_000, 3, 1)));
    }

    @Test
    void more_than_the_service_takes_is_refused_and_what_it_took_is_kept() throws Exception {
        once(
                "overload",
                (seed, files) ->
                        OverloadTrial.run(
                                seed, files, Duration.ofSeconds(1), "limits: {appends: 4}\n"));
    }
}

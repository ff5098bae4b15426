package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is derived may be damaged, lost, of other rules or of another log: it is made anew, and no
/// answer changes. `-Dseed=N`, `-Ddamages=N`.
final class RecoveryTest {
    private static final int DAMAGES = Integer.getInteger("damages", 40);

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);
    private final List<String> lines = Histories.events(seed);

    @TempDir Path directory;

    @BeforeEach
    void sayTheSeed() {
        System.out.println("RecoveryTest seed " + seed);
    }

    private EngineOptions options() {
        return EngineOptions.defaults()
                .withRules(JudgedRules.of(Histories.rules(seed)))
                .withClock(InstantSource.fixed(Histories.present(lines, seed)))
                .withShards(2)
                .withCheckpoints(Long.MAX_VALUE, false)
                .withTwinBytes(seed % 3 * 20_000);
    }

    private static TwinEngine open(Path data, EngineOptions options) {
        return TwinEngine.open(data, options, TwinEngine.Progress.SILENT);
    }

    /// Makes a data directory whose derived store is some batches behind its log.
    private void fill(Path data, List<String> some) {
        List<List<String>> batches = Histories.delivery(some, seed);
        try (TwinEngine engine = open(data, options())) {
            for (int i = 0; i < batches.size(); i++) {
                var _ = Lines.append(engine, batches.get(i));
                if (i * 4 % batches.size() < 4 && i < batches.size() - 1) {
                    engine.checkpoint();
                }
            }
        }
    }

    /// The answers of an engine that has no derived store.
    private List<String> expected(List<String> some) {
        return expected(some, options());
    }

    private static List<String> expected(List<String> some, EngineOptions options) {
        try (TwinEngine engine = TwinEngine.inMemory(options)) {
            for (int at = 0; at < some.size(); at += 1_000) {
                var _ = Lines.append(engine, some.subList(at, Math.min(some.size(), at + 1_000)));
            }
            return Answers.of(engine);
        }
    }

    private void requireAnswers(Path data, List<String> some, List<String> expected, String what) {
        for (int opening = 1; opening <= 2; opening++) {
            try (TwinEngine engine = open(data, options())) {
                String when = what + ", opening " + opening + ", seed " + seed;
                Answers.requireSame(Answers.of(engine), expected, when);
                Appended again =
                        Lines.append(engine, some.subList(0, Math.min(9_000, some.size())));
                assertThat(again.duplicates()).as(when).isEqualTo(some.size());
                assertThat(engine.verify(TwinEngine.Progress.SILENT).differences())
                        .as(when)
                        .isEmpty();
                engine.checkpoint();
            }
        }
    }

    /// Ways to harm a file.
    private enum Damage {
        DELETE,
        EMPTY,
        CUT,
        FLIP,
        ZERO,
        GROW
    }

    private void harm(Path file, Damage damage) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int at = random.nextInt(Math.max(1, bytes.length));
        switch (damage) {
            case DELETE -> Files.delete(file);
            case EMPTY -> Files.write(file, new byte[0]);
            case CUT -> Files.write(file, Arrays.copyOf(bytes, at));
            case FLIP -> {
                if (bytes.length > 0) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    Files.write(file, bytes);
                }
            }
            case ZERO -> {
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 64), (byte) 0);
                Files.write(file, bytes);
            }
            case GROW -> Files.write(file, Arrays.copyOf(bytes, bytes.length + 100));
        }
    }

    @Test
    void damage_to_any_derived_file_changes_no_answer() throws IOException {
        Path whole = directory.resolve("whole");
        fill(whole, lines);
        List<String> expected = expected(lines);
        List<Path> files = DataCopies.files(whole.resolve("derived"));
        for (int i = 0; i < DAMAGES; i++) {
            Path data = directory.resolve("damaged-" + i);
            DataCopies.copy(whole, data);
            Path file = whole.relativize(files.get(i % files.size()));
            Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
            harm(data.resolve(file), damage);
            requireAnswers(data, lines, expected, damage + " of " + file);
        }
    }

    @Test
    void without_its_derived_directory_a_log_is_folded_again() throws IOException {
        fill(directory, lines);
        Foundation.delete(directory.resolve("derived"));
        requireAnswers(directory, lines, expected(lines), "no derived directory");
        Foundation.delete(directory.resolve("derived"));
        Files.writeString(directory.resolve("derived"), "a file where a directory should be");
        requireAnswers(directory, lines, expected(lines), "a file in its place");
    }

    @Test
    void other_rules_at_the_opening_give_the_answers_of_the_other_rules() {
        fill(directory, lines);
        for (long rules : new long[] {seed + 1, seed + 2, seed}) {
            EngineOptions other = options().withRules(JudgedRules.of(Histories.rules(rules)));
            List<String> expected = expected(lines, other);
            try (TwinEngine engine = open(directory, other)) {
                String when = "seed " + seed + ", rules of " + rules;
                Answers.requireSame(Answers.of(engine), expected, when);
                engine.checkpoint();
            }
        }
    }

    @Test
    void any_number_of_shards_opens_what_another_number_wrote() {
        fill(directory, lines);
        List<String> expected = expected(lines);
        for (int shards : new int[] {1, 5, 2, 3}) {
            try (TwinEngine engine = open(directory, options().withShards(shards))) {
                Answers.requireSame(Answers.of(engine), expected, "seed " + seed);
                engine.checkpoint();
            }
        }
    }

    @Test
    void a_derived_directory_of_another_log_is_not_believed() throws IOException {
        Path mine = directory.resolve("mine");
        Path other = directory.resolve("other");
        List<String> others = new ArrayList<>(lines.subList(0, lines.size() / 2));
        for (int i = 0; i < lines.size(); i++) {
            others.add(Facts.state("node-1", "other-" + i, i, i % 2 == 0 ? "live" : "delayed"));
        }
        fill(mine, lines);
        fill(other, others);
        swapDerived(mine, other);
        requireAnswers(mine, lines, expected(lines), "derived of a longer log");
        swapDerived(mine, other);
        requireAnswers(other, others, expected(others), "derived of a shorter log");
    }

    @Test
    void a_derived_directory_of_a_copy_that_went_its_own_way_is_not_believed() throws IOException {
        Path mine = directory.resolve("mine");
        Path other = directory.resolve("other");
        List<String> shared = lines.subList(0, lines.size() / 2);
        fill(mine, shared);
        DataCopies.copy(mine, other);
        List<String> others = new ArrayList<>(shared);
        for (int i = 0; i < 50; i++) {
            others.add(Facts.state("node-1", "other-" + i, i, i % 2 == 0 ? "live" : "delayed"));
        }
        try (TwinEngine engine = open(other, options())) {
            var _ = Lines.append(engine, others.subList(shared.size(), others.size()));
            engine.checkpoint();
        }
        try (TwinEngine engine = open(mine, options())) {
            var _ = Lines.append(engine, lines.subList(shared.size(), lines.size()));
            engine.checkpoint();
        }
        swapDerived(mine, other);
        requireAnswers(mine, lines, expected(lines), "derived of a copy");
        Foundation.delete(other.resolve("derived"));
        DataCopies.copy(mine.resolve("derived"), other.resolve("derived"));
        assertThatThrownBy(() -> open(other, options())).isInstanceOf(LostEventsException.class);
    }

    @Test
    void an_older_log_under_a_checkpoint_that_saw_more_is_refused_and_left_as_it_is()
            throws IOException {
        List<String> before = lines.subList(0, lines.size() / 2);
        fill(directory, before);
        Path log = directory.resolve("log");
        Path older = directory.resolve("older");
        DataCopies.copy(log, older);
        try (TwinEngine engine = open(directory, options())) {
            var _ = Lines.append(engine, lines.subList(before.size(), lines.size()));
            engine.checkpoint();
        }
        Path newer = directory.resolve("newer");
        Files.move(log, newer);
        DataCopies.copy(older, log);
        assertThatThrownBy(() -> open(directory, options()))
                .isInstanceOf(LostEventsException.class)
                .hasMessageContaining("acknowledged");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("twin-"));
        Foundation.delete(log);
        Files.move(newer, log);
        requireAnswers(directory, lines, expected(lines), "the newer log put back");
    }

    @Test
    void a_damaged_log_is_refused_and_leaves_nothing_behind() throws IOException {
        fill(directory, lines);
        Path segment =
                DataCopies.files(directory.resolve("log")).stream()
                        .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                        .orElseThrow();
        byte[] good = Files.readAllBytes(segment);
        byte[] bad = good.clone();
        bad[good.length / 3] ^= 4;
        Files.write(segment, bad);
        Foundation.delete(directory.resolve("derived"));
        RuntimeException refusal = null;
        try (TwinEngine engine = open(directory, options())) {
            assertThat(Answers.of(engine)).isEmpty();
        } catch (RuntimeException e) {
            refusal = e;
        }
        assertThat(refusal).isInstanceOf(LogException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("twin-"));
        Files.write(segment, good);
        requireAnswers(directory, lines, expected(lines), "the log restored");
    }

    private static void swapDerived(Path a, Path b) throws IOException {
        Path aside = a.resolveSibling("aside");
        Files.move(a.resolve("derived"), aside);
        Files.move(b.resolve("derived"), a.resolve("derived"));
        Files.move(aside, b.resolve("derived"));
    }
}

package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.AttentionQueries.Filter;
import io.souverix.twin.engine.attention.Handling;
import io.souverix.twin.engine.attention.Handling.Action;
import io.souverix.twin.engine.judge.Histories;
import io.souverix.twin.engine.log.CorruptLogException;
import io.souverix.twin.engine.log.LogException;
import io.souverix.twin.engine.log.SimulatedLog;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.SbomDamage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every kind of file of a data directory flipped, cut, emptied, zeroed, grown and deleted, with the
/// others as they were. What is derived is made anew; of the log everything is there or it is refused
/// with its place, at the opening or when it is read, and never is another answer given; what else is
/// kept (documents, what operators said) is whole, or refused, or at most forgotten. `-Dseed=N` runs one
/// case, `-Dcases=N` so many.
final class DamageTest {
    private static final int CASES = Integer.getInteger("cases", 1);
    private static final int DAMAGES = Integer.getInteger("damages", 40);

    @Test
    void damage_to_any_file_is_healed_or_told_and_never_answered(@TempDir Path directory)
            throws Exception {
        ((Trial) DamageTest::harm).several("DamageTest", CASES, directory);
    }

    @Test
    void files_that_end_in_zeros_as_after_a_loss_of_power_keep_nothing_from_opening(
            @TempDir Path directory) throws IOException {
        EngineOptions options = EngineOptions.defaults();
        try (TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
            var _ = Lines.append(engine, List.of(Facts.state("n", "a", 1, "live")));
            var _ = engine.graph().map(AsOf.PRESENT, (_, _) -> true);
        }
        Path presentation = directory.resolve("presentation");
        assertThat(DataCopies.files(presentation)).hasSize(2);
        for (Path file : DataCopies.files(presentation)) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length + 512));
        }
        try (TwinEngine engine = TwinEngine.open(directory, options, TwinEngine.Progress.SILENT)) {
            assertThat(Answers.nodes(engine)).containsExactly("n");
        }
    }

    static void harm(long seed, Path directory) throws Exception {
        new Case(seed, directory).run();
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

    /// What is answered of all there is.
    ///
    /// @param document empty where it is said to be damaged
    private record Seen(List<String> answers, List<String> handlings, Optional<String> document) {}

    private static final class Case {
        private static final String DOCUMENT =
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[]}";

        private final long seed;
        private final Random random;
        private final Path directory;
        private final List<String> lines;
        private String handled = "";

        Case(long seed, Path directory) {
            this.seed = seed;
            this.random = new Random(seed);
            this.directory = directory;
            this.lines = Histories.events(seed);
        }

        private TwinEngine open(Path data) {
            EngineOptions options =
                    EngineOptions.defaults()
                            .withRules(JudgedRules.of(Histories.rules(seed)))
                            .withClock(InstantSource.fixed(Histories.present(lines, seed)))
                            .withShards(2)
                            .withCheckpoints(Long.MAX_VALUE, false);
            return TwinEngine.over(
                    SimulatedLog.openIn(data.resolve("log")),
                    data,
                    options,
                    TwinEngine.Progress.SILENT);
        }

        void run() throws Exception {
            Path whole = directory.resolve("whole");
            fill(whole);
            Seen expected;
            try (TwinEngine engine = open(whole)) {
                expected = see(engine);
            }
            List<Path> files = DataCopies.files(whole);
            Map<String, List<Path>> kinds =
                    files.stream()
                            .filter(file -> !file.endsWith("lock") && !file.endsWith("LOCK"))
                            .collect(
                                    Collectors.groupingBy(
                                            Case::kind, TreeMap::new, Collectors.toList()));
            List<String> names = List.copyOf(kinds.keySet());
            for (int i = 0; i < DAMAGES; i++) {
                List<Path> ofKind = kinds.getOrDefault(names.get(i % names.size()), files);
                Path file = whole.relativize(ofKind.get(random.nextInt(ofKind.size())));
                Path data = directory.resolve("damaged-" + i);
                DataCopies.copy(whole, data);
                Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
                harm(data.resolve(file), damage);
                judge(data, file, expected, damage + " of " + file + ", seed " + seed);
                Foundation.delete(data);
            }
        }

        /// Its directory and how its name ends; what has no number in it, all of it.
        private static String kind(Path file) {
            String name = file.getFileName().toString();
            return file.getName(file.getNameCount() - 2)
                    + " "
                    + name.replaceAll("[0-9a-f]*\\d[0-9a-f]*", "");
        }

        /// Makes a data directory that has a file of every kind.
        private void fill(Path data) throws Exception {
            List<List<String>> batches = Histories.delivery(lines, seed);
            try (TwinEngine engine = open(data)) {
                for (int i = 0; i < batches.size(); i++) {
                    var _ = Lines.append(engine, batches.get(i));
                    if (random.nextInt(Math.max(1, batches.size() / 4)) == 0
                            || i == batches.size() / 2) {
                        engine.checkpoint();
                    }
                }
                byte[] bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
                var _ = engine.trustQueries().put(digest(), new ByteArrayInputStream(bytes));
                var _ = engine.graph().map(AsOf.PRESENT, (_, _) -> true);
                handle(engine);
            }
        }

        private static String digest() throws Exception {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(DOCUMENT.getBytes(StandardCharsets.UTF_8)));
        }

        private void handle(TwinEngine engine) {
            JsonObject inbox =
                    engine.insight()
                            .attention()
                            .list(AsOf.PRESENT, new Filter(null, null, null), null, 3);
            if (inbox.member("items") instanceof JsonArray(List<Json> items)) {
                for (Json item : items) {
                    handled = Answers.value((JsonObject) item, "id").replace("\"", "");
                    for (String note : List.of("first", "second", "third")) {
                        Handling.Order order =
                                new Handling.Order(Action.ASSIGN, "ana", Times.NONE, "ben", note);
                        assertThat(engine.insight().attention().handle(handled, order)).isPresent();
                    }
                }
            }
        }

        private Seen see(TwinEngine engine) throws Exception {
            Optional<String> document;
            try {
                document =
                        engine.trustQueries()
                                .content(digest(), AsOf.PRESENT)
                                .map(Case::text)
                                .or(() -> Optional.of("none"));
            } catch (SbomDamage _) {
                document = Optional.empty();
            }
            List<String> handlings = new ArrayList<>();
            if (!handled.isEmpty()) {
                handlings.add(engine.insight().handlings().of(handled).toString());
            }
            return new Seen(Answers.of(engine), handlings, document);
        }

        private static String text(InputStream in) {
            try (in) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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

        private void judge(Path data, Path file, Seen expected, String what) throws Exception {
            boolean ofLog = file.startsWith("log");
            Seen seen;
            try (TwinEngine engine = open(data)) {
                seen = see(engine);
                boolean agrees = agrees(engine, what);
                assertThat(agrees || ofLog).as(what).isTrue();
            } catch (CorruptLogException e) {
                assertThat(ofLog).as(what + ": " + e.getMessage()).isTrue();
                assertThat(e.file()).as(what).contains(data.resolve("log").toString());
                requireNothingLeft(what);
                return;
            } catch (UncheckedIOException e) {
                assertThat(file.startsWith("presentation")).as(what + ": " + e).isTrue();
                assertThat(e.toString() + e.getCause()).as(what).contains(file.toString());
                requireNothingLeft(what);
                return;
            }
            Answers.requireSame(seen.answers(), expected.answers(), what);
            if (!seen.document().equals(expected.document())) {
                assertThat(file.startsWith("sboms")).as(what).isTrue();
                assertThat(seen.document().orElse("none")).as(what).isEqualTo("none");
            }
            if (!seen.handlings().equals(expected.handlings())) {
                assertThat(file.startsWith("presentation")).as(what).isTrue();
                boolean forgotten =
                        seen.handlings().toString().contains("second")
                                || seen.handlings().toString().contains("first")
                                || seen.handlings().getFirst().equals(Handling.NONE.toString());
                assertThat(forgotten).as(what + seen.handlings()).isTrue();
            }
        }

        /// False where the log is found damaged; what is derived must agree with it.
        private boolean agrees(TwinEngine engine, String what) {
            try {
                assertThat(engine.verify(TwinEngine.Progress.SILENT).differences())
                        .as(what)
                        .isEmpty();
                return true;
            } catch (LogException _) {
                return false;
            }
        }

        /// Who was refused leaves neither threads nor locks.
        private static void requireNothingLeft(String what) {
            assertThat(Thread.getAllStackTraces().keySet())
                    .as(what)
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("twin-"));
        }
    }
}

package io.souverix.twin.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.fleet.Documents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process is killed with -9 while it stores documents, again and again: every document that it said
/// was stored is there and whole, and none is there in part. `-Dseed=N`.
final class SbomKillTest {
    private static final int KILLS = 5;

    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));
    private final Random random = new Random(seed);

    @Test
    void what_was_stored_before_a_kill_is_there_and_whole(@TempDir Path directory)
            throws Exception {
        System.out.println("SbomKillTest seed " + seed);
        int next = 0;
        for (int kill = 0; kill < KILLS && next < SbomKillChild.DOCUMENTS; kill++) {
            next = runAndKill(directory, next);
            requireStored(directory, next);
        }
    }

    /// Lets a child store from a number on, kills it, and gives the number after the last it told.
    private int runAndKill(Path directory, int from) throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SbomKillChild.class.getName(),
                                directory.toString(),
                                Integer.toString(from))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int patience = 1 + random.nextInt(SbomKillChild.DOCUMENTS / KILLS);
        int next = from;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                next = line.equals("DONE") ? next : Integer.parseInt(line) + 1;
                if (next - from >= patience) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return next;
    }

    private void requireStored(Path directory, int told) throws Exception {
        try (Sboms sboms = SbomKillChild.open(directory)) {
            Documents documents = sboms.documents();
            for (int i = 0; i < SbomKillChild.DOCUMENTS; i++) {
                byte[] document = SbomKillChild.document(i);
                String digest = SbomsTest.digest(document);
                if (i < told) {
                    assertThat(documents.holds(digest)).as(i + ", seed " + seed).isTrue();
                }
                if (documents.holds(digest)) {
                    try (InputStream in = sboms.content(digest, documents).orElseThrow()) {
                        assertThat(in.readAllBytes()).as("seed " + seed).isEqualTo(document);
                    }
                    assertThat(sboms.document(digest, documents)).as("seed " + seed).isPresent();
                }
            }
            assertThat(sboms.damaged()).as("seed " + seed).isEmpty();
        }
    }
}

package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a log on a real disk: names, rolls, the lock, an interrupted reader.
final class SegmentLogDirectoryTest {
    private static final SegmentLogOptions SMALL =
            new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES);

    @TempDir Path directory;

    @Test
    void segments_follow_each_other_and_a_sealed_one_never_changes() throws IOException {
        Expected expected = new Expected();
        Map<Path, byte[]> sealed = new HashMap<>();
        try (SegmentLog log = SegmentLog.open(directory, SMALL)) {
            for (int i = 0; i < 50; i++) {
                expected.append(log, new Random(i), 400);
                List<Path> segments = segments();
                for (Path segment : segments.subList(0, segments.size() - 1)) {
                    byte[] bytes = Files.readAllBytes(segment);
                    assertThat(bytes).isEqualTo(sealed.computeIfAbsent(segment, _ -> bytes));
                }
            }
        }
        long address = 0;
        for (Path segment : segments()) {
            assertThat(segment.getFileName()).hasToString("%020d.seg".formatted(address));
            address += Files.size(segment);
        }
        assertThat(sealed).hasSizeGreaterThan(5);
        assertThat(address).isEqualTo(expected.ends().getLast());
    }

    @Test
    void a_segment_grows_to_its_size_and_no_further_unless_one_frame_is_larger()
            throws IOException {
        byte[] small = new byte[100];
        byte[] large = new byte[10_000];
        try (SegmentLog log = SegmentLog.open(directory, SMALL)) {
            for (int i = 0; i < 100; i++) {
                log.append(List.of(RecordBatch.of(small)), i);
            }
            log.append(List.of(RecordBatch.of(large)), 100);
            log.append(List.of(RecordBatch.of(small)), 101);
        }
        int frame = FrameHeader.BYTES + RecordBatch.LENGTH_BYTES + small.length;
        for (Path segment : segments()) {
            long size = Files.size(segment);
            if (size > SMALL.segmentBytes()) {
                assertThat(size)
                        .isEqualTo(
                                SegmentHeader.BYTES
                                        + FrameHeader.BYTES
                                        + RecordBatch.LENGTH_BYTES
                                        + large.length);
            } else {
                assertThat((size - SegmentHeader.BYTES) % frame).isZero();
            }
        }
    }

    @Test
    void without_a_roll_the_chain_is_the_same_as_in_memory() {
        MemoryLog memory = new MemoryLog();
        try (SegmentLog files = SegmentLog.open(directory, SegmentLogOptions.DEFAULT)) {
            new Expected().append(memory, new Random(5), 900);
            new Expected().append(files, new Random(5), 900);
            LogCheck inFiles = files.verify(ProgressListener.SILENT);
            LogCheck inMemory = memory.verify(ProgressListener.SILENT);
            assertThat(inFiles.lastFrameHash()).isEqualTo(inMemory.lastFrameHash());
            assertThat(files.end()).isEqualTo(memory.end());
        }
    }

    @Test
    void a_directory_is_open_once_in_a_process() {
        try (SegmentLog log = SegmentLog.open(directory, SMALL)) {
            Path same = directory.resolve("..").resolve(directory.getFileName());
            EventLogConformance.assertReason(
                    LogException.Reason.LOCKED, () -> SegmentLog.open(same, SMALL));
            assertThat(log.state()).isEqualTo(LogState.OPEN);
        }
        SegmentLog.open(directory, SMALL).close();
    }

    @Test
    void a_directory_is_open_in_one_process() throws Exception {
        try (SegmentLog log = SegmentLog.open(directory, SMALL)) {
            EventLogConformance.assertReason(
                    LogException.Reason.LOCKED, () -> SegmentLog.open(directory, SMALL));
            assertThat(OpeningProcess.run(directory)).contains("LOCKED", directory.toString());
            assertThat(log.state()).isEqualTo(LogState.OPEN);
        }
        assertThat(OpeningProcess.run(directory)).contains("OPENED");
    }

    @Test
    void an_interrupted_reader_harms_nobody() {
        try (SegmentLog log = SegmentLog.open(directory, SMALL)) {
            Expected expected = new Expected();
            expected.append(log, new Random(6), 400);
            Thread.currentThread().interrupt();
            expected.assertIsIn(log);
            expected.append(log, new Random(7), 400);
            assertThat(Thread.interrupted()).isTrue();
            expected.append(log, new Random(8), 400);
            expected.assertIsIn(log);
        }
    }

    @Test
    void files_of_others_are_left_alone() throws IOException {
        Path note = Files.writeString(directory.resolve("note.txt"), "mine");
        Path like = Files.writeString(directory.resolve("1.seg"), "mine");
        SegmentLog.open(directory, SMALL).close();
        SegmentLog.open(directory, SMALL).close();
        assertThat(note).hasContent("mine");
        assertThat(like).hasContent("mine");
    }

    @Test
    void the_size_of_a_segment_has_bounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentLogOptions(SegmentLogOptions.MIN_SEGMENT_BYTES - 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentLogOptions(SegmentLogOptions.MAX_SEGMENT_BYTES + 1));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".seg")).sorted().toList();
        }
    }
}

package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every kind of file flipped, cut, zeroed and deleted: the log holds everything or refuses and says
/// where. It never opens with fewer records than were acknowledged.
final class SegmentLogDamageTest {
    private static final int CASES = 600;

    /// One frame of three batches of five records of 6,000 bytes, and what else is in a segment.
    private static final long LARGEST_FILE = 3 * 5 * 6_100 + SegmentLogOptions.MIN_SEGMENT_BYTES;

    private final SimulatedDisk sound = new SimulatedDisk();
    private final Expected expected = new Expected();
    private Random random = new Random(0);

    /// How a damaged log is found.
    private enum Outcome {
        INTACT,
        REFUSED_TO_OPEN,
        REFUSED_TO_READ
    }

    @BeforeEach
    void write_a_log_of_several_segments() {
        random = Seed.random("SegmentLogDamageTest");
        SimulatedLog.append(sound, expected, random, 40);
        while (SimulatedLog.segments(sound).size() < 5 || framesInLastSegment() < 3) {
            SimulatedLog.append(sound, expected, random, 1);
        }
    }

    private long framesInLastSegment() {
        long base = Segment.base(SimulatedLog.segments(sound).getLast()).orElseThrow();
        return expected.ends().stream().filter(end -> end > base).count();
    }

    @Test
    void the_undamaged_log_is_intact() {
        assertThat(damaged("head", _ -> {})).isEqualTo(Outcome.INTACT);
    }

    @Test
    void a_flipped_bit_in_a_sealed_segment_is_found_when_it_is_read() {
        for (int i = 0; i < CASES; i++) {
            String name = anySealedSegment();
            int offset = random.nextInt(sound.file(name).size());
            Outcome outcome = flipped(name, offset);
            assertThat(outcome).as("%s at %d", name, offset).isNotEqualTo(Outcome.INTACT);
        }
    }

    @Test
    void a_flipped_bit_in_the_last_segment_keeps_the_log_from_opening() {
        String name = SimulatedLog.segments(sound).getLast();
        for (int offset = 0; offset < sound.file(name).size(); offset++) {
            assertThat(flipped(name, offset))
                    .as("%s at %d", name, offset)
                    .isEqualTo(Outcome.REFUSED_TO_OPEN);
        }
    }

    @Test
    void a_flipped_bit_in_the_head_spoils_one_slot_and_the_other_serves() {
        for (int offset = 0; offset < HeadFile.BYTES; offset++) {
            assertThat(flipped("head", offset)).as("at %d", offset).isEqualTo(Outcome.INTACT);
        }
    }

    @Test
    void a_cut_segment_keeps_the_log_from_opening() {
        for (String name : SimulatedLog.segments(sound)) {
            for (int i = 0; i < CASES / 4; i++) {
                int length = random.nextInt(sound.file(name).size());
                assertThat(damaged(name, file -> SimulatedLog.resize(file, length)))
                        .as("%s cut to %d", name, length)
                        .isEqualTo(Outcome.REFUSED_TO_OPEN);
            }
        }
    }

    @Test
    void a_last_segment_cut_between_frames_keeps_the_log_from_opening() {
        String name = SimulatedLog.segments(sound).getLast();
        long base = Segment.base(name).orElseThrow();
        List<Long> boundaries =
                expected.ends().stream()
                        .filter(end -> end > base && end < expected.ends().getLast())
                        .toList();
        assertThat(boundaries).isNotEmpty();
        for (long end : boundaries) {
            assertThat(damaged(name, file -> SimulatedLog.resize(file, (int) (end - base))))
                    .isEqualTo(Outcome.REFUSED_TO_OPEN);
        }
    }

    @Test
    void a_cut_head_opens_with_everything_or_not() {
        for (int length = 0; length < HeadFile.BYTES; length++) {
            int cut = length;
            Outcome outcome = damaged("head", file -> SimulatedLog.resize(file, cut));
            assertThat(outcome)
                    .as("head cut to %d", length)
                    .isEqualTo(length < HeadSlot.BYTES ? Outcome.REFUSED_TO_OPEN : Outcome.INTACT);
        }
    }

    @Test
    void a_zeroed_part_of_a_segment_is_found() {
        for (String name : SimulatedLog.segments(sound)) {
            boolean last = name.equals(SimulatedLog.segments(sound).getLast());
            int size = sound.file(name).size();
            for (int i = 0; i < CASES / 4; i++) {
                int from = random.nextInt(size);
                int to = random.nextBoolean() ? size : from + random.nextInt(size - from) + 1;
                Outcome outcome = damaged(name, file -> SimulatedLog.zero(file, from, to));
                assertThat(outcome)
                        .as("%s zero from %d to %d", name, from, to)
                        .satisfies(found -> assertFound(found, last, isAllZero(name, from, to)));
            }
        }
    }

    private static void assertFound(Outcome outcome, boolean last, boolean unchanged) {
        if (unchanged) {
            assertThat(outcome).isEqualTo(Outcome.INTACT);
        } else if (last) {
            assertThat(outcome).isEqualTo(Outcome.REFUSED_TO_OPEN);
        } else {
            assertThat(outcome).isNotEqualTo(Outcome.INTACT);
        }
    }

    private boolean isAllZero(String name, int from, int to) {
        byte[] bytes = sound.file(name).seen();
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void a_zeroed_head_keeps_the_log_from_opening() {
        assertThat(damaged("head", file -> SimulatedLog.zero(file, 0, HeadFile.BYTES)))
                .isEqualTo(Outcome.REFUSED_TO_OPEN);
    }

    @Test
    void a_deleted_segment_keeps_the_log_from_opening() {
        for (String name : SimulatedLog.segments(sound)) {
            SimulatedDisk disk = sound.copy();
            disk.files().remove(SimulatedDisk.DIRECTORY.resolve(name));
            assertThat(outcome(disk)).as(name).isEqualTo(Outcome.REFUSED_TO_OPEN);
        }
    }

    @Test
    void all_segments_deleted_keep_the_log_from_opening() {
        SimulatedDisk disk = sound.copy();
        disk.files().keySet().removeIf(path -> path.toString().endsWith(Segment.SUFFIX));
        assertThat(outcome(disk)).isEqualTo(Outcome.REFUSED_TO_OPEN);
    }

    @Test
    void a_deleted_head_opens_with_everything_and_a_warning() {
        SimulatedDisk disk = sound.copy();
        disk.files().remove(SimulatedDisk.DIRECTORY.resolve(HeadFile.NAME));
        try (SegmentLog log = SimulatedLog.open(disk)) {
            assertThat(log.recovery().warnings())
                    .singleElement()
                    .asString()
                    .contains("head file is missing", Long.toString(log.end()));
        }
        assertThat(outcome(disk)).isEqualTo(Outcome.INTACT);
    }

    @Test
    void a_broken_slot_of_the_head_is_warned_of_once() {
        SimulatedDisk disk = sound.copy();
        SimulatedLog.flip(disk.file(HeadFile.NAME), 600, 3);
        try (SegmentLog log = SimulatedLog.open(disk)) {
            assertThat(log.recovery().warnings()).singleElement().asString().contains("slot");
        }
        try (SegmentLog log = SimulatedLog.open(disk)) {
            assertThat(log.recovery().warnings()).isEmpty();
        }
    }

    @Test
    void two_segments_that_changed_places_keep_the_log_from_opening() {
        List<String> names = SimulatedLog.segments(sound);
        SimulatedDisk disk = sound.copy();
        byte[] first = disk.file(names.get(1)).seen();
        disk.file(names.get(1)).replace(disk.file(names.get(2)).seen());
        disk.file(names.get(2)).replace(first);
        assertThat(outcome(disk)).isEqualTo(Outcome.REFUSED_TO_OPEN);
    }

    @Test
    void damage_under_an_open_log_is_found_by_a_scan_and_a_verification() {
        SimulatedDisk disk = sound.copy();
        String name = SimulatedLog.segments(disk).getFirst();
        try (SegmentLog log = SimulatedLog.open(disk)) {
            SimulatedLog.flip(disk.file(name), 1_000, 0);
            assertThatThrownBy(() -> log.scan(log.start(), _ -> {}))
                    .isInstanceOf(CorruptLogException.class);
            assertThatThrownBy(() -> log.verify(ProgressListener.SILENT))
                    .isInstanceOf(CorruptLogException.class)
                    .hasMessageContaining(name);
            SimulatedLog.resize(disk.file(name), 1_000);
            assertThatThrownBy(() -> log.scan(log.start(), _ -> {}))
                    .isInstanceOf(CorruptLogException.class);
        }
    }

    private String anySealedSegment() {
        List<String> names = SimulatedLog.segments(sound);
        return names.get(random.nextInt(names.size() - 1));
    }

    private Outcome flipped(String name, int offset) {
        int bit = random.nextInt(8);
        return damaged(name, file -> SimulatedLog.flip(file, offset, bit));
    }

    private Outcome damaged(String name, Consumer<SimulatedFile> damage) {
        SimulatedDisk disk = sound.copy();
        damage.accept(disk.file(name));
        try {
            return outcome(disk);
        } catch (CorruptLogException e) {
            throw new AssertionError(e);
        }
    }

    private Outcome outcome(SimulatedDisk disk) {
        SegmentLog opened;
        try {
            opened = SimulatedLog.open(disk);
        } catch (CorruptLogException e) {
            assertSaysWhere(e);
            return Outcome.REFUSED_TO_OPEN;
        }
        try (SegmentLog log = opened) {
            expected.assertIsIn(log);
            Expected more = expected.copy();
            more.append(log, new Random(1), 50);
            more.assertIsIn(log);
            return Outcome.INTACT;
        } catch (CorruptLogException e) {
            assertSaysWhere(e);
            return Outcome.REFUSED_TO_READ;
        }
    }

    private static void assertSaysWhere(CorruptLogException e) {
        assertThat(e.file()).startsWith(SimulatedDisk.DIRECTORY.toString());
        assertThat(e.offset()).isBetween(0L, LARGEST_FILE);
        assertThat(e.getMessage()).contains(e.file(), e.expected(), e.found());
    }

    @Test
    void a_changed_byte_of_what_is_kept_is_told_with_its_place() throws IOException {
        Expected all = new Expected();
        SimulatedDisk fresh = new SimulatedDisk();
        try (SegmentLog log = SimulatedLog.open(fresh)) {
            for (int i = 0; i < 60; i++) {
                all.append(log, random, 400);
            }
            long place = log.placeBy(log.lastRecordedAtMicros() - 3_000_000);
            long[] kept =
                    all.entries().stream()
                            .mapToLong(Expected.Entry::address)
                            .filter(address -> address < place)
                            .toArray();
            log.dropBefore(place, new Kept(new byte[100], kept), () -> {});
        }
        String name =
                fresh.list(SimulatedDisk.DIRECTORY).stream()
                        .filter(file -> file.endsWith(KeptFile.SUFFIX))
                        .findFirst()
                        .orElseThrow();
        byte[] sound = fresh.file(name).seen().clone();
        for (int i = 0; i < 300; i++) {
            int at = i < 60 ? i * 3 : random.nextInt(sound.length);
            fresh.file(name).replace(sound.clone());
            SimulatedLog.flip(fresh.file(name), at, random.nextInt(8));
            assertThatThrownBy(
                            () -> {
                                try (SegmentLog log = SimulatedLog.open(fresh)) {
                                    log.verify(ProgressListener.SILENT);
                                }
                            })
                    .as("byte " + at)
                    .isInstanceOfSatisfying(
                            CorruptLogException.class, e -> assertThat(e.file()).endsWith(name));
        }
        SimulatedLog.resize(fresh.file(name), sound.length - 1);
        assertThatThrownBy(() -> SimulatedLog.open(fresh)).isInstanceOf(CorruptLogException.class);
        fresh.file(name).replace(sound);
        SimulatedLog.open(fresh).close();
        fresh.delete(SimulatedDisk.DIRECTORY.resolve(name));
        assertThatThrownBy(() -> SimulatedLog.open(fresh)).isInstanceOf(CorruptLogException.class);
    }
}

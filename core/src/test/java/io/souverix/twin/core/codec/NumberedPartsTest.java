package io.souverix.twin.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Parts of states that are known by their bytes. `-Dseed=N`.
class NumberedPartsTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    /// More than there is room for at first, many times over.
    private static final int DIFFERENT = 20_000;

    private record Value(String text, long number) {
        void write(StateWriter out) {
            out.text(text).number(number);
        }

        static Value read(StateReader in) {
            return new Value(in.text(), in.number());
        }
    }

    @Test
    void equal_parts_are_read_once_and_what_follows_them_is_read_on() {
        Value first = new Value("a", 1);
        Value second = new Value("", -1);
        StateWriter out = new StateWriter();
        for (Value value : List.of(first, second, first, second)) {
            out.part(value::write).number(7);
        }
        AtomicInteger reads = new AtomicInteger();
        NumberedParts<Value> known =
                new NumberedParts<>(in -> {
                    reads.incrementAndGet();
                    return Value.read(in);
                });
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            values.add(known.values().get(in.part(known)));
            assertThat(in.number()).isEqualTo(7);
        }
        assertThat(values).containsExactly(first, second, first, second);
        assertThat(values.get(2)).isSameAs(values.get(0));
        assertThat(reads).hasValue(2);
    }

    @Test
    void many_different_parts_are_each_known_by_one_number() {
        System.out.println("NumberedPartsTest seed " + seed);
        Random random = new Random(seed);
        List<Value> written = new ArrayList<>();
        StateWriter out = new StateWriter();
        for (int i = 0; i < DIFFERENT * 3; i++) {
            // Beginnings in common, lengths around the words that are hashed.
            String text = "x".repeat(random.nextInt(18));
            Value value = new Value(text, random.nextInt(DIFFERENT));
            written.add(value);
            out.part(value::write);
        }
        NumberedParts<Value> known = new NumberedParts<>(Value::read);
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);
        for (Value value : written) {
            assertThat(known.values().get(in.part(known))).as("seed " + seed).isEqualTo(value);
        }
        assertThat(known.values())
                .as("seed " + seed)
                .containsExactlyElementsOf(new LinkedHashSet<>(written));
    }

    @Test
    void parts_that_find_no_room_are_read_each_time_and_those_before_them_stay_known() {
        StateWriter out = new StateWriter();
        List<Value> different = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            different.add(new Value("part", i));
        }
        different.forEach(value -> out.part(value::write));
        different.forEach(value -> out.part(value::write));
        NumberedParts<Value> known = new NumberedParts<>(Value::read, 300);
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            values.add(known.values().get(in.part(known)));
        }
        assertThat(values.subList(0, 100)).isEqualTo(different);
        assertThat(values.subList(100, 200)).isEqualTo(different);
        assertThat(values.get(100)).isSameAs(values.get(0));
        assertThat(known.values()).hasSizeBetween(120, 180);
    }
}

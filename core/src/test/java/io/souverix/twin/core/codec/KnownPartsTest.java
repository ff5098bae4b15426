package io.souverix.twin.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Parts of states that are known by their bytes. `-Dseed=N`.
class KnownPartsTest {
    private final long seed = Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

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
        KnownParts<Value> known =
                new KnownParts<>(in -> {
                    reads.incrementAndGet();
                    return Value.read(in);
                });
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            values.add(in.part(known));
            assertThat(in.number()).isEqualTo(7);
        }
        assertThat(values).containsExactly(first, second, first, second);
        assertThat(values.get(2)).isSameAs(values.get(0));
        assertThat(reads).hasValue(2);
    }

    @Test
    void more_different_parts_than_are_kept_are_read_as_they_are() {
        System.out.println("KnownPartsTest seed " + seed);
        Random random = new Random(seed);
        List<Value> written = new ArrayList<>();
        StateWriter out = new StateWriter();
        for (int i = 0; i < KnownParts.MAX_KEPT * 3; i++) {
            // Beginnings in common, lengths around the words that are hashed.
            String text = "x".repeat(random.nextInt(18));
            Value value = new Value(text, random.nextInt(KnownParts.MAX_KEPT));
            written.add(value);
            out.part(value::write);
        }
        KnownParts<Value> known = new KnownParts<>(Value::read);
        StateReader in = new StateReader(out.toByteArray(), Sharing.NONE);
        for (Value value : written) {
            assertThat(in.part(known)).as("seed " + seed).isEqualTo(value);
        }
    }
}

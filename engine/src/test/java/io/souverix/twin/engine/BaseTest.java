package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.souverix.twin.core.codec.StateWriter;
import io.souverix.twin.core.event.EventHash;
import io.souverix.twin.engine.shard.Cutting.Dropped;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a cut notes is read back, in each format it ever had.
final class BaseTest {
    private static final Dropped DROPPED = new Dropped("n", 3, new EventHash(1, 2), 40);

    @Test
    void what_was_noted_is_read() {
        Base read = Base.read(new Base(50, 60, new byte[] {7}, List.of(DROPPED)).write());
        assertThat(read.floorMicros()).isEqualTo(50);
        assertThat(read.cutMicros()).isEqualTo(60);
        assertThat(read.clocks()).containsExactly(7);
        assertThat(read.dropped()).containsExactly(DROPPED);
        assertThat(Base.read(new byte[0])).isEqualTo(Base.NONE);
    }

    @Test
    void format_1_does_not_say_up_to_which_timestamp_something_was_dropped() {
        Base read = Base.read(withoutTimestamps(1));
        assertThat(read.floorMicros()).isEqualTo(50);
        assertThat(read.dropped())
                .containsExactly(new Dropped("n", 3, new EventHash(1, 2), Long.MIN_VALUE));
        assertThatIllegalStateException()
                .isThrownBy(() -> Base.read(withoutTimestamps(3)))
                .withMessageContaining("format 3");
    }

    private static byte[] withoutTimestamps(int format) {
        StateWriter rest = new StateWriter();
        rest.list(
                List.of(DROPPED),
                (out, one) ->
                        out.text(one.node())
                                .number(one.events())
                                .fixed(one.sum().high())
                                .fixed(one.sum().low()));
        byte[] list = rest.toByteArray();
        return ByteBuffer.allocate(4 + 8 + 8 + 8 + 4 + 1 + list.length)
                .putInt(format)
                .putLong(50)
                .putLong(60)
                .putLong(3)
                .putInt(1)
                .put((byte) 7)
                .put(list)
                .array();
    }
}

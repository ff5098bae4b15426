package io.souverix.twin.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Batches hold whole records only, within their bounds.
final class RecordBatchTest {
    @Test
    void a_batch_is_each_length_and_its_bytes() {
        RecordBatch batch = RecordBatch.of(new byte[] {7, 8}, new byte[] {}, new byte[] {9});
        assertThat(Arrays.copyOf(batch.bytes(), batch.length()))
                .containsExactly(2, 0, 0, 0, 7, 8, 0, 0, 0, 0, 1, 0, 0, 0, 9);
        assertThat(batch.count()).isEqualTo(3);
    }

    @Test
    void a_builder_tells_each_offset_and_starts_anew_after_building() {
        RecordBatch.Builder builder = new RecordBatch.Builder();
        assertThat(builder.add(new byte[5])).isZero();
        assertThat(builder.add(new byte[] {1, 2, 3, 4}, 1, 2)).isEqualTo(9);
        RecordBatch first = builder.build();
        assertThat(first.length()).isEqualTo(15);
        assertThat(builder.length()).isZero();
        assertThat(builder.count()).isZero();
        builder.add(new byte[] {6});
        assertThat(first.bytes()[4]).isZero();
        assertThat(first.bytes()[13]).isEqualTo((byte) 2);
    }

    @Test
    void bytes_that_are_not_whole_records_are_refused() {
        byte[] bytes = {2, 0, 0, 0, 7, 8, 1};
        assertThat(new RecordBatch(bytes, 6, 1).count()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordBatch(bytes, 6, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordBatch(bytes, 5, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordBatch(bytes, 7, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordBatch(bytes, 8, 1));
        byte[] negative = {-1, -1, -1, -1, 0, 0};
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordBatch(negative, 6, 1));
    }

    @Test
    void a_record_at_the_bound_is_taken_and_one_above_is_not() {
        RecordBatch.Builder builder = new RecordBatch.Builder();
        builder.add(new byte[EventLog.MAX_RECORD_BYTES]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(new byte[EventLog.MAX_RECORD_BYTES + 1]));
        assertThat(builder.count()).isEqualTo(1);
    }

    @Test
    void a_batch_at_the_bound_of_a_frame_is_taken_and_one_above_is_not() {
        RecordBatch.Builder builder = new RecordBatch.Builder();
        byte[] record = new byte[EventLog.MAX_RECORD_BYTES - RecordBatch.LENGTH_BYTES];
        for (int i = 0; i < EventLog.MAX_FRAME_BYTES / EventLog.MAX_RECORD_BYTES; i++) {
            assertThat(builder.hasRoomFor(record.length)).isTrue();
            builder.add(record);
        }
        assertThat(builder.hasRoomFor(0)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.add(new byte[0]));
        assertThat(builder.build().length()).isEqualTo(EventLog.MAX_FRAME_BYTES);
    }
}

package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZstdFramesTest {
    private static final long SEED =
            Long.getLong("seed", Long.getLong("first.seed", System.nanoTime()));

    /// A frame of one block that says `x` a few times.
    private static byte[] frame(int windowDescriptor) {
        return new byte[] {
            0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) windowDescriptor, 0x43, 0, 0, 'x'
        };
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] read(byte[] compressed) throws IOException {
        InputStream bytes = new ByteArrayInputStream(compressed);
        try (InputStream in = new ZstdInputStream(new ZstdFrames(bytes))) {
            return in.readAllBytes();
        }
    }

    private static byte[] pass(byte[] compressed) throws IOException {
        InputStream bytes = new ByteArrayInputStream(compressed);
        try (InputStream in = new ZstdFrames(bytes)) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_window_up_to_the_bound_is_passed_and_a_larger_one_is_not() throws Exception {
        assertThat(read(frame(23 - 10 << 3))).hasSize(8).containsOnly('x');
        assertThatThrownBy(() -> read(frame((23 - 10 << 3) + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9437184")
                .hasMessageContaining("8388608");
        assertThatThrownBy(() -> pass(frame(0xff))).isInstanceOf(IOException.class);
    }

    @Test
    void every_frame_is_looked_at() throws Exception {
        byte[] small = frame(0);
        byte[] note = {0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
        assertThat(pass(together(small, note, small))).hasSize(31);
        assertThatThrownBy(() -> pass(together(small, note, frame(27 - 10 << 3))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_frame_in_one_segment_needs_a_window_of_its_size() {
        byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xa0, 1, 0, (byte) 0x80, 0};
        assertThatThrownBy(() -> pass(frame)).hasMessageContaining("8388609");
        byte[] huge = new byte[13];
        Arrays.fill(huge, (byte) 0xff);
        System.arraycopy(frame, 0, huge, 0, 4);
        huge[4] = (byte) 0xe0;
        assertThatThrownBy(() -> pass(huge)).hasMessageContaining("18446744073709551615");
    }

    @Test
    void what_a_compressor_makes_is_passed_as_it_is() throws Exception {
        System.out.println("seed: " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 30; round++) {
            byte[] plain = new byte[random.nextInt(600_000)];
            for (int i = 0; i < plain.length; i++) {
                plain[i] = (byte) (random.nextInt(1 + round) + 'a');
            }
            assertThat(read(together(streamed(plain), block(plain))))
                    .isEqualTo(together(plain, plain));
        }
    }

    private static byte[] streamed(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream zstd = new ZstdOutputStream(out)) {
            zstd.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] block(byte[] plain) {
        ZstdJavaCompressor compressor = new ZstdJavaCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(plain.length)];
        int length = compressor.compress(plain, 0, plain.length, target, 0, target.length);
        return Arrays.copyOf(target, length);
    }

    @Test
    void what_is_no_zstandard_is_left_to_the_decompressor() throws Exception {
        byte[] nonsense =
                "plain text, and more of it".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(pass(nonsense)).isEqualTo(nonsense);
    }
}

package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes state field by field; [StateReader] reads it in the same order. Not thread-safe.
public final class StateWriter {
    private byte[] bytes = new byte[512];
    private int length;

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public void clear() {
        length = 0;
    }

    /// A number in as few bytes as it needs (zigzag, seven bits a byte).
    public StateWriter number(long value) {
        reserve(10);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /// Eight bytes as they are.
    public StateWriter fixed(long value) {
        reserve(8);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    public StateWriter truth(boolean value) {
        return number(value ? 1 : 0);
    }

    public StateWriter text(@Nullable String text) {
        if (text == null) {
            return number(-1);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return number(utf8.length).raw(utf8);
    }

    public StateWriter json(@Nullable Json value) {
        if (value == null) {
            return number(-1);
        }
        byte[] utf8 = JsonWriter.bytes(value);
        return number(utf8.length).raw(utf8);
    }

    /// A constant by its place in its enum, or none.
    public StateWriter constant(@Nullable Enum<?> constant) {
        return number(constant == null ? -1 : constant.ordinal());
    }

    public <T> StateWriter list(List<T> elements, BiConsumer<StateWriter, T> writer) {
        number(elements.size());
        for (T element : elements) {
            writer.accept(this, element);
        }
        return this;
    }

    private StateWriter raw(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
        return this;
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
    }
}

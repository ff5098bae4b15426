package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes state field by field; [StateReader] reads it in the same order. Not thread-safe.
public final class StateWriter {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[512];
    private int length;
    private final @Nullable Written[] kept = new Written[MAX_KEPT];

    /// What [#recurring] wrote of this state.
    private final List<byte[]> recurring = new ArrayList<>();

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /// Begins another state.
    public void clear() {
        length = 0;
        recurring.clear();
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
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
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
        byte[] utf8 =
                value instanceof JsonObject object ? written(object) : JsonWriter.bytes(value);
        return number(utf8.length).raw(utf8);
    }

    /// A large object that may stand in a state more than once, as a configuration does: written in
    /// full the first time only. Not for a [#part], which is known without what is around it.
    public StateWriter recurring(@Nullable JsonObject value) {
        if (value == null) {
            return number(-1);
        }
        byte[] utf8 = written(value);
        for (int i = 0; i < recurring.size(); i++) {
            if (Arrays.equals(recurring.get(i), utf8)) {
                return number(-2 - i);
            }
        }
        recurring.add(utf8);
        return number(utf8.length).raw(utf8);
    }

    /// Objects are shared by many nodes: mostly it is one that was written before.
    @SuppressWarnings("ReferenceEquality") // an equal one of another instance is written anew
    private byte[] written(JsonObject object) {
        int place = object.hashCode() & (MAX_KEPT - 1);
        Written known = kept[place];
        if (known == null || known.object != object) {
            known = new Written(object, JsonWriter.bytes(object));
            kept[place] = known;
        }
        return known.utf8;
    }

    /// How many objects are kept as they were written; a power of two.
    private static final int MAX_KEPT = 256;

    @SuppressWarnings("ArrayRecordComponent") // never compared by it
    private record Written(JsonObject object, byte[] utf8) {}

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

    /// A part with its length before it, so that it can be known by its bytes ([NumberedParts]).
    public StateWriter part(Consumer<StateWriter> writer) {
        reserve(Integer.BYTES);
        int from = length + Integer.BYTES;
        length = from;
        writer.accept(this);
        INT.set(bytes, from - Integer.BYTES, length - from);
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

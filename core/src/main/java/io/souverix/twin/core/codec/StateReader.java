package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [StateWriter] wrote, in the same order. Texts and values pass through a [Sharing], so
/// that equal ones are kept once. Not thread-safe.
public final class StateReader {
    static final JsonReader JSON = new JsonReader();
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final Sharing sharing;
    private int at;

    /// What [#recurring] read of this state; null while it read nothing.
    private @Nullable List<JsonObject> recurring;

    public StateReader(byte[] bytes, Sharing sharing) {
        this(bytes, 0, sharing);
    }

    /// Reads what stands in the bytes from a place on.
    public StateReader(byte[] bytes, int from, Sharing sharing) {
        this.bytes = bytes;
        this.at = from;
        this.sharing = sharing;
    }

    /// Where equal values are kept once.
    public Sharing sharing() {
        return sharing;
    }

    /// Where in the bytes it goes on.
    public int place() {
        return at;
    }

    public long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return (value >>> 1) ^ -(value & 1);
    }

    public long fixed() {
        long value = (long) LONG.get(bytes, at);
        at += Long.BYTES;
        return value;
    }

    public boolean truth() {
        return number() == 1;
    }

    /// A text that is always there.
    public String text() {
        String text = optionalText();
        if (text == null) {
            throw new IllegalStateException("found no text where the state has one");
        }
        return text;
    }

    public @Nullable String optionalText() {
        String text = ownText();
        return text == null ? null : sharing.text(text);
    }

    /// A text, or null, that is hardly ever equal to another: it is not looked up.
    public @Nullable String ownText() {
        int length = (int) number();
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /// Passes over a text, or null.
    public void skipText() {
        int length = (int) number();
        at += Math.max(0, length);
    }

    public @Nullable Json optionalJson() {
        int length = (int) number();
        return length < 0 ? null : json(length);
    }

    private Json json(int length) {
        try {
            Json value = sharing.json(bytes, at, length);
            at += length;
            return value;
        } catch (JsonFault e) {
            throw new IllegalStateException("found no JSON at byte " + at, e);
        }
    }

    /// What [StateWriter#recurring] wrote.
    public @Nullable JsonObject recurring() {
        int length = (int) number();
        if (length == -1) {
            return null;
        }
        List<JsonObject> read = recurring;
        if (read == null) {
            read = new ArrayList<>();
            recurring = read;
        }
        if (length < 0) {
            return read.get(-2 - length);
        }
        JsonObject value = (JsonObject) json(length);
        read.add(value);
        return value;
    }

    public <E extends Enum<E>> @Nullable E optionalConstant(E[] constants) {
        int ordinal = (int) number();
        return ordinal < 0 ? null : constants[ordinal];
    }

    /// A constant that is always there.
    public <E extends Enum<E>> E constant(E[] constants) {
        return constants[(int) number()];
    }

    /// What [StateWriter#part] wrote: its number among those that are known.
    public int part(NumberedParts<?> known) {
        int from = at + Integer.BYTES;
        int to = from + (int) INT.get(bytes, at);
        at = from;
        int number = known.number(this, bytes, from, to);
        at = to;
        return number;
    }

    public <T> List<T> list(Function<StateReader, T> reader) {
        int size = (int) number();
        List<T> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(reader.apply(this));
        }
        return elements;
    }
}

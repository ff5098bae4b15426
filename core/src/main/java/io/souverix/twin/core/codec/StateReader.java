package io.souverix.twin.core.codec;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what [StateWriter] wrote, in the same order. Texts and values pass through a [Sharing], so
/// that equal ones are kept once. Not thread-safe.
public final class StateReader {
    private static final JsonReader JSON = new JsonReader();

    private final byte[] bytes;
    private final Sharing sharing;
    private int at;

    public StateReader(byte[] bytes, Sharing sharing) {
        this.bytes = bytes;
        this.sharing = sharing;
    }

    /// Where equal values are kept once.
    public Sharing sharing() {
        return sharing;
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
        long value = 0;
        for (int shift = 0; shift < 64; shift += 8) {
            value |= (bytes[at++] & 0xffL) << shift;
        }
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
        int length = (int) number();
        if (length < 0) {
            return null;
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return sharing.text(text);
    }

    public @Nullable Json optionalJson() {
        int length = (int) number();
        if (length < 0) {
            return null;
        }
        try {
            Json value = JSON.read(bytes, at, length);
            at += length;
            return sharing.json(value);
        } catch (JsonFault e) {
            throw new IllegalStateException("found no JSON at byte " + at, e);
        }
    }

    public <E extends Enum<E>> @Nullable E optionalConstant(E[] constants) {
        int ordinal = (int) number();
        return ordinal < 0 ? null : constants[ordinal];
    }

    /// A constant that is always there.
    public <E extends Enum<E>> E constant(E[] constants) {
        return constants[(int) number()];
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

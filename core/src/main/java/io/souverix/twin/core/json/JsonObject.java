package io.souverix.twin.core.json;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A JSON object. Members stand in the order they were given: sorted by name in everything that was
/// read ([JsonReader]), in the documented order in answers. Names do not repeat.
public sealed class JsonObject implements Json {
    public static final JsonObject EMPTY = new JsonObject(new String[0], new Json[0], true);

    private final String[] names;
    private final Json[] values;
    private final boolean sorted;
    private int hash;

    private JsonObject(String[] names, Json[] values, boolean sorted) {
        this.names = names;
        this.values = values;
        this.sorted = sorted;
    }

    /// Takes over both arrays. Names are sorted ascending by [String#compareTo] without repeats.
    static JsonObject ofSorted(String[] names, Json[] values) {
        return names.length == 0 ? EMPTY : new JsonObject(names, values, true);
    }

    public int size() {
        return names.length;
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    public String name(int index) {
        return names[index];
    }

    public Json value(int index) {
        return values[index];
    }

    public List<String> names() {
        return List.of(names);
    }

    /// The same, and it keeps its text once it is written: for one that is written again and again.
    public JsonObject keepingText() {
        return new Kept(this);
    }

    /// One that keeps its text.
    static final class Kept extends JsonObject {
        /// Null until it is written. A lost race writes it twice.
        private volatile byte @Nullable [] text;

        private Kept(JsonObject object) {
            super(object.names, object.values, object.sorted);
        }

        byte @Nullable [] text() {
            return text;
        }

        /// Takes the array over.
        void keep(byte[] written) {
            text = written;
        }
    }

    /// The member of that name, or null where there is none.
    public @Nullable Json member(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    private int indexOf(String name) {
        if (sorted && names.length > 8) {
            return Arrays.binarySearch(names, name);
        }
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    public void forEach(BiConsumer<String, Json> visitor) {
        for (int i = 0; i < names.length; i++) {
            visitor.accept(names[i], values[i]);
        }
    }

    /// This object with its members sorted by name; nested values are left as they are.
    public JsonObject sortedByName() {
        if (sorted) {
            return this;
        }
        Integer[] order = new Integer[names.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> names[a].compareTo(names[b]));
        String[] sortedNames = new String[names.length];
        Json[] sortedValues = new Json[names.length];
        for (int i = 0; i < order.length; i++) {
            sortedNames[i] = names[order[i]];
            sortedValues[i] = values[order[i]];
        }
        return new JsonObject(sortedNames, sortedValues, true);
    }

    /// A copy (sorted) in which the member has that value, or is absent where `value` is null.
    public JsonObject with(String name, @Nullable Json value) {
        Builder builder = new Builder();
        forEach((member, standing) -> {
            if (!member.equals(name)) {
                builder.put(member, standing);
            }
        });
        if (value != null) {
            builder.put(name, value);
        }
        return builder.build().sortedByName();
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof JsonObject that) || names.length != that.names.length) {
            return false;
        }
        if (hash != 0 && that.hash != 0 && hash != that.hash) {
            return false;
        }
        if (Arrays.equals(names, that.names)) {
            return Arrays.equals(values, that.values);
        }
        JsonObject left = sortedByName();
        JsonObject right = that.sortedByName();
        return left.hashCode() == right.hashCode()
                && Arrays.equals(left.names, right.names)
                && Arrays.equals(left.values, right.values);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int sum = 1;
            for (int i = 0; i < names.length; i++) {
                sum += names[i].hashCode() ^ (31 * values[i].hashCode());
            }
            hash = sum;
        }
        return hash;
    }

    @Override
    public String toString() {
        return JsonWriter.text(this);
    }

    /// Collects members in the order they are put. A name is put once.
    public static final class Builder {
        private String[] names = new String[12];
        private Json[] values = new Json[12];
        private int size;

        /// One that begins with the members of an object.
        public static Builder of(JsonObject object) {
            Builder builder = new Builder();
            object.forEach(builder::put);
            return builder;
        }

        public Builder put(String name, Json value) {
            if (size == names.length) {
                names = Arrays.copyOf(names, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            names[size] = name;
            values[size++] = value;
            return this;
        }

        /// Puts a string, or JSON `null`.
        public Builder put(String name, @Nullable String text) {
            return put(name, Json.of(text));
        }

        public Builder put(String name, long number) {
            return put(name, Json.of(number));
        }

        public Builder put(String name, boolean value) {
            return put(name, Json.of(value));
        }

        /// Puts the member only where there is a value.
        public Builder putPresent(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        public JsonObject build() {
            return new JsonObject(
                    Arrays.copyOf(names, size), Arrays.copyOf(values, size), size < 2);
        }
    }
}

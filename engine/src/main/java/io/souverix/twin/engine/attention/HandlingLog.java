package io.souverix.twin.engine.attention;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// How operators stand to items, by id: in memory, and appended to a file, a JSON object a line, each
/// with its CRC32C and synced before it counts. The last line of an item holds. A last line without its line feed was
/// never acknowledged and is cut off. When the file has grown to several times what stands, it is
/// written anew. Thread-safe.
public final class HandlingLog implements AutoCloseable {
    /// How many items are kept; the ones handled longest ago are forgotten first.
    public static final int MAX_ITEMS = 10_000;

    private static final String SUM = "sum";
    private static final int MAX_LINES = 4 * MAX_ITEMS;

    private final @Nullable Path file;
    private final Map<String, Handling> standing = new LinkedHashMap<>();
    private @Nullable FileChannel channel;
    private int lines;

    private HandlingLog(@Nullable Path file) {
        this.file = file;
    }

    /// Keeps everything in memory.
    public static HandlingLog inMemory() {
        return new HandlingLog(null);
    }

    /// Opens a file, made where there is none.
    ///
    /// @throws UncheckedIOException where it cannot be read or written
    public static HandlingLog open(Path file) {
        HandlingLog log = new HandlingLog(file);
        try {
            log.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        return log;
    }

    private void read(Path from) throws IOException {
        byte[] bytes = Files.exists(from) ? Files.readAllBytes(from) : new byte[0];
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(from, bytes, start, i);
                start = i + 1;
            }
        }
        Files.createDirectories(from.toAbsolutePath().getParent());
        FileChannel opened =
                FileChannel.open(from, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        opened.truncate(start);
        opened.position(start);
        channel = opened;
        syncDirectory(from);
    }

    /// Makes the file's name durable.
    private static void syncDirectory(Path of) throws IOException {
        try (FileChannel folder =
                FileChannel.open(of.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void take(Path from, byte[] bytes, int start, int end) throws IOException {
        lines++;
        try {
            Json line = new JsonReader().read(bytes, start, end - start);
            if (line instanceof JsonObject object
                    && object.member("id") instanceof JsonString(String id)
                    && sum(object).equals(text(object, SUM))) {
                put(id, handling(object));
                return;
            }
        } catch (JsonFault e) {
            throw new IOException(from + ", line " + lines + ": " + e.getMessage(), e);
        }
        throw new IOException(
                from + ", line " + lines + ": found no item with its sum, expected one");
    }

    /// The CRC32C of what a line says besides.
    private static String sum(JsonObject line) {
        CRC32C sum = new CRC32C();
        sum.update(JsonWriter.bytes(line.with(SUM, null)));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private void put(String id, Handling handling) {
        // Taken out first, so that the map stays in the order of handling.
        standing.remove(id);
        standing.put(id, handling);
        if (standing.size() > MAX_ITEMS) {
            standing.remove(standing.keySet().iterator().next());
        }
    }

    private static Handling handling(JsonObject line) {
        return new Handling(
                line.member("acknowledged") == JsonLiteral.TRUE,
                text(line, "assignee"),
                micros(line, "until"),
                text(line, "by"),
                text(line, "note"),
                micros(line, "at"));
    }

    private static @Nullable String text(JsonObject line, String name) {
        return line.member(name) instanceof JsonString(String text) ? text : null;
    }

    private static long micros(JsonObject line, String name) {
        String text = text(line, name);
        return text == null ? Times.NONE : Times.parse(text).orElse(Times.NONE);
    }

    /// How operators stand to an item.
    public synchronized Handling of(String id) {
        return standing.getOrDefault(id, Handling.NONE);
    }

    /// Does what an operator said; it is durable when this returns.
    ///
    /// @throws UncheckedIOException where it cannot be written; then nothing has changed
    public synchronized Handling apply(String id, Handling.Order order, long nowMicros) {
        Handling next = of(id).after(order, nowMicros);
        try {
            if (lines >= MAX_LINES) {
                rewrite();
            }
            write(channel, line(id, next));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        lines++;
        put(id, next);
        return next;
    }

    private static byte[] line(String id, Handling handling) {
        JsonObject shown = handling.json(Long.MAX_VALUE);
        JsonObject.Builder line =
                new JsonObject.Builder().put("id", id).put("acknowledged", handling.acknowledged());
        shown.forEach((name, value) -> {
            if (!name.equals("state")) {
                line.put(name, value);
            }
        });
        JsonObject said = line.build();
        return (JsonWriter.text(said.with(SUM, Json.of(sum(said)))) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable FileChannel target, byte[] bytes) throws IOException {
        if (target == null) {
            return;
        }
        long end = target.position();
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                var _ = target.write(buffer);
            }
            target.force(false);
        } catch (IOException e) {
            target.truncate(end);
            throw e;
        }
    }

    /// Writes what stands to a new file, and puts that in the place of the old one.
    private void rewrite() throws IOException {
        Path target = file;
        if (target == null) {
            lines = standing.size();
            return;
        }
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        FileChannel opened =
                FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        for (Map.Entry<String, Handling> entry : standing.entrySet()) {
            ByteBuffer buffer = ByteBuffer.wrap(line(entry.getKey(), entry.getValue()));
            while (buffer.hasRemaining()) {
                var _ = opened.write(buffer);
            }
        }
        opened.force(true);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(target);
        close();
        channel = opened;
        lines = standing.size();
    }

    @Override
    public synchronized void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + file, e);
            }
        }
    }
}

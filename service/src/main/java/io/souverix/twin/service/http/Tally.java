package io.souverix.twin.service.http;

import io.souverix.twin.core.event.Rejection;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.Appended;
import io.souverix.twin.engine.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// What came of the events of one request: all counted, the first errors and warnings listed.
final class Tally {
    /// How many errors, and how many warnings, an answer lists.
    static final int MAX_LISTED = 1_000;

    /// The code of the entry for a compressed body that breaks.
    static final String CORRUPT_ENCODING = ProblemCode.CORRUPT_ENCODING.word();

    private final List<Json> errors = new ArrayList<>();
    private final List<Json> warnings = new ArrayList<>();
    private final Map<Rejection.Code, Integer> byCode = new EnumMap<>(Rejection.Code.class);
    private @Nullable Position position;
    private long applied;
    private long late;
    private long duplicate;
    private long rejected;
    private boolean corrupt;

    /// @param line number of the line, from 1; 0 where the body has none
    void reject(long index, long line, Rejection rejection) {
        byCode.merge(rejection.code(), 1, Integer::sum);
        reject(
                index,
                line,
                rejection.id(),
                rejection.code().word(),
                rejection.pointer(),
                rejection.detail());
    }

    /// Counts what could not be read of a compressed body as one entry.
    void rejectRest(long index, long line, String detail) {
        corrupt = true;
        reject(index, line, null, CORRUPT_ENCODING, null, detail);
    }

    private void reject(
            long index,
            long line,
            @Nullable String id,
            String code,
            @Nullable String pointer,
            String detail) {
        rejected++;
        if (errors.size() < MAX_LISTED) {
            errors.add(entry(index, line, id, code, pointer, detail));
        }
    }

    /// Counts an append.
    ///
    /// @param indexes where in the request each of its events stood
    void add(Appended appended, IntToLongFunction indexes) {
        applied += appended.applied();
        late += appended.late();
        duplicate += appended.duplicates();
        Position reached = appended.position();
        if (position == null || reached.compareTo(position) > 0) {
            position = reached;
        }
        for (Appended.Warning warning : appended.warnings()) {
            if (warnings.size() < MAX_LISTED) {
                warnings.add(
                        entry(
                                indexes.applyAsLong(warning.index()),
                                0,
                                warning.eventId(),
                                warning.code(),
                                null,
                                warning.detail()));
            }
        }
    }

    private static Json entry(
            long index,
            long line,
            @Nullable String id,
            String code,
            @Nullable String pointer,
            String detail) {
        JsonObject.Builder entry = new JsonObject.Builder().put("index", index);
        if (line > 0) {
            entry.put("line", line);
        }
        if (id != null) {
            entry.put("id", id);
        }
        entry.put("code", code);
        if (pointer != null) {
            entry.put("pointer", pointer);
        }
        return entry.put("detail", detail).build();
    }

    /// How many events are in the log now because of this request, or were before.
    long taken() {
        return applied + late + duplicate;
    }

    long applied() {
        return applied;
    }

    long late() {
        return late;
    }

    long duplicate() {
        return duplicate;
    }

    long rejected() {
        return rejected;
    }

    /// True where the one thing found was that the body does not decompress.
    boolean onlyCorrupt() {
        return corrupt && rejected == 1;
    }

    Map<Rejection.Code, Integer> byCode() {
        return byCode;
    }

    /// Where the last event stands, or where the log stood before where none was appended.
    Position position(Position otherwise) {
        return position == null ? otherwise : position;
    }

    JsonObject json(Position otherwise) {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("position", position(otherwise).token())
                        .put("applied", applied)
                        .put("late", late)
                        .put("duplicate", duplicate)
                        .put("rejected", rejected);
        json.put("errors", new Json.JsonArray(errors));
        json.put("warnings", new Json.JsonArray(warnings));
        return json.build();
    }
}

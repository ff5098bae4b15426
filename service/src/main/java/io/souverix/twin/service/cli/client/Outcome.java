package io.souverix.twin.service.cli.client;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What came of events that were sent, summed over requests.
///
/// @param position of the last request; a read with `min_position` of it sees all of them. Empty
///     before the first
/// @param errors the first refusals, at most [#MAX_LISTED]
/// @param warnings the first doubts about what was kept, at most [#MAX_LISTED]
public record Outcome(
        String position,
        long applied,
        long late,
        long duplicate,
        long rejected,
        List<Remark> errors,
        List<Remark> warnings) {
    /// How many errors, and how many warnings, are listed; all are counted.
    public static final int MAX_LISTED = 20;

    public static final Outcome NOTHING = new Outcome("", 0, 0, 0, 0, List.of(), List.of());

    public Outcome {
        errors = List.copyOf(errors);
        warnings = List.copyOf(warnings);
    }

    /// What the service says of one event.
    ///
    /// @param file where the event came from
    /// @param line where it begins there, from 1
    /// @param id of the event, empty where it could not be read
    /// @param pointer into the event, empty where the text itself is at fault
    public record Remark(
            String file, long line, String id, String code, String pointer, String detail) {
        Json json() {
            JsonObject.Builder json = new JsonObject.Builder().put("file", file).put("line", line);
            if (!id.isEmpty()) {
                json.put("id", id);
            }
            json.put("code", code);
            if (!pointer.isEmpty()) {
                json.put("pointer", pointer);
            }
            return json.put("detail", detail).build();
        }
    }

    public long sent() {
        return applied + late + duplicate + rejected;
    }

    public Outcome plus(Outcome other) {
        return new Outcome(
                other.position.isEmpty() ? position : other.position,
                applied + other.applied,
                late + other.late,
                duplicate + other.duplicate,
                rejected + other.rejected,
                first(errors, other.errors),
                first(warnings, other.warnings));
    }

    private static List<Remark> first(List<Remark> some, List<Remark> more) {
        return Stream.concat(some.stream(), more.stream()).limit(MAX_LISTED).toList();
    }

    /// The sums in the shape of the service's answer, with files and lines in place of indexes.
    public Json json() {
        JsonObject.Builder json =
                new JsonObject.Builder()
                        .put("position", position.isEmpty() ? null : position)
                        .put("applied", applied)
                        .put("late", late)
                        .put("duplicate", duplicate)
                        .put("rejected", rejected)
                        .put("errors", list(errors));
        return warnings.isEmpty() ? json.build() : json.put("warnings", list(warnings)).build();
    }

    private static Json list(List<Remark> remarks) {
        List<Json> list = new ArrayList<>(remarks.size());
        remarks.forEach(remark -> list.add(remark.json()));
        return new Json.JsonArray(list);
    }
}

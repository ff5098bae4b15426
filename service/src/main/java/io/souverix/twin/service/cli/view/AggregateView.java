package io.souverix.twin.service.cli.view;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Members;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Table;
import io.souverix.twin.service.cli.output.Table.Column;
import io.souverix.twin.service.cli.output.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An aggregate. Without groups: its figures one below the other. With groups: a row a group and one
/// for the whole, a column a figure; figures that are zero or unknown in every row are left out.
public final class AggregateView {
    /// How wide the buckets of percentiles are: no figure of the fleet.
    private static final String BUCKET = "bucket_seconds";

    private AggregateView() {}

    public static String text(Json aggregate, Paint paint) {
        List<Json> groups = Members.list(aggregate, "groups");
        Json total = Members.at(aggregate, "total");
        boolean grouped = !Members.isNull(aggregate, "group_by");
        return grouped
                ? table(Members.text(aggregate, "group_by"), groups, total).text(paint)
                : fields(aggregate, total).text(paint);
    }

    private static Fields fields(Json aggregate, Json total) {
        Fields fields =
                new Fields()
                        .heading("Whole fleet")
                        .field("projection", Members.text(aggregate, "projection"))
                        .field("as of", Members.text(aggregate, "at"));
        if (total instanceof JsonObject row) {
            row.forEach((name, value) -> {
                if (!(value instanceof JsonObject)) {
                    fields.field(words(name), cell(value));
                }
            });
            row.forEach((name, value) -> {
                if (value instanceof JsonObject part) {
                    fields.heading(words(name));
                    part.forEach((inner, number) -> fields.field(inner, cell(number)));
                }
            });
        }
        return fields;
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }

    private static Table table(String groupBy, List<Json> groups, Json total) {
        List<Map<String, Json>> rows = new ArrayList<>();
        groups.forEach(group -> rows.add(figures(group)));
        rows.add(figures(total));
        List<String> names =
                rows.getLast().keySet().stream().filter(name -> says(rows, name)).toList();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.text(groupBy.toUpperCase(Locale.ROOT)));
        names.forEach(name -> columns.add(Column.number(name)));
        Table table = new Table(columns);
        for (int i = 0; i < rows.size(); i++) {
            List<Cell> cells = new ArrayList<>();
            cells.add(
                    i < groups.size()
                            ? Members.cell(groups.get(i), "group")
                            : new Cell("total", Tone.STRONG));
            for (String name : names) {
                Json value = rows.get(i).get(name);
                cells.add(value == null ? Cell.of(Members.UNKNOWN) : cell(value));
            }
            table.row(cells);
        }
        return table;
    }

    private static boolean says(List<Map<String, Json>> rows, String name) {
        return name.equals("nodes")
                || !name.endsWith(BUCKET)
                        && rows.stream()
                                .map(row -> row.get(name))
                                .anyMatch(value ->
                                        value instanceof JsonNumber number
                                                && number.value().signum() != 0);
    }

    /// The numbers of a row by their names, in order. Members of `by_…` objects go by their own
    /// name where no other figure has it.
    private static Map<String, Json> figures(Json row) {
        Map<String, Json> figures = new LinkedHashMap<>();
        if (row instanceof JsonObject object) {
            object.forEach((name, value) -> {
                if (value instanceof JsonObject part) {
                    part.forEach((inner, number) -> put(figures, name, inner, number));
                } else if (!name.equals("group")) {
                    figures.put(name, value);
                }
            });
        }
        return figures;
    }

    private static void put(Map<String, Json> figures, String part, String name, Json value) {
        boolean bare = part.startsWith("by_") && !figures.containsKey(name);
        figures.put(bare ? name : part + "." + name, value);
    }

    private static Cell cell(Json value) {
        boolean zero = value instanceof JsonNumber number && number.value().signum() == 0;
        return new Cell(Members.text(value), zero ? Tone.FAINT : Tone.PLAIN);
    }
}

package io.souverix.twin.service.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonFault;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// JSON, YAML, tables and figures as text.
final class OutputTest {
    private static final String SAMPLE =
            """
            {
              "zebra": 1,
              "ant": [
                true,
                null,
                {
                  "text": "a \\"quoted\\" line\\n",
                  "half": 0.5
                }
              ],
              "none": [],
              "empty": {}
            }
            """;

    private static Json read(String text) throws JsonFault {
        return OrderedJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void json_is_indented_and_keeps_its_order() throws JsonFault {
        assertThat(JsonText.of(read(SAMPLE))).isEqualTo(SAMPLE);
    }

    @Test
    void yaml_says_the_same() throws JsonFault {
        assertThat(YamlText.of(read(SAMPLE)))
                .isEqualTo(
                        """
                        zebra: 1
                        ant:
                        - true
                        - null
                        - text: |
                            a "quoted" line
                          half: 0.5
                        none: []
                        empty: {}
                        """);
    }

    @Test
    void yaml_quotes_strings_that_would_read_as_something_else() throws JsonFault {
        assertThat(
                        YamlText.of(
                                read(
                                        "{\"a\": \"1\", \"b\": \"true\", \"c\": \"null\", \"d\": \"\"}")))
                .isEqualTo("a: '1'\nb: 'true'\nc: 'null'\nd: ''\n");
    }

    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        Table table = new Table(Table.Column.text("NAME"), Table.Column.number("N"));
        table.row(Cell.of("a"), Cell.of(1_234)).row(Cell.of("länger"), Cell.of(5));
        assertThat(table.text(Paint.NONE))
                .isEqualTo(
                        """
                        NAME        N
                        a       1,234
                        länger      5
                        """);
    }

    @Test
    void colour_is_around_the_text_and_not_around_the_padding() {
        Table table = new Table(Table.Column.text("A"), Table.Column.text("B"));
        table.row(new Cell("x", Tone.BAD), Cell.of("y"));
        assertThat(table.text(Paint.COLOUR)).contains("\u001b[31mx\u001b[0m  y");
    }

    @Test
    void a_cell_stays_on_its_line() {
        assertThat(Cell.of("a\nb\tc").text()).isEqualTo("a b c");
    }

    @Test
    void fields_stand_in_two_columns_under_headings() {
        Fields fields = new Fields().heading("Top").field("a", "1").field("longer", "2");
        assertThat(fields.text(Paint.NONE)).isEqualTo("Top\n  a       1\n  longer  2\n");
    }

    @Test
    void durations_show_their_two_largest_units() {
        assertThat(Figures.seconds(0)).isEqualTo("0s");
        assertThat(Figures.seconds(59)).isEqualTo("59s");
        assertThat(Figures.seconds(3_600)).isEqualTo("1h");
        assertThat(Figures.seconds(3_725)).isEqualTo("1h 2m");
        assertThat(Figures.seconds(2 * 86_400 + 3_600)).isEqualTo("2d 1h");
    }

    @Test
    void figures_are_written_for_people() {
        assertThat(Figures.counted(1, "node")).isEqualTo("1 node");
        assertThat(Figures.counted(12_345, "node")).isEqualTo("12,345 nodes");
        assertThat(Figures.bytes(512)).isEqualTo("512 B");
        assertThat(Figures.bytes(1_572_864)).isEqualTo("1.5 MiB");
        assertThat(Figures.perSecond(500, 2_000_000_000)).isEqualTo("250/s");
    }

    @Test
    void what_is_absent_reads_as_unknown() throws JsonFault {
        Json value = read("{\"a\": {\"b\": null, \"c\": [\"x\", \"y\"]}}");
        assertThat(Members.text(value, "a", "b")).isEqualTo(Members.UNKNOWN);
        assertThat(Members.text(value, "z", "b")).isEqualTo(Members.UNKNOWN);
        assertThat(Members.text(value, "a", "c")).isEqualTo("x, y");
    }
}

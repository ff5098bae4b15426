package io.souverix.twin.service.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long nanos;

    private ProgressLine line(boolean watched) {
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        Terminal terminal =
                new Terminal(
                        InputStream.nullInputStream(), print, print, watched, watched, Map.of());
        return new ProgressLine(terminal, () -> nanos);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_bar_with_figures_and_rate_is_drawn() {
        ProgressLine line = line(true);
        line.report("folding", 0, 1_000);
        nanos = 2 * SECOND;
        line.report("folding", 500, 1_000);
        assertThat(shown())
                .contains("folding  [############------------] 50 %  500 of 1,000  250/s");
    }

    @Test
    void a_line_is_not_drawn_anew_before_its_time() {
        ProgressLine line = line(true);
        line.report("folding", 1, 1_000);
        nanos = 1_000_000;
        line.report("folding", 2, 1_000);
        assertThat(shown()).doesNotContain("2 of");
        line.report("folding", 1_000, 1_000);
        assertThat(shown()).contains("100 %");
    }

    @Test
    void without_a_total_there_is_no_bar() {
        line(true).report("restoring", 50, -1);
        assertThat(shown()).contains("restoring  50").doesNotContain("[#", "%");
    }

    @Test
    void nothing_is_written_where_nobody_watches() {
        try (ProgressLine line = line(false)) {
            line.report("folding", 1, 2);
        }
        assertThat(shown()).isEmpty();
    }

    @Test
    void the_line_is_gone_in_the_end() {
        try (ProgressLine line = line(true)) {
            line.report("folding", 1, 2);
        }
        assertThat(shown()).endsWith("\r\u001b[K");
    }
}

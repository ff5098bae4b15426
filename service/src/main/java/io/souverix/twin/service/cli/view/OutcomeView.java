package io.souverix.twin.service.cli.view;

import io.souverix.twin.service.cli.client.Outcome;
import io.souverix.twin.service.cli.output.Cell;
import io.souverix.twin.service.cli.output.Fields;
import io.souverix.twin.service.cli.output.Figures;
import io.souverix.twin.service.cli.output.Paint;
import io.souverix.twin.service.cli.output.Tone;
import java.util.List;

/// What came of sending: the sums, and the remarks on single events.
public final class OutcomeView {
    /// How many warnings are shown: they tell of events that were kept.
    private static final int MAX_WARNINGS = 5;

    private OutcomeView() {}

    public static String text(Outcome outcome, Paint paint) {
        Tone rejected = outcome.rejected() == 0 ? Tone.PLAIN : Tone.BAD;
        return new Fields()
                .field("applied", Cell.of(outcome.applied()))
                .field("late", Cell.of(outcome.late()))
                .field("duplicate", Cell.of(outcome.duplicate()))
                .field("rejected", new Cell(Figures.grouped(outcome.rejected()), rejected))
                .field("position", outcome.position())
                .text(paint);
    }

    /// The first refusals and warnings, one a line: file, line, id, code, pointer, words.
    public static String remarks(Outcome outcome, Paint paint) {
        StringBuilder text = new StringBuilder();
        list(text, "rejected", outcome.errors(), Tone.BAD, paint);
        List<Outcome.Remark> warnings = outcome.warnings();
        int shown = Math.min(warnings.size(), MAX_WARNINGS);
        list(text, "warning", warnings.subList(0, shown), Tone.NOTICE, paint);
        long unlisted = outcome.rejected() - outcome.errors().size();
        if (unlisted > 0) {
            text.append("and ").append(Figures.grouped(unlisted)).append(" more rejected\n");
        }
        if (warnings.size() > shown) {
            text.append("and more warnings\n");
        }
        return text.toString();
    }

    private static void list(
            StringBuilder text, String what, List<Outcome.Remark> remarks, Tone tone, Paint paint) {
        for (Outcome.Remark remark : remarks) {
            text.append(remark.file()).append(':').append(remark.line()).append(": ");
            text.append(paint.apply(tone, what)).append(' ').append(remark.code());
            if (!remark.id().isEmpty()) {
                text.append(" (").append(remark.id()).append(')');
            }
            if (!remark.pointer().isEmpty()) {
                text.append(" at ").append(remark.pointer());
            }
            text.append(": ").append(remark.detail()).append('\n');
        }
    }
}

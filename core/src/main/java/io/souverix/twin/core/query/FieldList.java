package io.souverix.twin.core.query;

import io.souverix.twin.core.event.Severity;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.event.Worded;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.twin.TwinView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Collects the fields of a part of the twin, and the trees in it whose keys are free.
final class FieldList {
    static final Kind<String> TEXT = new Kind.Text();
    static final Kind<BigDecimal> NUMBER = new Kind.Decimal();
    static final Kind<Long> INSTANT = new Kind.Instant();
    static final Kind<Long> DURATION = new Kind.Duration();
    static final Kind<Boolean> TRUTH = new Kind.Truth();
    static final Kind<Json> VALUE = new Kind.Value();

    /// `none` and the severities, in rising order.
    static final Kind<String> SEVERITY = severity();

    private final List<Field<?>> fields = new ArrayList<>();
    private final List<Tree> trees = new ArrayList<>();

    /// A part of the twin whose keys are free: paths below it are fields, too.
    record Tree(String name, Function<TwinView, @Nullable Json> read) {}

    private static Kind<String> severity() {
        List<String> words = new ArrayList<>(List.of("none"));
        words.addAll(words(Severity.values()));
        return new Kind.Word(words, true);
    }

    static List<String> words(Worded[] values) {
        return Arrays.stream(values).map(Worded::word).toList();
    }

    List<Field<?>> fields() {
        return fields;
    }

    List<Tree> trees() {
        return trees;
    }

    private <T> FieldList one(String name, Kind<T> kind, Function<TwinView, @Nullable T> read) {
        fields.add(new Field.One<>(name, kind, read));
        return this;
    }

    private <T> FieldList many(String name, Kind<T> kind, Function<TwinView, List<T>> read) {
        fields.add(new Field.Many<>(name, kind, read));
        return this;
    }

    FieldList text(String name, Function<TwinView, @Nullable String> read) {
        return one(name, TEXT, read);
    }

    FieldList texts(String name, Function<TwinView, List<String>> read) {
        return many(name, TEXT, read);
    }

    FieldList word(String name, Worded[] words, Function<TwinView, @Nullable Worded> read) {
        return one(name, new Kind.Word(words(words), false), view -> word(read.apply(view)));
    }

    private static @Nullable String word(@Nullable Worded value) {
        return value == null ? null : value.word();
    }

    FieldList words(String name, List<String> words, Function<TwinView, List<String>> read) {
        return many(name, new Kind.Word(words, false), read);
    }

    /// @param read the worst severity; null stands for `none`
    FieldList severity(String name, Function<TwinView, @Nullable Severity> read) {
        return one(
                name,
                SEVERITY,
                view -> {
                    Severity severity = read.apply(view);
                    return severity == null ? "none" : severity.word();
                });
    }

    /// @param read gives a severity's word, or null where there is none
    FieldList severityWord(String name, Function<TwinView, @Nullable Severity> read) {
        return one(name, SEVERITY, view -> word(read.apply(view)));
    }

    FieldList severities(String name, Function<TwinView, List<String>> read) {
        return many(name, SEVERITY, read);
    }

    /// @param read microseconds, or [Times#NONE]
    FieldList instant(String name, ToLongFunction<TwinView> read) {
        return one(name, INSTANT, view -> known(read.applyAsLong(view)));
    }

    FieldList instants(String name, Function<TwinView, List<Long>> read) {
        return many(name, INSTANT, read);
    }

    static @Nullable Long known(long micros) {
        return micros == Times.NONE ? null : (Long) micros;
    }

    /// @param read a count; negative stands for none
    FieldList count(String name, ToLongFunction<TwinView> read) {
        return one(
                name,
                NUMBER,
                view -> {
                    long count = read.applyAsLong(view);
                    return count < 0 ? null : BigDecimal.valueOf(count);
                });
    }

    FieldList whole(String name, Function<TwinView, @Nullable Long> read) {
        return one(
                name,
                NUMBER,
                view -> {
                    Long number = read.apply(view);
                    return number == null ? null : BigDecimal.valueOf(number);
                });
    }

    FieldList decimal(String name, Function<TwinView, @Nullable BigDecimal> read) {
        return one(name, NUMBER, read);
    }

    FieldList number(String name, Function<TwinView, @Nullable JsonNumber> read) {
        return one(
                name,
                NUMBER,
                view -> {
                    JsonNumber number = read.apply(view);
                    return number == null ? null : number.value();
                });
    }

    FieldList numbers(String name, Function<TwinView, List<BigDecimal>> read) {
        return many(name, NUMBER, read);
    }

    /// A duration, and beside it the whole seconds.
    ///
    /// @param read seconds; negative stands for none
    FieldList duration(String name, ToLongFunction<TwinView> read) {
        one(
                name,
                DURATION,
                view -> {
                    long seconds = read.applyAsLong(view);
                    return seconds < 0 ? null : (Long) seconds;
                });
        return count(name + "_seconds", read);
    }

    FieldList truth(String name, Function<TwinView, @Nullable Boolean> read) {
        return one(name, TRUTH, read);
    }

    FieldList value(String name, Function<TwinView, @Nullable Json> read) {
        return one(name, VALUE, read);
    }

    FieldList tree(String name, Function<TwinView, @Nullable Json> read) {
        trees.add(new Tree(name, read));
        return this;
    }
}

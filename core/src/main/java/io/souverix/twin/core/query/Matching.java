package io.souverix.twin.core.query;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.JsonNumber;
import io.souverix.twin.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Makes of an operator and texts a condition on a single value. The negated operators give the
/// condition they negate.
final class Matching {
    private Matching() {}

    /// @throws InvalidQueryException where a text is none of the kind, or the kind has no such order
    static <T> Predicate<T> condition(Field<T> field, Operator operator, List<String> texts) {
        if (operator.ordering() && !field.kind().ordered()) {
            throw new InvalidQueryException(
                    "found "
                            + field.name()
                            + operator.word()
                            + ", expected == != =in= =out=: its values ("
                            + field.kind().expected()
                            + ") have no order");
        }
        List<Predicate<T>> each = new ArrayList<>();
        for (String text : texts) {
            if (!operator.ordering() && Wildcard.isAnything(text)) {
                return _ -> true;
            }
            each.add(one(field, operator, text));
        }
        return each.size() == 1 ? each.getFirst() : anyOf(each);
    }

    private static <T> Predicate<T> anyOf(List<Predicate<T>> each) {
        return value -> {
            for (Predicate<T> condition : each) {
                if (condition.test(value)) {
                    return true;
                }
            }
            return false;
        };
    }

    /// The cast is sound: the kind says what its values are.
    @SuppressWarnings("unchecked")
    private static <T> Predicate<T> one(Field<T> field, Operator operator, String text) {
        if (operator.ordering()) {
            return ordered(field, operator, text);
        }
        return switch (field.kind()) {
            case Kind.Text _ -> (Predicate<T>) Wildcard.of(text);
            case Kind.Word word -> (Predicate<T>) word(field.name(), word, text);
            case Kind.Value _ -> (Predicate<T>) value(text);
            case Kind.Decimal _, Kind.Instant _, Kind.Duration _, Kind.Truth _ ->
                    ordered(field, operator, text);
        };
    }

    private static <T> Predicate<T> ordered(Field<T> field, Operator operator, String text) {
        Kind<T> kind = field.kind();
        T bound = kind.parse(text).orElseThrow(() -> wrong(field.name(), kind.expected(), text));
        if (kind instanceof Kind.Value) {
            return value ->
                    value instanceof JsonNumber && operator.fits(kind.compare(value, bound));
        }
        return value -> operator.fits(kind.compare(value, bound));
    }

    private static Predicate<String> word(String field, Kind.Word kind, String text) {
        Wildcard pattern = Wildcard.of(text);
        Set<String> words = new HashSet<>();
        for (String word : kind.words()) {
            if (pattern.test(word)) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            throw wrong(field, kind.expected(), text);
        }
        return words::contains;
    }

    private static Predicate<Json> value(String text) {
        Wildcard pattern = Wildcard.of(text);
        Optional<BigDecimal> number = new Kind.Decimal().parse(text);
        return value ->
                switch (value) {
                    case JsonArray _, JsonObject _ -> false;
                    case JsonNumber found when number.isPresent() ->
                            found.value().compareTo(number.get()) == 0;
                    case Json scalar -> pattern.test(Kind.Value.plain(scalar));
                };
    }

    private static InvalidQueryException wrong(String field, String expected, String text) {
        return new InvalidQueryException(
                field + ": found " + InvalidQueryException.shown(text) + ", expected " + expected);
    }
}

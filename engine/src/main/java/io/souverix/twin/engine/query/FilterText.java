package io.souverix.twin.engine.query;

import cz.jirutka.rsql.parser.RSQLParser;
import cz.jirutka.rsql.parser.RSQLParserException;
import cz.jirutka.rsql.parser.UnknownOperatorException;
import cz.jirutka.rsql.parser.ast.AndNode;
import cz.jirutka.rsql.parser.ast.ComparisonNode;
import cz.jirutka.rsql.parser.ast.ComparisonOperator;
import cz.jirutka.rsql.parser.ast.LogicalNode;
import cz.jirutka.rsql.parser.ast.Node;
import cz.jirutka.rsql.parser.ast.RSQLOperators;
import io.souverix.twin.core.query.CompiledFilter;
import io.souverix.twin.core.query.Filter;
import io.souverix.twin.core.query.InvalidQueryException;
import io.souverix.twin.core.query.Operator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads filters written in RSQL.
public final class FilterText {
    private static final Map<ComparisonOperator, Operator> OPERATORS =
            Map.of(
                    RSQLOperators.EQUAL, Operator.EQUAL,
                    RSQLOperators.NOT_EQUAL, Operator.NOT_EQUAL,
                    RSQLOperators.GREATER_THAN, Operator.GREATER,
                    RSQLOperators.GREATER_THAN_OR_EQUAL, Operator.GREATER_OR_EQUAL,
                    RSQLOperators.LESS_THAN, Operator.LESS,
                    RSQLOperators.LESS_THAN_OR_EQUAL, Operator.LESS_OR_EQUAL,
                    RSQLOperators.IN, Operator.IN,
                    RSQLOperators.NOT_IN, Operator.OUT);

    /// Where in a line the parser says a fault is.
    private static final Pattern COLUMN = Pattern.compile("column (\\d{1,5})");

    private static final RSQLParser PARSER = new RSQLParser(OPERATORS.keySet());

    private FilterText() {}

    /// Reads and compiles a filter.
    ///
    /// @throws InvalidQueryException where it is none
    public static CompiledFilter compile(String text) {
        return CompiledFilter.of(text, parse(text));
    }

    /// Reads a filter, without holding it against the catalogue of fields.
    ///
    /// @throws InvalidQueryException where it is none
    public static Filter parse(String text) {
        if (text.length() > Filter.MAX_LENGTH) {
            throw new InvalidQueryException(
                    "found "
                            + text.length()
                            + " characters, expected at most "
                            + Filter.MAX_LENGTH);
        }
        requireShallow(text);
        try {
            return filter(PARSER.parse(text));
        } catch (RSQLParserException e) {
            throw new InvalidQueryException(explained(text, e.getCause()));
        }
    }

    /// The parser goes down with every parenthesis, so they are counted before it does.
    private static void requireShallow(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == ')') {
                depth--;
            } else if (c == '(' && ++depth > Filter.MAX_DEPTH) {
                throw new InvalidQueryException(
                        "found parentheses nested deeper than " + Filter.MAX_DEPTH);
            }
        }
    }

    private static Filter filter(Node node) {
        if (node instanceof ComparisonNode comparison) {
            Operator operator =
                    Optional.ofNullable(OPERATORS.get(comparison.getOperator())).orElseThrow();
            return new Filter.Comparison(
                    comparison.getSelector(), operator, comparison.getArguments());
        }
        LogicalNode logical = (LogicalNode) node;
        List<Filter> parts = logical.getChildren().stream().map(FilterText::filter).toList();
        return logical instanceof AndNode ? new Filter.And(parts) : new Filter.Or(parts);
    }

    private static String explained(String text, @Nullable Throwable cause) {
        if (cause instanceof UnknownOperatorException unknown) {
            return "found the operator "
                    + unknown.getOperator()
                    + ", expected one of "
                    + operators();
        }
        String message = cause == null ? "" : String.valueOf(cause.getMessage());
        if (cause instanceof IllegalArgumentException) {
            return "found a comparison whose " + message;
        }
        return "found "
                + found(text, message)
                + ", expected comparisons such as connectivity.state==live, joined by ; (and) or ,"
                + " (or), with spaces and reserved characters in quotes";
    }

    private static String found(String text, String message) {
        Matcher place = COLUMN.matcher(message);
        if (message.contains("<EOF>")) {
            return "the end after character " + text.length();
        }
        if (!place.find()) {
            return InvalidQueryException.shown(text);
        }
        int column = Math.clamp(Integer.parseInt(place.group(1)), 1, text.length());
        return InvalidQueryException.shown(text.substring(column - 1)) + " at character " + column;
    }

    private static String operators() {
        return Arrays.stream(Operator.values())
                .map(Operator::word)
                .collect(Collectors.joining(" "));
    }
}

package io.souverix.twin.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.query.Filter;
import io.souverix.twin.core.query.Filter.And;
import io.souverix.twin.core.query.Filter.Comparison;
import io.souverix.twin.core.query.Filter.Or;
import io.souverix.twin.core.query.InvalidQueryException;
import io.souverix.twin.core.query.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reading of filters: what is taken, and what is said of what is not.
final class FilterTextTest {
    private static Comparison is(String field, Operator operator, String... values) {
        return new Comparison(field, operator, List.of(values));
    }

    @Test
    void and_binds_closer_than_or() {
        assertThat(FilterText.parse("a==1;b=gt=2,c!=3"))
                .isEqualTo(
                        new Or(
                                List.of(
                                        new And(
                                                List.of(
                                                        is("a", Operator.EQUAL, "1"),
                                                        is("b", Operator.GREATER, "2"))),
                                        is("c", Operator.NOT_EQUAL, "3"))));
    }

    @Test
    void parentheses_lists_and_quotes_are_read() {
        assertThat(FilterText.parse("a=in=(x,'y z',\"q\\\"r\");(b=le=1,b=ge=5)"))
                .isEqualTo(
                        new And(
                                List.of(
                                        is("a", Operator.IN, "x", "y z", "q\"r"),
                                        new Or(
                                                List.of(
                                                        is("b", Operator.LESS_OR_EQUAL, "1"),
                                                        is(
                                                                "b",
                                                                Operator.GREATER_OR_EQUAL,
                                                                "5"))))));
    }

    @Test
    void a_fault_is_told_with_its_place() {
        refused("a==1;;b==2", "found \";b==2\" at character 6");
        refused("a==", "found a comparison whose operator '==' can have exactly 1");
        refused("", "found the end after character 0");
        refused("a=near=5", "found the operator =near=, expected one of == != =gt=");
        refused("(a==1", "found the end after character 5");
    }

    @Test
    void long_deep_and_wide_filters_are_refused_before_they_cost_anything() {
        refused(
                "a==" + "x".repeat(Filter.MAX_LENGTH),
                "found 2051 characters, expected at most 2048");
        refused("(".repeat(500) + "a==1" + ")".repeat(500), "nested deeper than 16");
        assertThatThrownBy(() ->
                        FilterText.compile(
                                String.join(";", java.util.Collections.nCopies(65, "id==a"))))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("found 65 comparisons, expected at most 64");
        FilterText.compile(String.join(";", java.util.Collections.nCopies(64, "id==a")));
    }

    @Test
    void parentheses_in_quotes_nest_nothing() {
        assertThat(FilterText.parse("a=='" + "(".repeat(50) + "'"))
                .isEqualTo(is("a", Operator.EQUAL, "(".repeat(50)));
    }

    @Test
    void an_unknown_field_is_told_with_what_there_is_beside_it() {
        uncompiled(
                "connectivity.stat==live",
                "\"connectivity.stat\", expected one of connectivity.state, connectivity.since");
        uncompiled("nonsense==1", "expected one of authority.*, batch, connectivity.*, drift.*");
        uncompiled("state.actual.a..b==1", "expected keys joined by dots below state.actual");
    }

    @Test
    void a_value_of_the_wrong_kind_is_told_with_the_right_one() {
        uncompiled(
                "connectivity.state==lively",
                "connectivity.state: found \"lively\", expected one of live, delayed");
        uncompiled("connectivity.state=gt=live", "have no order");
        uncompiled("drift.score=gt=much", "drift.score: found \"much\", expected a number");
        uncompiled("connectivity.since=lt=yesterday", "expected an RFC 3339 time");
        uncompiled("connectivity.sync_debt=gt=soon", "expected a duration such as 90m");
        uncompiled("lifecycle.update.overdue==yes", "expected true or false");
        uncompiled("state.actual.rate=gt=fast", "expected a number");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> FilterText.parse(text))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining(message);
    }

    private static void uncompiled(String text, String message) {
        assertThatThrownBy(() -> FilterText.compile(text))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining(message);
    }
}

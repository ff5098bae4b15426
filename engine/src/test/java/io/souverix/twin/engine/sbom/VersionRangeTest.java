package io.souverix.twin.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.Json.JsonArray;
import io.souverix.twin.core.json.Json.JsonString;
import io.souverix.twin.core.json.JsonLiteral;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.engine.sbom.VersionOrder.Ordered;
import io.souverix.twin.engine.sbom.VersionRange.Containment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges of versions, by the letter of VERS, and the orders behind them.
final class VersionRangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "npm >=1.0.0|<2.0.0 1.5.0 INSIDE",
                "npm >=1.0.0,<2.0.0 2.0.0 OUTSIDE",
                "npm vers:npm/<1.0 1.0.0 OUTSIDE",
                "npm <1.0.0 1.0.0-beta.2 INSIDE",
                "npm <1.0.0-beta.11 1.0.0-beta.2 INSIDE",
                "npm =1.2.3 v1.2.3 INSIDE",
                "npm 1.2.3|1.2.5 1.2.4 OUTSIDE",
                "npm !=1.2.3 1.2.4 INSIDE",
                "npm !=1.2.3 1.2.3 OUTSIDE",
                "npm <1.0.0|>=2.0.0|<3.0.0 2.5.0 INSIDE",
                "npm <1.0.0|>=2.0.0|<3.0.0 1.5.0 OUTSIDE",
                "npm >1.0.0|>=1.5.0|<2.0.0 1.2.0 INSIDE",
                "npm >=1.0.0 latest INDETERMINATE",
                "npm * latest INSIDE",
                "npm =latest latest INSIDE",
                "golang <v1.2.3 v1.2.3-0.20200101000000-abcdefabcdef INSIDE",
                "golang >=2 v2.0.0+incompatible INSIDE",
                "golang <v0.0.1 v0.0.0-20190101000000-012345678901 INSIDE",
                "npm <1.0.0 1.0.0-rc-01 INSIDE",
                "npm <1.0.0 1.0.0-rc.01 INDETERMINATE",
                "npm >=1.0.0 1.0.0+build.001 INSIDE",
                "npm >=1.0.0 1.0.0-beta_1-2 INDETERMINATE",
                "npm >=1.0.0|>=1.0.0|<2.0.0 1.5.0 INSIDE",
                "npm >=1.0.0%2Bx 1.0.0 INSIDE",
                "gem <1.0.0 1.0.0.pre INSIDE",
                "gem <1.0.0 1.0.0-rc1 INSIDE",
                "gem <1.0.0.rc2 1.0.0.rc1 INSIDE",
                "gem <1.0.0.rc10 1.0.0.rc9 INSIDE",
                "gem <1.0.0.b1 1.0.0.a10 INSIDE",
                "gem =1.0 1.0.0 INSIDE",
                "gem =1.0.a 1.a.0 INSIDE",
                "gem <=1.8.2 1.8.2.a10 INSIDE",
                "gem <2 junk INDETERMINATE",
                "gem <2 1..2 INDETERMINATE",
                "alpm <1.0 1.0rc INSIDE",
                "alpm <1.0rc 1.0beta INSIDE",
                "alpm <1.0.a 1.0 INSIDE",
                "alpm <1.0.1 1.0.a INSIDE",
                "alpm =1.0-1 1.0 INSIDE",
                "alpm <1.0-2 1.0-1 INSIDE",
                "alpm <1:1.0 2.0 INSIDE",
                "alpm >1.9 1.10 INSIDE",
                "alpm =1.01 1.1 INSIDE",
                "generic vers:intdot/<2.0 1.9 INSIDE",
                "gem <1.0.0.1 1.0.0 INSIDE",
                "cargo <1.0.0 1.0.0-rc.1 INSIDE",
                "generic <3.0.14 3.0.13 INSIDE",
                "generic <2.0 1.2beta-1.0 INDETERMINATE",
                "maven <1.0 1.0-SNAPSHOT INSIDE",
                "maven >=1.0 1.0-alpha-1 OUTSIDE",
                "pypi <1.0 1.0.dev1 INSIDE",
                "pypi >=1.0 abc INDETERMINATE",
                "deb <1.0 1.0~rc1 INSIDE",
                "deb <2.0 1:1.0 OUTSIDE",
                "rpm <1.0 1.0~rc1 INSIDE",
                "composer <2.0 dev-master INDETERMINATE",
                "composer <2.0 v1.0.0 INSIDE",
                "nuget <1.0.0 1.0.0-Beta INSIDE",
                "alpine <1.2.4 1.2.3-r1 INSIDE",
                "unheard-of >=1.0 1.0.0.1 INSIDE"
            })
    void a_version_is_inside_outside_or_cannot_be_ordered(
            String type, String range, String version, Containment expected) {
        assertThat(VersionRange.parse(range, type).contains(version)).isEqualTo(expected);
    }

    @Test
    void a_version_that_is_not_known_cannot_be_ordered_but_is_one_of_all() {
        assertThat(VersionRange.parse(">=1", "npm").contains(null))
                .isEqualTo(Containment.INDETERMINATE);
        assertThat(VersionRange.parse(null, "npm").contains(null)).isEqualTo(Containment.INSIDE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ">=",
                "vers:pypi/>1.0",
                "vers:npm",
                ">=latest",
                ">=1.0|<1.0",
                "vers:none/*",
                ">=1.0%zz",
                "1.0||2.0",
                "vers:npm/"
            })
    void what_is_no_range_is_refused(String range) {
        assertThatThrownBy(() -> VersionRange.parse(range, "npm"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"npm_range_containment.json", "pypi_range_containment.json"})
    void the_vectors_of_others_agree_on_what_a_range_contains(String name) throws Exception {
        for (JsonObject test : vectors(name)) {
            JsonObject input = (JsonObject) Objects.requireNonNull(test.member("input"));
            String vers = text(input, "vers");
            String type = vers.substring("vers:".length(), vers.indexOf('/'));
            Containment expected =
                    test.member("expected_output") == JsonLiteral.TRUE
                            ? Containment.INSIDE
                            : Containment.OUTSIDE;
            assertThat(VersionRange.parse(vers, type).contains(text(input, "version")))
                    .as(test.toString())
                    .isEqualTo(expected);
        }
    }

    /// The Maven file has three cases that no library passes.
    @ParameterizedTest
    @CsvSource({"nuget_version_cmp.json, 0", "maven_version_cmp.json, 3"})
    void the_vectors_of_others_agree_on_the_order(String name, int known) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (JsonObject test : vectors(name)) {
            JsonObject input = (JsonObject) Objects.requireNonNull(test.member("input"));
            VersionOrder order = VersionOrder.ofType(text(input, "input_scheme"));
            boolean equality = "equality".equals(text(test, "test_type"));
            List<String> given = texts(input, "versions");
            Ordered a = order.read(given.getFirst()).orElseThrow();
            Ordered b = order.read(given.getLast()).orElseThrow();
            boolean right =
                    equality
                            ? (a.compareTo(b) == 0)
                                    == (test.member("expected_output") == JsonLiteral.TRUE)
                            : (a.compareTo(b) <= 0)
                                    == texts(test, "expected_output")
                                            .getFirst()
                                            .equalsIgnoreCase(given.getFirst());
            if (!right) {
                wrong.add(test.toString());
            }
        }
        assertThat(wrong.stream().distinct().toList()).hasSizeLessThanOrEqualTo(known);
    }

    private static List<JsonObject> vectors(String name) throws Exception {
        Path file = OthersData.at("vers/" + name);
        JsonObject document = (JsonObject) new JsonReader().read(Files.readAllBytes(file));
        JsonArray tests = (JsonArray) Objects.requireNonNull(document.member("tests"));
        return tests.elements().stream().map(test -> (JsonObject) test).toList();
    }

    private static String text(JsonObject object, String member) {
        return ((JsonString) Objects.requireNonNull(object.member(member))).value();
    }

    private static List<String> texts(JsonObject object, String member) {
        List<Json> elements =
                ((JsonArray) Objects.requireNonNull(object.member(member))).elements();
        return elements.stream().map(each -> ((JsonString) each).value()).toList();
    }
}

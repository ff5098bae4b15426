package io.souverix.twin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.Json;
import io.souverix.twin.core.json.JsonWriter;
import io.souverix.twin.engine.judge.JudgeRules;
import io.souverix.twin.engine.judge.Pki;
import io.souverix.twin.engine.past.AsOf;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Chains of certificates that another program made: what each proves, and how that is said.
final class CertificateChainTest {
    private static final Instant NOW = Facts.START.plusSeconds(3 * 86_400);

    private static TwinEngine engine(String... anchors) {
        JudgeRules rules =
                JudgeRules.defaults().trusting(new Pki.Trusted(List.of(anchors), List.of()));
        return TwinEngine.inMemory(
                EngineOptions.defaults()
                        .withRules(JudgedRules.of(rules))
                        .withClock(InstantSource.fixed(NOW)));
    }

    /// The verdict and the reason of a node's chain; certificates by name, joined by `+`.
    private static String judged(TwinEngine engine, String node, String chain, AsOf asOf) {
        String certificates =
                Arrays.stream(chain.split("\\+", -1))
                        .map(name ->
                                "{'issuer':'any','subject':'any','valid_until':'2020-01-01T00:00:00Z','pem':"
                                        + pem(name)
                                        + "}")
                        .collect(Collectors.joining(","));
        String line =
                Facts.node(
                        node,
                        "c-" + chain,
                        0,
                        "certificate_rotated",
                        "{'certificate_chain':[" + certificates + "]}");
        var _ = Lines.append(engine, List.of(line));
        Answer trust = engine.trust(node, asOf);
        return (Answers.value(trust, "parts/certificate_chain/verdict")
                        + " "
                        + Answers.value(trust, "parts/certificate_chain/reason"))
                .replace("\"", "");
    }

    private static String pem(String name) {
        return JsonWriter.text(Json.of(name.equals("none") ? "no PEM" : Pki.pem(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node-1 | good1+zone      | affirming validated up to an anchor",
                "node-1 | good1+zone+root | affirming validated up to an anchor",
                "node-1 | direct1         | affirming validated up to an anchor",
                "node-2 | good2+zone      | affirming validated up to an anchor",
                "node-3 | good3+zone      | affirming validated up to an anchor",
                "node-1 | short1+zone     | warning the certificate of any expires 2026-03-01",
                "node-1 | expired1+zone   | contraindicated the certificate of any expired 2026-02-20",
                "node-2 | good1+zone      | contraindicated found a leaf made out to [node-1], expected node-2",
                "node-1 | wrong+zone      | contraindicated found a leaf made out to [node-99], expected node-1",
                "node-1 | good1           | contraindicated certificate 1 (O=Souverix,CN=node-1): found issuer O=Souverix,CN=zone-ca, expected one of the anchors or an intermediate",
                "node-1 | foreign1+foreign | contraindicated certificate 2 (O=Souverix,CN=foreign-ca): found issuer O=Souverix,CN=foreign-ca",
                "node-1 | impostor1       | contraindicated certificate 1 (O=Souverix,CN=node-1): found issuer O=Souverix,CN=root-ca, expected one of the anchors",
                "node-1 | broken1+zone    | contraindicated certificate 1 (O=Souverix,CN=node-1): found a signature",
                "node-1 | under_leaf1+good2+zone | contraindicated certificate 2",
                "node-1 | self1           | contraindicated certificate 1",
                "node-1 | none            | contraindicated malformed: found no PEM block"
            })
    void a_chain_is_judged_by_names_signatures_and_dates(
            String node, String chain, String expected) {
        try (TwinEngine engine = engine("root")) {
            assertThat(judged(engine, node, chain, AsOf.PRESENT)).startsWith(expected);
        }
    }

    @Test
    void a_certificate_is_not_valid_before_its_time_whatever_the_clock_says() {
        try (TwinEngine engine = engine("root")) {
            long before = Times.micros(Facts.START.plusSeconds(86_400));
            assertThat(judged(engine, "node-1", "future1+zone", AsOf.at(before)))
                    .isEqualTo(
                            "contraindicated the certificate of any is not valid before 2026-02-25T12:00:00Z");
            assertThat(judged(engine, "node-1", "future1+zone", AsOf.PRESENT))
                    .startsWith("affirming");
        }
    }

    @Test
    void without_anchors_a_chain_is_a_warning_at_best() {
        try (TwinEngine engine = engine()) {
            assertThat(judged(engine, "node-1", "good1+zone", AsOf.PRESENT))
                    .startsWith("warning found PEM certificates");
        }
        try (TwinEngine engine = engine()) {
            assertThat(judged(engine, "node-1", "broken1+zone", AsOf.PRESENT))
                    .startsWith("contraindicated");
        }
    }

    @Test
    void an_intermediate_or_a_leaf_may_be_an_anchor() {
        try (TwinEngine engine = engine("zone")) {
            assertThat(judged(engine, "node-1", "good1+zone", AsOf.PRESENT))
                    .startsWith("affirming");
        }
        try (TwinEngine engine = engine("self1")) {
            assertThat(judged(engine, "node-1", "self1", AsOf.PRESENT)).startsWith("affirming");
        }
    }
}

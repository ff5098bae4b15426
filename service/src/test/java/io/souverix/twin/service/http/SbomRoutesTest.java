package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents over HTTP, and what is found by them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SbomRoutesTest {
    private static final String OLD = document("4.17.20");
    private static final String NEW = document("4.17.21");

    private final Served served = Served.start();

    @AfterAll
    void stop() {
        served.close();
    }

    private static String document(String version) {
        return """
        {"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library",
         "name":"lodash","version":"%s","purl":"pkg:npm/lodash@%s"}]}\
        """
                .formatted(version, version);
    }

    private static String digest(String document) throws Exception {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Served.Reply put(String digest, String document, String... headers) {
        var request = served.request("/v1/sboms/" + digest).PUT(BodyPublishers.ofString(document));
        return served.send(headers.length == 0 ? request : request.headers(headers));
    }

    @Test
    void a_document_is_put_once_and_read_as_it_was() throws Exception {
        String digest = digest(OLD);
        assertThat(put("sha256:" + digest, OLD).status()).isIn(200, 201);
        Served.Reply again = put(digest, OLD, "Content-Type", "application/vnd.cyclonedx+json");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.at("digest")).isEqualTo("sha256:" + digest);
        Served.Reply read = served.get("/v1/sboms/" + digest);
        assertThat(read.text()).isEqualTo(OLD);
        assertThat(
                        served.get(
                                        "/v1/sboms/" + digest,
                                        "Accept",
                                        "application/vnd.cyclonedx+json")
                                .header("Content-Type"))
                .isEqualTo("application/vnd.cyclonedx+json");
        assertThat(served.get("/v1/sboms/" + digest + "?known_at=2020-01-01T00:00:00Z").status())
                .isEqualTo(404);
    }

    @Test
    void what_changes_between_two_documents_is_listed() throws Exception {
        assertThat(put(digest(OLD), OLD).status()).isIn(200, 201);
        assertThat(put(digest(NEW), NEW).status()).isIn(200, 201);
        Served.Reply diff = served.get("/v1/sboms/" + digest(OLD) + "/diff/" + digest(NEW));
        assertThat(diff.at("changed", "0", "from")).isEqualTo("4.17.20");
        assertThat(diff.at("changed", "0", "to")).isEqualTo("4.17.21");
        Served.Reply unknown = served.get("/v1/sboms/" + digest(OLD) + "/diff/" + "a".repeat(64));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).contains("unknown_sbom", "aaaa");
    }

    @Test
    void the_nodes_that_run_a_package_are_found() throws Exception {
        assertThat(put(digest(OLD), OLD).status()).isIn(200, 201);
        served.take(
                "{\"id\":\"e\",\"timestamp\":\"2026-02-27T00:00:00Z\",\"node_id\":\"n1\","
                        + "\"event_type\":\"actual_state_reported\",\"payload\":{\"sbom_hash\":\""
                        + digest(OLD)
                        + "\"}}");
        Served.Reply reply =
                served.get("/v1/sboms/affected?purl=pkg:npm/lodash&versions=%3C4.17.21");
        assertThat(reply.at("nodes", "0", "node_id")).isEqualTo("n1");
        assertThat(reply.at("nodes", "0", "path")).isEqualTo("[\"pkg:npm/lodash@4.17.20\"]");
        assertThat(served.get("/v1/sboms/affected?purl=pkg:npm/lodash@4.17.21").at("total"))
                .isEqualTo("0");
        assertThat(served.get("/v1/twins/n1/trust").at("parts", "sbom", "verdict"))
                .isEqualTo("affirming");
    }

    @ParameterizedTest
    @CsvSource({
        "?versions=1, invalid_parameter",
        "?purl=lodash, invalid_parameter",
        "?purl=pkg:npm/a&versions=vers:pypi/1, invalid_parameter",
        "?purl=pkg:npm/a&versions=%3E%3D, invalid_parameter",
        "?purl=pkg:npm/a&cursor=x, invalid_parameter",
        "?purl=pkg:npm/a&version=1, unknown_parameter"
    })
    void a_question_that_cannot_be_read_is_refused(String query, String code) {
        Served.Reply reply = served.get("/v1/sboms/affected" + query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("code")).isEqualTo(code);
    }

    @Test
    void what_is_no_document_is_refused() throws Exception {
        assertThat(put("a".repeat(64), OLD).at("code")).isEqualTo("digest_mismatch");
        assertThat(put("abc", OLD).at("code")).isEqualTo("malformed_digest");
        assertThat(put(digest("{}"), "{}").at("code")).isEqualTo("not_cyclonedx");
        assertThat(put(digest("{"), "{").at("code")).isEqualTo("malformed_json");
        assertThat(put(digest(OLD), OLD, "Content-Type", "text/xml").status()).isEqualTo(415);
        assertThat(put(digest(OLD), OLD, "Content-Encoding", "gzip").status()).isEqualTo(415);
        assertThat(served.get("/v1/sboms/" + "b".repeat(64)).at("code")).isEqualTo("unknown_sbom");
    }

    @Test
    void certificates_are_listed_by_their_end() {
        String line =
                "{\"id\":\"c\",\"timestamp\":\"2026-02-27T00:00:00Z\",\"node_id\":\"%s\","
                        + "\"event_type\":\"certificate_rotated\",\"payload\":{\"certificate_chain\":"
                        + "[{\"issuer\":\"ca\",\"subject\":\"%s\",\"valid_until\":\"%s\"}]}}";
        served.take(
                line.formatted("c1", "c1", "2026-03-20T00:00:00Z"),
                line.formatted("c2", "c2", "2026-02-28T00:00:00Z"),
                line.formatted("c3", "c3", "2027-02-28T00:00:00Z"));
        Served.Reply soon = served.get("/v1/trust/certificates?expiring_within=30d&limit=1");
        assertThat(soon.number("total")).isEqualTo(2);
        assertThat(soon.number("expired")).isEqualTo(1);
        assertThat(soon.at("certificates", "0", "node_id")).isEqualTo("c2");
        Served.Reply next =
                served.get(
                        "/v1/trust/certificates?expiring_within=30d&limit=1&cursor="
                                + soon.at("next_cursor"));
        assertThat(next.at("certificates", "0", "node_id")).isEqualTo("c1");
        assertThat(next.at("next_cursor")).isEqualTo("absent");
        assertThat(served.get("/v1/trust/certificates?expiring_within=soon").status())
                .isEqualTo(400);
    }
}

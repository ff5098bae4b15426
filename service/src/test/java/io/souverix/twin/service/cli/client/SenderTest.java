package io.souverix.twin.service.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a sender bears with a service that is busy, against a server that answers from a script.
final class SenderTest {
    private static final String TAKEN =
            """
            {"position":"p","applied":1,"late":0,"duplicate":0,"rejected":1,
             "errors":[{"index":1,"code":"invalid_payload","pointer":"/payload/to","detail":"d"}]}
            """;

    private final HttpServer server;
    private final List<Answer> script = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Batch batch = new Batch();

    /// @param retryAfter seconds, or null for no such header
    private record Answer(int status, @Nullable String retryAfter, String body) {}

    SenderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/v1/events",
                exchange -> {
                    bodies.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    Answer answer = script.size() > 1 ? script.removeFirst() : script.getFirst();
                    if (answer.retryAfter() != null) {
                        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter());
                    }
                    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @BeforeEach
    void fill_the_batch() {
        batch.add("one".getBytes(StandardCharsets.UTF_8), 17);
        batch.add("two".getBytes(StandardCharsets.UTF_8), 23);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Outcome send() {
        try (ServiceClient client =
                new ServiceClient("http://127.0.0.1:" + server.getAddress().getPort())) {
            return new Sender(client, pauses::add).send(batch, "file");
        }
    }

    @Test
    void events_go_as_lines_and_errors_come_back_with_the_lines_of_the_file() {
        script.add(new Answer(200, null, TAKEN));
        Outcome outcome = send();
        assertThat(bodies).containsExactly("one\ntwo\n");
        assertThat(outcome.sent()).isEqualTo(2);
        assertThat(outcome.errors())
                .containsExactly(
                        new Outcome.Remark("file", 23, "", "invalid_payload", "/payload/to", "d"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_busy_service_is_asked_again_when_it_says_so() {
        script.add(new Answer(429, "2", "{\"code\":\"overloaded\"}"));
        script.add(new Answer(503, null, "{\"code\":\"unavailable\"}"));
        script.add(new Answer(200, null, TAKEN));
        assertThat(send().applied()).isEqualTo(1);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofMillis(400));
    }

    @Test
    void patience_has_an_end_and_a_pause_a_bound() {
        script.add(new Answer(503, "9999", "{\"code\":\"unavailable\",\"detail\":\"disk full\"}"));
        assertThatThrownBy(this::send)
                .isInstanceOf(Failure.class)
                .hasMessageContaining("disk full")
                .hasMessageContaining("gave up after " + Sender.MAX_ATTEMPTS);
        assertThat(bodies).hasSize(Sender.MAX_ATTEMPTS);
        assertThat(pauses).containsOnly(Sender.LONGEST_PAUSE);
    }

    @Test
    void events_that_are_all_refused_are_an_outcome() {
        script.add(new Answer(422, null, TAKEN));
        assertThat(send().rejected()).isEqualTo(1);
    }

    @Test
    void another_refusal_is_a_failure_in_the_words_of_the_service() {
        script.add(
                new Answer(415, null, "{\"code\":\"unsupported_media_type\",\"detail\":\"no\"}"));
        assertThatThrownBy(this::send)
                .isInstanceOf(Failure.class)
                .hasMessage("no (unsupported_media_type)");
        assertThat(bodies).hasSize(1);
    }

    @Test
    void an_answer_that_is_not_of_a_twin_service_is_told_as_such() {
        script.add(new Answer(200, null, "<html>hello</html>"));
        assertThatThrownBy(this::send)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.advice()).contains("Is a twin service at"));
    }

    @Test
    void a_batch_is_full_at_its_bounds() {
        Batch many = new Batch();
        for (int i = 0; i < Batch.MAX_EVENTS; i++) {
            assertThat(many.isFull()).isFalse();
            many.add(new byte[] {'1'}, i);
        }
        assertThat(many.isFull()).isTrue();
        many.clear();
        many.add(new byte[Batch.MAX_BYTES], 1);
        assertThat(many.isFull()).isTrue();
    }
}

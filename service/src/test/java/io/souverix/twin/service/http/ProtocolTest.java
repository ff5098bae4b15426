package io.souverix.twin.service.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProtocolTest {
    private Served served = Served.start();

    @AfterEach
    void stop() {
        served.close();
    }

    private void restart(ServerSettings.Limits limits) {
        served.close();
        served = Served.start(settings -> settings.withLimits(limits));
    }

    private static ServerSettings.Limits limits(
            int connections, int requests, int appends, Duration readTimeout) {
        Duration bookmark = ServerSettings.Limits.DEFAULT.bookmark();
        return new ServerSettings.Limits(connections, requests, appends, 10, readTimeout, bookmark);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server().port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// The head of a request that brings events.
    private static String post(String mediaType, String... headers) {
        return "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + mediaType
                + "\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n";
    }

    private static String lines(String... headers) {
        return post("application/x-ndjson", headers);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void an_unknown_path_is_no_route() {
        for (String path : List.of("/v2", "/v1", "/v1/twin", "/v1/twins/", "/favicon.ico", "//")) {
            Served.Reply reply = served.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.at("code")).as(path).isEqualTo("no_such_route");
            assertThat(reply.header("X-Position")).isNotEmpty();
        }
    }

    @Test
    void a_wrong_method_is_told_the_right_ones() {
        Served.Reply reply = served.send(served.request("/v1/twins/x/drift").DELETE());
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(reply.at("code")).isEqualTo("method_not_allowed");
        Served.Reply events = served.get("/v1/events");
        assertThat(events.status()).isEqualTo(405);
        assertThat(events.header("Allow")).isEqualTo("POST");
    }

    @Test
    void a_head_request_has_the_headers_and_no_body() {
        served.take(Events.live("a", 1));
        Served.Reply head =
                served.send(
                        served.request("/v1/twins/node-1").method("HEAD", BodyPublishers.noBody()));
        Served.Reply whole = served.get("/v1/twins/node-1");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("ETag")).isEqualTo(whole.header("ETag"));
        assertThat(head.header("Content-Length")).isEqualTo(whole.header("Content-Length"));
        assertThat(
                        served.send(
                                        served.request("/v1/twins/node-9")
                                                .method("HEAD", BodyPublishers.noBody()))
                                .status())
                .isEqualTo(404);
    }

    @Test
    void what_a_client_does_not_accept_is_406() {
        Served.Reply reply = served.get("/v1/twins", "Accept", "text/csv, application/*;q=0");
        assertThat(reply.status()).isEqualTo(406);
        assertThat(reply.at("detail")).contains("application/json or application/x-ndjson");
        assertThat(served.get("/v1/twins", "Accept", "text/html, */*;q=0.1").status())
                .isEqualTo(200);
        assertThat(served.get("/v1/rules", "Accept", "application/x-ndjson").status())
                .isEqualTo(406);
    }

    @Test
    void a_refused_answer_format_costs_no_event_its_place() {
        Served.Reply reply =
                served.post(
                        "application/json",
                        BodyPublishers.ofString(Events.live("a", 1)),
                        "Accept",
                        "text/csv");
        assertThat(reply.status()).isEqualTo(406);
        assertThat(served.get("/v1/twins/node-1").status()).isEqualTo(404);
    }

    @Test
    void queries_headers_and_request_lines_have_bounds() throws Exception {
        Served.Reply query = served.get("/v1/twins?cursor=" + "x".repeat(4_096));
        assertThat(query.status()).isEqualTo(414);
        assertThat(exchange("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("uri_too_long");
        assertThat(
                        exchange(
                                "GET /v1/twins HTTP/1.1\r\nHost: x\r\nA: "
                                        + "x".repeat(17_000)
                                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("at most 16 KiB of headers");
    }

    @Test
    void what_is_no_http_is_answered_400_and_closed() throws Exception {
        for (String nonsense :
                List.of(
                        "nonsense\r\n\r\n",
                        "GET /v1/twins HTTP/9.9\r\nHost: x\r\n\r\n",
                        "GET /v1/twins?a=<> HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /v1/twins/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                        "GET /v1/twins HTTP/1.1\r\n\r\n",
                        "POST /v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1x\r\n\r\n",
                        lines("Content-Length: 1", "Transfer-Encoding: chunked"))) {
            String answer = exchange(nonsense);
            assertThat(answer).as(nonsense).matches("(?s)HTTP/1\\.1 (400|505) .*");
            assertThat(answer).as(nonsense).contains("problem+json").doesNotContain("Exception");
        }
    }

    @Test
    void lines_that_came_whole_are_kept_when_the_connection_breaks() throws Exception {
        String whole = Events.live("a", 1) + "\n" + Events.live("b", 2) + "\n";
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            (lines("Content-Length: 100000") + whole + Events.live("c", 3))
                                    .getBytes(UTF_8));
        }
        awaitTwin();
        assertThat(served.get("/v1/twins/node-1/events").list("events")).hasSize(2);
    }

    @Test
    void a_document_that_breaks_off_is_not_taken() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            (post("application/json", "Content-Length: 100000")
                                            + Events.live("c", 3))
                                    .getBytes(UTF_8));
        }
        served.take(Events.live("a", 1));
        assertThat(served.get("/v1/twins/node-1/events").list("events")).hasSize(1);
    }

    private void awaitTwin() throws InterruptedException {
        for (int i = 0; i < 500 && served.get("/v1/twins/node-1").status() != 200; i++) {
            Thread.sleep(10);
        }
    }

    @Test
    void a_silent_client_is_left_wherever_it_stands_and_its_whole_lines_are_kept()
            throws Exception {
        restart(limits(100, 100, 100, Duration.ofMillis(500)));
        String half = lines("Content-Length: 100000") + Events.live("a", 1) + "\n{";
        for (String silent : List.of("", "GET /livez", "GET /livez HTTP/1.1\r\nHos", half)) {
            assertThat(exchange(silent)).as(silent).isEmpty();
        }
        // The lines are taken after the client was left.
        awaitTwin();
        assertThat(served.get("/v1/twins/node-1/events").list("events")).hasSize(1);
    }

    @Test
    void a_client_that_does_not_read_its_answer_is_left() throws Exception {
        restart(limits(100, 1, 100, Duration.ofMillis(500)));
        served.take(
                IntStream.range(0, 6_000)
                        .mapToObj(i -> Events.registered("node-" + i, "region-a", "zone-a"))
                        .toArray(String[]::new));
        try (Socket deaf = connect()) {
            deaf.getOutputStream()
                    .write(
                            "GET /v1/twins HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n"
                                    .getBytes(UTF_8));
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            int status = 503;
            for (int i = 0; i < 1_000 && status == 503; i++) {
                Thread.sleep(10);
                status = served.get("/livez").status();
            }
            assertThat(status).as("the request that was stuck is over").isEqualTo(200);
        }
    }

    @Test
    void a_line_of_a_hundred_megabytes_is_one_rejected_entry() throws Exception {
        byte[] piece = "x".repeat(1 << 20).getBytes(US_ASCII);
        String first = Events.live("a", 1) + "\n";
        String last = "\n" + Events.live("b", 2);
        long length = first.length() + 100L * piece.length + last.length();
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            (lines("Connection: close", "Content-Length: " + length) + first)
                                    .getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                socket.getOutputStream().write(piece);
            }
            socket.getOutputStream().write(last.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"applied\":2")
                    .contains("\"rejected\":1")
                    .contains("line_too_long");
        }
    }

    @Test
    void chunks_may_fall_anywhere() throws Exception {
        String body =
                IntStream.range(0, 50)
                        .mapToObj(i -> Events.live("e-" + i, i))
                        .collect(Collectors.joining("\n"));
        StringBuilder chunked = new StringBuilder();
        for (int at = 0; at < body.length(); at += 37) {
            String chunk = body.substring(at, Math.min(body.length(), at + 37));
            chunked.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk);
            chunked.append("\r\n");
        }
        String answer =
                exchange(
                        lines("Connection: close", "Transfer-Encoding: chunked")
                                + chunked
                                + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"applied\":50");
    }

    @Test
    void a_chunk_may_be_of_any_size() throws Exception {
        byte[] piece = "x".repeat(1 << 20).getBytes(US_ASCII);
        String first = Events.live("a", 1) + "\n";
        String last = "\n" + Events.live("b", 2);
        long length = first.length() + 100L * piece.length + last.length();
        String next = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    (lines("Transfer-Encoding: chunked")
                                    + Long.toHexString(length)
                                    + ";note=\"one\"\r\n"
                                    + first)
                            .getBytes(UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(piece);
            }
            out.write((last + "\r\n0\r\n\r\n" + next).getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"applied\":2")
                    .endsWith("{\"status\":\"alive\"}");
        }
    }

    @Test
    void a_body_in_broken_chunks_is_told_so_and_its_whole_lines_are_kept() throws Exception {
        String event = Events.live("a", 1) + "\n";
        String chunk = Integer.toHexString(event.length()) + "\r\n" + event;
        for (String broken :
                List.of(
                        chunk + "\r\nxyz\r\n",
                        chunk + "more\r\n",
                        chunk + "\r\n-1\r\n",
                        chunk + "\r\n\r\n",
                        chunk + "\r\n0\r\nTrailer: x\r\n\r\n",
                        chunk + "\r\n" + "f".repeat(300) + "\r\n")) {
            String answer = exchange(lines("Transfer-Encoding: chunked") + broken);
            assertThat(answer)
                    .as(broken)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("unreadable_request");
        }
        assertThat(served.get("/v1/twins/node-1/events").list("events")).hasSize(1);
    }

    @Test
    void a_connection_goes_on_after_a_refused_body() throws Exception {
        String refused = post("text/plain", "Content-Length: 4") + "abcd";
        String next = "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        assertThat(exchange(refused + next)).startsWith("HTTP/1.1 415 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void a_large_refused_body_gets_its_answer_and_the_connection_ends() {
        byte[] body = new byte[DocumentReader.MAX_DOCUMENT + 1];
        Arrays.fill(body, (byte) ' ');
        Served.Reply reply = served.post("application/json", BodyPublishers.ofByteArray(body));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Connection")).isEqualTo("close");
    }

    @Test
    void more_appends_than_allowed_are_answered_429() throws Exception {
        restart(limits(100, 100, 1, Duration.ofSeconds(30)));
        try (Socket slow = connect()) {
            slow.getOutputStream().write((lines("Content-Length: 1000") + "{").getBytes(UTF_8));
            Served.Reply reply = served.post("application/json", Events.live("a", 1));
            for (int i = 0; i < 500 && reply.status() == 200; i++) {
                reply = served.post("application/json", Events.live("a", 1));
            }
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.at("code")).isEqualTo("overloaded");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            assertThat(served.get("/livez").status()).isEqualTo(200);
        }
    }

    @Test
    void more_requests_than_allowed_are_answered_503() throws Exception {
        restart(limits(100, 1, 100, Duration.ofSeconds(30)));
        try (Socket slow = connect()) {
            slow.getOutputStream().write((lines("Content-Length: 1000") + "{").getBytes(UTF_8));
            Served.Reply reply = served.get("/livez");
            for (int i = 0; i < 500 && reply.status() == 200; i++) {
                reply = served.get("/livez");
            }
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.at("code")).isEqualTo("too_many_requests");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void a_page_for_people_links_to_the_answers() throws Exception {
        Served.Reply page = served.get("/about", "Accept", "text/html,application/xhtml+xml");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        java.util.regex.Matcher links =
                java.util.regex.Pattern.compile("href=\"([^\"]+)\"").matcher(page.text());
        int count = 0;
        while (links.find()) {
            assertThat(served.get(links.group(1)).status()).as(links.group(1)).isEqualTo(200);
            count++;
        }
        assertThat(count).isPositive();
        assertThat(page.text()).doesNotContain("<script").doesNotContain("http-equiv");
    }

    @Test
    void metrics_tell_of_requests_events_and_rejections() {
        served.take(Events.live("a", 1));
        served.post("application/json", Events.transition("b", "node-1", 1, "lively"));
        served.get("/v1/twins/node-1");
        served.get("/nowhere");
        Served.Reply metrics = served.get("/metrics");
        assertThat(metrics.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(metrics.text())
                .contains("twin_events_total{outcome=\"applied\"} 1.0")
                .contains("twin_events_total{outcome=\"rejected\"} 1.0")
                .contains("twin_rejections_total{code=\"invalid_payload\"} 1.0")
                .contains("route=\"/v1/twins/{id}\",status=\"200\"} 1.0")
                .contains("route=\"(none)\",status=\"404\"} 1.0")
                .contains("twin_http_request_seconds_bucket{method=\"POST\"")
                .contains("twin_nodes 1.0")
                .contains("twin_taking_events 1.0")
                .contains("jvm_heap_used_bytes");
    }

    @Test
    void an_address_in_use_is_said_so() {
        int port = served.server().port();
        ServerSettings settings = ServerSettings.defaults().withPort(port);
        assertThatThrownBy(() -> TwinServer.start(served.engine(), settings))
                .hasMessage("cannot listen on 127.0.0.1 port " + port);
        assertThat(served.get("/livez").status()).isEqualTo(200);
    }

    @Test
    void a_stopped_server_takes_no_connection() throws Exception {
        int port = served.server().port();
        served.server().stop();
        boolean refused;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            refused = in.read() < 0;
        } catch (IOException _) {
            refused = true;
        }
        assertThat(refused).isTrue();
    }
}

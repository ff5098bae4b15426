package io.souverix.twin.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The web application as it is served. It needs what the module `ui` built on the class path.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebTest {
    private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+\\.(?:js|css))\"");

    private final Served served = Served.start();

    @AfterAll
    void stop() {
        served.close();
    }

    @Test
    void every_screen_begins_with_the_one_page() {
        String page = served.get("/").text();
        for (String path :
                new String[] {
                    "/fleet?at=2026-02-27T03:45:00Z&overlay=drift",
                    "/nodes?filter=connectivity.state==live",
                    "/nodes/a%2Fb",
                    "/drift",
                    "/trust",
                    "/domains/eu-west",
                    "/attention",
                    "/events"
                }) {
            Served.Reply reply = served.get(path, "Accept", "text/html,*/*;q=0.8");
            assertThat(reply.status()).as(path).isEqualTo(200);
            assertThat(reply.text()).as(path).isEqualTo(page);
        }
    }

    @Test
    void the_page_is_asked_for_again_and_its_files_are_kept() {
        Served.Reply page = served.get("/");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(served.get("/", "If-None-Match", page.header("ETag")).status()).isEqualTo(304);
        Matcher assets = ASSET.matcher(page.text());
        int count = 0;
        while (assets.find()) {
            Served.Reply asset = served.get(assets.group(1));
            assertThat(asset.status()).as(assets.group(1)).isEqualTo(200);
            assertThat(asset.header("Cache-Control")).contains("immutable");
            assertThat(asset.header("Content-Type")).startsWith("text/");
            count++;
        }
        assertThat(count).isPositive();
    }

    @Test
    void a_file_comes_as_the_client_takes_it() throws IOException {
        Served.Reply plain = served.get("/favicon.svg");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        Served.Reply zipped = served.get("/favicon.svg", "Accept-Encoding", "br;q=0, gzip");
        assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
        byte[] body = zipped.response().body();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertThat(in.readAllBytes()).isEqualTo(plain.response().body());
        }
        Served.Reply brotli = served.get("/favicon.svg", "Accept-Encoding", "gzip, deflate, br");
        assertThat(brotli.header("Content-Encoding")).isEqualTo("br");
        assertThat(brotli.header("Vary")).isEqualTo("Accept-Encoding");
        assertThat(brotli.header("ETag"))
                .isNotEqualTo(plain.header("ETag"))
                .isNotEqualTo(zipped.header("ETag"));
    }

    @Test
    void nothing_may_come_from_elsewhere_and_nothing_is_written_into_the_page() {
        Served.Reply page = served.get("/");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "data:", "http");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.text()).doesNotContain("style=", "<style", "onclick", "//cdn");
    }

    @Test
    void what_is_no_screen_is_no_page() {
        for (String path :
                new String[] {"/v1/nowhere", "/v1", "/fleet/x", "/assets/x.js", "/index.html"}) {
            Served.Reply reply = served.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.at("code")).as(path).isEqualTo("no_such_route");
        }
        assertThat(served.get("/v1/twins?oops=1").status()).isEqualTo(400);
    }
}

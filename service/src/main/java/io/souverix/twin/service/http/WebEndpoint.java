package io.souverix.twin.service.http;

import io.helidon.http.HeaderNames;
import io.souverix.twin.service.web.WebFile;
import io.souverix.twin.service.web.WebFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves the web application: its files, and the one page that all its screens begin with.
/// Thread-safe.
final class WebEndpoint {
    static final String HTML = "text/html";

    /// Nothing comes from elsewhere, nothing runs or is styled but files of this service, and no
    /// other page shows it in a frame.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                    + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> SECURITY =
            Map.of(
                    "Content-Security-Policy", POLICY,
                    "X-Content-Type-Options", "nosniff",
                    "X-Frame-Options", "DENY",
                    "Referrer-Policy", "no-referrer",
                    "Cross-Origin-Opener-Policy", "same-origin",
                    "Cross-Origin-Resource-Policy", "same-origin",
                    "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");

    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String ASK_AGAIN = "no-cache";

    private final byte[] about = OperatingEndpoints.resource("about.html");
    private final WebFiles files;

    WebEndpoint(WebFiles files) {
        this.files = files;
    }

    /// The page of a screen; what it shows is in its path and query, which it reads itself.
    void screen(Exchange exchange) {
        send(exchange, files.index().orElseThrow(() -> missing(exchange)));
    }

    /// A file by its path.
    void file(Exchange exchange) {
        send(exchange, files.at(exchange.rawPath()).orElseThrow(() -> missing(exchange)));
    }

    /// A page about the interface, for who has no application or wants to ask by hand.
    void about(Exchange exchange) {
        exchange.header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        exchange.header(HeaderNames.CACHE_CONTROL, ASK_AGAIN);
        exchange.send(200, HTML + ";charset=utf-8", about, about.length);
    }

    private static ProblemException missing(Exchange exchange) {
        return ProblemException.of(
                ProblemCode.NO_SUCH_ROUTE,
                "found "
                        + Texts.shown(exchange.rawPath())
                        + ", expected a file of the user interface that was built");
    }

    private static void send(Exchange exchange, WebFile file) {
        SECURITY.forEach(exchange::header);
        exchange.header(HeaderNames.VARY, "Accept-Encoding");
        exchange.header(HeaderNames.CACHE_CONTROL, file.immutable() ? FOREVER : ASK_AGAIN);
        String accepted = exchange.requestHeader(HeaderNames.ACCEPT_ENCODING);
        String coding = coding(accepted);
        EntityTag tag =
                new EntityTag('"' + file.hash() + (coding == null ? "" : "-" + coding) + '"');
        exchange.header(HeaderNames.ETAG, tag.text());
        if (tag.matches(exchange.requestHeader(HeaderNames.IF_NONE_MATCH))) {
            exchange.sendEmpty(304);
            return;
        }
        byte[] body = file.plain();
        if (coding != null) {
            exchange.header(HeaderNames.CONTENT_ENCODING, coding);
            body = coding.equals("br") ? file.brotli() : file.gzip();
        }
        exchange.send(200, file.mediaType(), body, body.length);
    }

    private static @Nullable String coding(@Nullable String accepted) {
        if (AcceptEncoding.takes(accepted, "br")) {
            return "br";
        }
        return AcceptEncoding.takes(accepted, "gzip") ? "gzip" : null;
    }
}

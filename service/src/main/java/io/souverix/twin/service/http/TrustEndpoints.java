package io.souverix.twin.service.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.souverix.twin.core.event.Times;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.engine.Position;
import io.souverix.twin.engine.TrustQueries;
import io.souverix.twin.engine.TrustQueries.NodePage;
import io.souverix.twin.engine.TwinEngine;
import io.souverix.twin.engine.past.AsOf;
import io.souverix.twin.engine.sbom.SbomFault;
import io.souverix.twin.engine.sbom.Sboms;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Certificates that end, and SBOMs: put, read, compared, and searched for a package. Thread-safe.
final class TrustEndpoints {
    static final Set<String> CERTIFICATE_PARAMETERS =
            Reading.parameters("expiring_within", "limit", "cursor", "include");
    static final Set<String> AFFECTED_PARAMETERS =
            Reading.parameters("purl", "versions", "limit", "cursor", "include");
    static final Set<String> SBOM_PARAMETERS = Reading.parameters();
    static final String CYCLONEDX = "application/vnd.cyclonedx+json";

    private static final int DEFAULT_LIMIT = 100;

    private final TwinEngine engine;
    private final TrustQueries trust;
    private final Reading reading;

    TrustEndpoints(TwinEngine engine, Reading reading) {
        this.engine = engine;
        this.trust = engine.trustQueries();
        this.reading = reading;
    }

    /// The ways in.
    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/trust/certificates",
                        CERTIFICATE_PARAMETERS,
                        Route.ONLY_JSON,
                        this::certificates),
                Route.get(
                        "/v1/sboms/affected", AFFECTED_PARAMETERS, Route.ONLY_JSON, this::affected),
                Route.put("/v1/sboms/{digest}", Set.of(), Route.ONLY_JSON, this::put),
                Route.get(
                        "/v1/sboms/{digest}",
                        SBOM_PARAMETERS,
                        List.of(Route.JSON, CYCLONEDX),
                        this::get),
                Route.get(
                        "/v1/sboms/{digest}/diff/{other}",
                        SBOM_PARAMETERS,
                        Route.ONLY_JSON,
                        this::diff));
    }

    /// The certificates of all nodes, or those that end within a while.
    void certificates(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        @Nullable String within = exchange.query().text("expiring_within");
        long micros = within == null ? AsOf.ALL : duration(within);
        NodePage page = page(exchange, "certificates " + within, asOf);
        send(exchange, trust.certificates(micros, page), page);
    }

    private static long duration(String text) {
        OptionalLong seconds = Times.durationSeconds(text);
        if (seconds.isEmpty() || seconds.getAsLong() > Long.MAX_VALUE / 4_000_000) {
            throw Query.invalid(
                    "expiring_within",
                    "found " + Texts.shown(text) + ", expected a duration such as 30d or 12h");
        }
        return seconds.getAsLong() * Times.MICROS_PER_SECOND;
    }

    private NodePage page(Exchange exchange, String list, AsOf asOf) {
        boolean decommissioned =
                !exchange.query().word("include", List.of("decommissioned"), "").isEmpty();
        int limit = exchange.query().integer("limit", 1, TwinEngine.MAX_PAGE, DEFAULT_LIMIT);
        @Nullable String cursor = exchange.query().text("cursor");
        return Reading.page(
                exchange, () -> engine.nodePage(list, asOf, decommissioned, cursor, limit));
    }

    private static void send(Exchange exchange, JsonObject.Builder answer, NodePage page) {
        Reading.put(answer, page.asOf());
        exchange.send(
                200, answer.put("position", new Position(page.asOf().before()).token()).build());
    }

    /// The nodes that run a package in a range of versions.
    void affected(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        @Nullable String purl = exchange.query().text("purl");
        if (purl == null) {
            throw Query.invalid(
                    "purl", "found none, expected a package URL such as pkg:npm/lodash");
        }
        @Nullable String versions = exchange.query().text("versions");
        NodePage page = page(exchange, "affected " + purl.hashCode() + " " + versions, asOf);
        JsonObject.Builder answer;
        try {
            answer = trust.affected(purl, versions, page);
        } catch (IllegalArgumentException e) {
            boolean ofPurl = String.valueOf(e.getMessage()).contains("package URL");
            throw Query.invalid(ofPurl ? "purl" : "versions", String.valueOf(e.getMessage()));
        }
        send(exchange, answer, page);
    }

    /// Takes a document.
    void put(Exchange exchange) throws InterruptedException {
        requireJson(exchange);
        try {
            InputStream body = new RawBody(exchange.body());
            Sboms.Stored stored = trust.put(exchange.variable(0), body);
            exchange.position(engine.position());
            exchange.send(stored.fresh() ? 201 : 200, answer(stored));
        } catch (SbomFault e) {
            throw ProblemException.of(code(e.kind()), String.valueOf(e.getMessage()));
        } catch (RawBody.BrokenOff e) {
            throw new CloseConnectionException("the document did not come to its end", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the document cannot be kept", e);
        }
    }

    private static JsonObject answer(Sboms.Stored stored) {
        return new JsonObject.Builder()
                .put("digest", stored.document().digest())
                .put("stored", stored.fresh())
                .put("recorded_at", Times.text(stored.document().recordedMicros()))
                .put("bytes", stored.document().bytes())
                .put("spec_version", stored.document().specVersion())
                .put("components", stored.document().components().size())
                .build();
    }

    private static void requireJson(Exchange exchange) {
        long length = exchange.request().headers().contentLength().orElse(0);
        if (length > Sboms.MAX_BYTES) {
            throw ProblemException.of(
                    ProblemCode.BODY_TOO_LARGE,
                    "found " + length + " bytes, expected at most " + Sboms.MAX_BYTES);
        }
        @Nullable String type = exchange.requestHeader(HeaderNames.CONTENT_TYPE);
        String media = type == null ? "" : type.split(";", -1)[0].trim().toLowerCase(Locale.ROOT);
        if (!media.isEmpty() && !media.equals(Route.JSON) && !media.equals(CYCLONEDX)) {
            throw ProblemException.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "found "
                            + Texts.shown(media)
                            + ", expected "
                            + Route.JSON
                            + " or "
                            + CYCLONEDX);
        }
        @Nullable String encoding = exchange.requestHeader(HeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.trim().equalsIgnoreCase("identity")) {
            throw ProblemException.of(
                    ProblemCode.UNSUPPORTED_ENCODING,
                    "found " + Texts.shown(encoding) + ", expected a document as it is");
        }
    }

    private static ProblemCode code(SbomFault.Kind kind) {
        return switch (kind) {
            case MALFORMED_DIGEST -> ProblemCode.MALFORMED_DIGEST;
            case ANOTHER_DIGEST -> ProblemCode.DIGEST_MISMATCH;
            case TOO_LARGE -> ProblemCode.BODY_TOO_LARGE;
            case MALFORMED_JSON -> ProblemCode.MALFORMED_JSON;
            case NOT_CYCLONEDX -> ProblemCode.NOT_CYCLONEDX;
            case FULL -> ProblemCode.UNAVAILABLE;
            case OVERLOADED -> ProblemCode.OVERLOADED;
        };
    }

    /// A document, byte by byte as it was put.
    void get(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        String digest = exchange.variable(0);
        try (InputStream in = trust.content(digest, asOf).orElseThrow(() -> unknown(digest))) {
            String mediaType = exchange.accepted();
            try (OutputStream out = exchange.stream(mediaType)) {
                if (!exchange.isHead()) {
                    var _ = in.transferTo(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProblemException unknown(String digest) {
        return ProblemException.of(
                ProblemCode.UNKNOWN_SBOM,
                "found no document "
                        + Texts.shown(digest)
                        + ", expected the SHA-256 of one that was put");
    }

    /// What changes from one document to another.
    void diff(Exchange exchange) throws InterruptedException {
        AsOf asOf = reading.begin(exchange);
        String from = exchange.variable(0);
        String to = exchange.variable(1);
        exchange.send(
                200,
                trust.diff(from, to, asOf)
                        .orElseThrow(() -> unknown(trust.isStored(from, asOf) ? to : from)));
    }
}

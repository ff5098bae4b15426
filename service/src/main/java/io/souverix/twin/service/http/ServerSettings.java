package io.souverix.twin.service.http;

import io.souverix.twin.core.rules.Rules;
import java.time.Duration;
import java.time.InstantSource;

/// How the HTTP server is set up.
///
/// @param host address to listen on
/// @param port 0 for any free one
/// @param clock tells now: for `at`, and for events ahead of their time
/// @param maxFuture how far ahead of the clock an event may be
/// @param rules the rules the engine judges by, as `GET /v1/rules` shows them
/// @param limits bounds on what clients may use up
public record ServerSettings(
        String host,
        int port,
        InstantSource clock,
        Duration maxFuture,
        Rules rules,
        Limits limits) {
    public static final int DEFAULT_PORT = 8080;
    public static final String LOOPBACK = "127.0.0.1";

    public static ServerSettings defaults() {
        return new ServerSettings(
                LOOPBACK,
                DEFAULT_PORT,
                InstantSource.system(),
                Duration.ofMinutes(5),
                Rules.DEFAULT,
                Limits.DEFAULT);
    }

    public ServerSettings withHost(String other) {
        return new ServerSettings(other, port, clock, maxFuture, rules, limits);
    }

    public ServerSettings withPort(int other) {
        return new ServerSettings(host, other, clock, maxFuture, rules, limits);
    }

    public ServerSettings withClock(InstantSource other) {
        return new ServerSettings(host, port, other, maxFuture, rules, limits);
    }

    public ServerSettings withMaxFuture(Duration other) {
        return new ServerSettings(host, port, clock, other, rules, limits);
    }

    public ServerSettings withRules(Rules other) {
        return new ServerSettings(host, port, clock, maxFuture, other, limits);
    }

    public ServerSettings withLimits(Limits other) {
        return new ServerSettings(host, port, clock, maxFuture, rules, other);
    }

    /// Bounds on what clients may use up.
    ///
    /// @param connections open connections; more wait to be accepted
    /// @param requests requests under way; more are answered 503
    /// @param appends requests that bring events, of these; more are answered 429
    /// @param streams clients that are streamed to, besides; more are answered 503
    /// @param readTimeout how long a connection may say nothing before it is closed
    /// @param bookmark how often a stream tells where it stands while nothing else is told
    public record Limits(
            int connections,
            int requests,
            int appends,
            int streams,
            Duration readTimeout,
            Duration bookmark) {
        public static final Limits DEFAULT =
                new Limits(
                        4_096, 2_048, 512, 2_000, Duration.ofSeconds(60), Duration.ofSeconds(10));
    }
}

package io.souverix.twin.service.config;

import io.souverix.twin.core.rules.Rules;
import io.souverix.twin.engine.EngineOptions;
import io.souverix.twin.service.http.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// All that can be configured (docs/configuration.md).
///
/// @param host address to listen on
/// @param port 0 for any free one
/// @param data the data directory
/// @param maxFuture how far ahead of the clock an event may be
/// @param shards how many parts the fleet is folded in, each on its own thread
/// @param checkpointEvents how many folded events make a checkpoint due
/// @param retain how much of the past is retained, or null for all of it
/// @param limits bounds on what clients may use up
/// @param rules what events are judged by
public record Settings(
        String host,
        int port,
        Path data,
        Duration maxFuture,
        int shards,
        long checkpointEvents,
        @Nullable Duration retain,
        ServerSettings.Limits limits,
        Rules rules) {

    /// The least that can be retained: sources come back and replay what they held for days.
    public static final Duration LEAST_RETAINED = Duration.ofHours(1);

    public static Settings defaults() {
        ServerSettings server = ServerSettings.defaults();
        EngineOptions engine = EngineOptions.defaults();
        return new Settings(
                server.host(),
                server.port(),
                Path.of("data"),
                server.maxFuture(),
                engine.shards(),
                engine.checkpointEvents(),
                null,
                server.limits(),
                engine.rules());
    }

    /// Reads a file, JSON where its name ends in `.json` and YAML otherwise; what it leaves out
    /// keeps its default.
    ///
    /// @throws ConfigurationException where the file cannot be read or something in it is wrong
    public static Settings read(Path file) throws ConfigurationException {
        return SettingsReader.read(file);
    }

    /// What the HTTP server is set up with.
    public ServerSettings server(InstantSource clock) {
        return new ServerSettings(host, port, clock, maxFuture, rules, limits);
    }

    /// What the engine is set up with.
    public EngineOptions engine(InstantSource clock) {
        return EngineOptions.defaults()
                .withClock(clock)
                .withRules(rules)
                .withShards(shards)
                .withRetain(retain)
                .withCheckpoints(checkpointEvents, true);
    }

    public Settings withHost(String other) {
        return new Settings(
                other, port, data, maxFuture, shards, checkpointEvents, retain, limits, rules);
    }

    public Settings withPort(int other) {
        return new Settings(
                host, other, data, maxFuture, shards, checkpointEvents, retain, limits, rules);
    }

    public Settings withData(Path other) {
        return new Settings(
                host, port, other, maxFuture, shards, checkpointEvents, retain, limits, rules);
    }

    public Settings withRetain(Duration other) {
        return new Settings(
                host, port, data, maxFuture, shards, checkpointEvents, other, limits, rules);
    }
}

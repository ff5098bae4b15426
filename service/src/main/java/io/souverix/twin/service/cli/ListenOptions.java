package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.config.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where a service listens.
final class ListenOptions {
    private static final int HIGHEST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private final CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on, 0 for any free one; default: 8080.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "Address to listen on; default: 127.0.0.1, which only this machine sees.")
    private @Nullable String host;

    @Option(
            names = "--insecure-bind",
            description = {
                "Listen on an address that other machines see. The service asks nobody who they"
                        + " are: have a firewall or proxy see to that."
            })
    private boolean insecureBind;

    /// The settings with what the command line says on top.
    Settings over(Settings configured) {
        Settings settings = configured;
        if (port != null) {
            if (port < 0 || port > HIGHEST_PORT) {
                throw new ParameterException(
                        spec.commandLine(), "--port is " + port + ", expected 0 to 65535");
            }
            settings = settings.withPort(port);
        }
        if (host != null) {
            settings = settings.withHost(host);
        }
        requireGuarded(settings.host());
        return settings;
    }

    private void requireGuarded(String address) {
        if (insecureBind || isLoopback(address)) {
            return;
        }
        throw new Failure(
                "listening on "
                        + address
                        + " lets other machines read and write, and the service asks nobody who they"
                        + " are",
                "Say --insecure-bind if something else guards access, or leave --host out.");
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new Failure(
                    "there is no host '" + address + "'",
                    "--host takes a name or address of this machine.",
                    e);
        }
    }
}

package io.souverix.twin.service.cli;

import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which service a command talks to.
final class ServiceOptions {
    private static final String URL_VARIABLE = "TWIN_URL";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Address of the service; default: "
                            + ServiceClient.DEFAULT_URL
                            + ", or what TWIN_URL says.")
    private @Nullable String url;

    ServiceClient connect(Terminal terminal) {
        String named = terminal.environment().getOrDefault(URL_VARIABLE, "");
        if (url != null) {
            return new ServiceClient(url);
        }
        return new ServiceClient(named.isEmpty() ? ServiceClient.DEFAULT_URL : named);
    }
}

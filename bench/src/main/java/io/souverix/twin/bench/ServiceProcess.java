package io.souverix.twin.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The service as its own process, as `twin serve` starts it.
final class ServiceProcess implements AutoCloseable {
    private final Process process;
    private final int port;
    private final double secondsToReady;

    private ServiceProcess(Process process, int port, double secondsToReady) {
        this.process = process;
        this.port = port;
        this.secondsToReady = secondsToReady;
    }

    static ServiceProcess start(Path data) throws IOException {
        long began = System.nanoTime();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        ProcessHandle.current().info().command().orElse("java"),
                                        "-XX:+UseCompactObjectHeaders",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        "io.souverix.twin.service.Main",
                                        "serve",
                                        "--port",
                                        "0",
                                        "--data",
                                        data.toString()))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                URI address = URI.create(line.substring(at).split("[ )]")[0]);
                double seconds = (System.nanoTime() - began) / 1e9;
                return new ServiceProcess(process, address.getPort(), seconds);
            }
        }
        throw new IOException("the service ended before it was ready");
    }

    int port() {
        return port;
    }

    double secondsToReady() {
        return secondsToReady;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

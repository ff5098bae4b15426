package io.souverix.twin.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The service as its own process, as `twin serve` starts it, with the options of this JVM.
final class ServiceProcess implements AutoCloseable {
    private static final int ENDING_SECONDS = 120;

    private final Process process;
    private final Thread end;
    private int port;
    private double secondsToReady;

    private ServiceProcess(Process process) {
        this.process = process;
        this.end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
    }

    static ServiceProcess start(Path data) throws IOException {
        List<String> command = StageProcess.java();
        command.addAll(
                List.of(
                        "io.souverix.twin.service.Main",
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString()));
        long began = System.nanoTime();
        ServiceProcess service =
                new ServiceProcess(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.DISCARD)
                                .start());
        service.awaitReady(began);
        return service;
    }

    private void awaitReady(long began) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            int at = line.indexOf("http://");
            if (at >= 0) {
                secondsToReady = (System.nanoTime() - began) / 1e9;
                port = URI.create(line.substring(at).split("[ )]")[0]).getPort();
                return;
            }
        }
        close();
        throw new IOException("the service ended before it was ready");
    }

    int port() {
        return port;
    }

    /// From the start of the process until it said that it is ready.
    double secondsToReady() {
        return secondsToReady;
    }

    /// Measures the service's own processor time.
    Stopwatch stopwatch() {
        return new Stopwatch(() ->
                process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        process.destroy();
        try {
            if (!process.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

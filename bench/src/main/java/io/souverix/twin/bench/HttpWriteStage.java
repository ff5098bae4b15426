package io.souverix.twin.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// New events over HTTP to the service with the load in it: singles by 64 clients, a late backlog, and
/// how long a subscriber waits for a change.
final class HttpWriteStage implements Stage {
    private static final int CLIENTS = 64;
    private static final int NODES = 1_000;
    private static final String JSON = "application/json";
    private static final String EVENTS = "/v1/events";

    @Override
    public String name() {
        return "http-writes";
    }

    @Override
    public Set<String> rows() {
        return Set.of(
                Row.SINGLES_HTTP.key(),
                Row.SINGLES_HTTP_P99.key(),
                Row.STREAM_HTTP.key(),
                Row.STREAM_HTTP_P50.key(),
                Row.LATE_HTTP.key());
    }

    @Override
    public boolean needsFleet() {
        return true;
    }

    @Override
    public void run(Bench bench) throws Exception {
        NewEvents made = new NewEvents();
        try (ServiceProcess service = ServiceProcess.start(bench.fleet())) {
            singles(bench, service, made);
            stream(bench, service, made);
            late(bench, service, made);
        }
    }

    private static void singles(Bench bench, ServiceProcess service, NewEvents made)
            throws IOException {
        bench.say("single events");
        int count = CLIENTS * (bench.quick() ? 500 : 1_500);
        double cold = round(service, made, CLIENTS * 20).perSecond();
        var _ = round(service, made, count);
        double[] rates = new double[bench.runs()];
        double[] p99 = new double[bench.runs()];
        double cpu = 0;
        for (int i = 0; i < rates.length; i++) {
            Stopwatch watch = service.stopwatch();
            watch.start();
            HttpClients.Round round = round(service, made, count);
            cpu = watch.stop().cpuMicros(count);
            rates[i] = round.perSecond();
            p99[i] = round.percentile(0.99);
        }
        bench.report(Figure.of(Row.SINGLES_HTTP, bench.size(), rates).cold(cold).cpu(cpu));
        bench.report(Row.SINGLES_HTTP_P99, p99);
    }

    private static HttpClients.Round round(ServiceProcess service, NewEvents made, int count)
            throws IOException {
        String prefix = made.node("single");
        return HttpClients.run(
                service.port(),
                CLIENTS,
                count,
                number -> post(made.report(prefix + "-" + number % NODES, number)));
    }

    private static byte[] post(byte[] event) {
        return HttpConnection.request("POST", EVENTS, JSON, event);
    }

    private static void late(Bench bench, ServiceProcess service, NewEvents made) throws Exception {
        double[] seconds = new double[bench.runs() + 1];
        for (int i = 0; i < seconds.length; i++) {
            bench.say("backlog " + (i + 1) + " of " + seconds.length);
            String node = made.node("late");
            try (Scratch scratch = bench.scratch();
                    HttpConnection client = new HttpConnection(service.port())) {
                Path file = scratch.path().resolve("backlog");
                StringBuilder lines = new StringBuilder();
                for (byte[] line : made.backlog(node, LateStage.BACKLOG)) {
                    lines.append(new String(line, StandardCharsets.UTF_8)).append('\n');
                }
                Files.writeString(file, lines);
                var _ = client.ask(post(made.report(node, 0)));
                seconds[i] = Stopwatch.seconds(() -> client.postLines(file));
            }
        }
        double[] warm = java.util.Arrays.copyOfRange(seconds, 1, seconds.length);
        bench.report(Figure.of(Row.LATE_HTTP, bench.size(), warm).cold(seconds[0]));
    }

    private static void stream(Bench bench, ServiceProcess service, NewEvents made)
            throws Exception {
        int events = bench.quick() ? 500 : 2_000;
        bench.say("stream, alone");
        StreamStage.report(
                bench,
                Row.STREAM_HTTP,
                Row.STREAM_HTTP_P50,
                "alone",
                () -> follow(service, made, events));
        bench.say("stream, beside 5,000 events/s");
        try (HttpConnection other = new HttpConnection(service.port());
                Beside _ = new Beside(number -> sendBatch(other, made, number))) {
            StreamStage.report(
                    bench,
                    Row.STREAM_HTTP,
                    Row.STREAM_HTTP_P50,
                    "beside 5,000 events/s",
                    () -> follow(service, made, events));
        }
    }

    private static void sendBatch(HttpConnection client, NewEvents made, int number)
            throws IOException {
        String node = made.node("beside");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < Beside.BATCH; i++) {
            byte[] line = made.report(node, number * Beside.BATCH + i);
            lines.append(new String(line, StandardCharsets.UTF_8)).append('\n');
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        var _ = client.ask(HttpConnection.request("POST", EVENTS, "application/x-ndjson", body));
    }

    /// Posts one event after the other and waits for each in the stream.
    private static double[] follow(ServiceProcess service, NewEvents made, int count)
            throws IOException {
        String node = made.node("followed");
        double[] millis = new double[count];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
                HttpConnection client = new HttpConnection(service.port())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream()
                    .write(HttpConnection.getRequest("/v1/stream?filter=id%3D%3D" + node));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[256 * 1024];
            await(in, buffer, "event: synced");
            Posting posting = new Posting(client);
            for (int i = 0; i < count; i++) {
                byte[] request = post(made.report(node, i));
                long began = System.nanoTime();
                posting.post(request);
                await(in, buffer, "event: change");
                millis[i] = (System.nanoTime() - began) / 1e6;
                posting.await();
            }
        }
        return millis;
    }

    /// The post and its answer on a virtual thread, so that the change may come before the answer.
    private static final class Posting {
        private final HttpConnection client;
        private Thread thread = new Thread(() -> {});

        Posting(HttpConnection client) {
            this.client = client;
        }

        void post(byte[] request) {
            thread =
                    Thread.startVirtualThread(() -> {
                        try {
                            var _ = client.ask(request);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
        }

        void await() throws IOException {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }

    /// Reads until a whole message of a name has come: its end is an empty line.
    private static void await(InputStream in, byte[] buffer, String name) throws IOException {
        int held = 0;
        while (true) {
            int read = in.read(buffer, held, buffer.length - held);
            if (read < 0) {
                throw new IOException("the stream ended before " + name);
            }
            held += read;
            String text = new String(buffer, 0, held, StandardCharsets.ISO_8859_1);
            int at = text.indexOf(name);
            if (at >= 0 && text.indexOf("\n\n", at) >= 0) {
                return;
            }
        }
    }
}

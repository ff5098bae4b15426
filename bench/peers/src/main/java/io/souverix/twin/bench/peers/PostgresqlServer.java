package io.souverix.twin.bench.peers;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// A PostgreSQL server of its own over a fresh cluster, on loopback.
record PostgresqlServer(Process process, int port) {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final String USER = "postgres";
    private static final int TRIES = 100;
    private static final long PAUSE_MS = 200;

    /// Why there is none, or null.
    static @Nullable String missing() {
        return programs() == null
                ? "found no initdb below " + VERSIONS + "; apt-get install postgresql"
                : null;
    }

    /// The folder of the newest version's programs.
    private static @Nullable Path programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        } catch (IOException _) {
            return null;
        }
    }

    static PostgresqlServer start(Path directory) throws Exception {
        Path programs = programs();
        if (programs == null) {
            throw new IllegalStateException("no PostgreSQL");
        }
        Path cluster = Files.createDirectory(directory.resolve("cluster"));
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            // It does not run as root.
            Path parent = Objects.requireNonNull(directory.getParent());
            run(List.of("chmod", "o+x", parent.toString(), directory.toString()));
            run(List.of("chown", USER, cluster.toString()));
        }
        run(
                as(
                        root,
                        programs.resolve("initdb").toString(),
                        "-A",
                        "trust",
                        "-U",
                        USER,
                        "-D",
                        cluster.toString()));
        int port = freePort();
        Process server =
                new ProcessBuilder(
                                as(
                                        root,
                                        programs.resolve("postgres").toString(),
                                        "-D",
                                        cluster.toString(),
                                        "-p",
                                        Integer.toString(port),
                                        "-k",
                                        cluster.toString(),
                                        "-c",
                                        "listen_addresses=127.0.0.1",
                                        "-c",
                                        "shared_buffers=1GB",
                                        "-c",
                                        "max_wal_size=8GB",
                                        "-c",
                                        "synchronous_commit=on"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
        return new PostgresqlServer(server, port);
    }

    private static List<String> as(boolean root, String... command) {
        List<String> whole =
                new ArrayList<>(root ? List.of("runuser", "-u", USER, "--") : List.of());
        whole.addAll(List.of(command));
        return whole;
    }

    private static void run(List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        if (process.waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Connects, as soon as it is up.
    Connection connect() throws Exception {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER;
        for (int tries = TRIES; ; tries--) {
            try {
                return DriverManager.getConnection(url);
            } catch (SQLException e) {
                if (tries == 0) {
                    throw e;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    void end() throws InterruptedException {
        process.destroy();
        var _ = process.waitFor();
    }
}

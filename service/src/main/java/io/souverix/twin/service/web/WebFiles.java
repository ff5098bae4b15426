package io.souverix.twin.service.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All files of the web application, read once: some hundred kilobytes. Immutable.
///
/// The module `ui` lists them in `web/files.txt`, a path a line, and puts each beside itself with
/// `.br` and `.gz`.
public final class WebFiles {
    private static final String ROOT = "/web/";
    private static final String INDEX = "/index.html";

    private final Map<String, WebFile> files;

    private WebFiles(Map<String, WebFile> files) {
        this.files = Map.copyOf(files);
    }

    /// The files on the class path; none where the application was not built.
    ///
    /// @throws IllegalStateException where one is listed and not there
    public static WebFiles onClassPath() {
        Map<String, WebFile> files = new TreeMap<>();
        byte[] list = resource("files.txt");
        if (list != null) {
            new String(list, UTF_8).lines().forEach(name -> files.put("/" + name, file(name)));
        }
        return new WebFiles(files);
    }

    private static WebFile file(String name) {
        byte[] plain = listed(name);
        return new WebFile(
                "/" + name, hash(plain), plain, listed(name + ".br"), listed(name + ".gz"));
    }

    private static byte[] listed(String name) {
        byte[] bytes = resource(name);
        if (bytes == null) {
            throw new IllegalStateException("web/files.txt lists " + name + ", which is not there");
        }
        return bytes;
    }

    private static byte @Nullable [] resource(String name) {
        try (InputStream in = WebFiles.class.getResourceAsStream(ROOT + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The file at a path; empty where there is none.
    public Optional<WebFile> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// The page that every screen begins with; empty where the application was not built.
    public Optional<WebFile> index() {
        return at(INDEX);
    }
}

package io.souverix.twin.service.web;

import java.util.Locale;

/// A file of the web application, as it is and compressed.
///
/// @param path where it is asked for: `/assets/index-3fa9.js`
/// @param hash the SHA-256 of what it is, in base64 that may stand in a header
/// @param brotli what it is, compressed with Brotli
/// @param gzip what it is, compressed with gzip
public record WebFile(String path, String hash, byte[] plain, byte[] brotli, byte[] gzip) {
    private static final String ASSETS = "/assets/";

    /// True where its name has a hash of what it is: another content has another name.
    public boolean immutable() {
        return path.startsWith(ASSETS);
    }

    /// Its media type, by the end of its name.
    public String mediaType() {
        String end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (end) {
            case "html" -> "text/html;charset=utf-8";
            case "js" -> "text/javascript;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "json" -> "application/json";
            case "txt" -> "text/plain;charset=utf-8";
            default -> "application/octet-stream";
        };
    }
}

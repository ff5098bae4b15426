package io.souverix.twin.engine.sbom;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// The process that [SbomKillTest] kills: puts documents from a number on and prints each number once
/// its document is stored.
final class SbomKillChild {
    static final int DOCUMENTS = 400;

    private SbomKillChild() {}

    static Sboms open(Path directory) {
        return Sboms.open(directory, InstantSource.fixed(Instant.parse("2026-02-27T00:00:00Z")));
    }

    /// A document of its own, of some ten kilobytes.
    static byte[] document(int number) {
        StringBuilder components = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            components.append(i == 0 ? "" : ",");
            components.append(
                    """
                    {"bom-ref":"%d","type":"library","name":"lib-%d-%d","version":"1.%d.0"}\
                    """
                            .formatted(i, number, i, i));
        }
        return """
        {"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[%s]}\
        """
                .formatted(components)
                .getBytes(StandardCharsets.UTF_8);
    }

    public static void main(String[] args) throws Exception {
        int from = Integer.parseInt(args[1]);
        try (Sboms sboms = open(Path.of(args[0]))) {
            for (int i = from; i < DOCUMENTS; i++) {
                byte[] document = document(i);
                var _ = sboms.put(SbomsTest.digest(document), new ByteArrayInputStream(document));
                System.out.println(i);
            }
        }
        System.out.println("DONE");
    }
}

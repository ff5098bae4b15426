package io.souverix.twin.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.souverix.twin.core.fleet.Documents;
import io.souverix.twin.engine.sbom.SbomDiff.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents: kept once by digest, through restarts, and only where they are what they say.
final class SbomsTest {
    private static final Instant NOW = Instant.parse("2026-02-27T00:00:00Z");
    static final String SMALL =
            """
            {"components":[
              {"bom-ref":"a","type":"library","name":"a","version":"1.0.0","purl":"pkg:npm/a@1.0.0",
               "components":[{"type":"library","name":"inside","version":"3.0"}]},
              {"bom-ref":"b","type":"library","group":"org.b","name":"b","version":"2.0"},
              {"bom-ref":"c","type":"library","name":"lonely"}],
             "metadata":{"component":{"bom-ref":"root","type":"application","name":"app","version":"9"}},
             "dependencies":[{"ref":"root","dependsOn":["a"]},{"ref":"a","dependsOn":["b","nowhere"]},
                             {"ref":"b","dependsOn":["a"]}],
             "specVersion":"1.5","bomFormat":"CycloneDX","$schema":"any","version":1}\
            """;

    static String digest(byte[] bytes) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Sboms.Stored put(Sboms sboms, String document) throws Exception {
        byte[] bytes = bytes(document);
        return sboms.put(digest(bytes), new ByteArrayInputStream(bytes));
    }

    private static Sboms open(Path directory) {
        return Sboms.open(directory, InstantSource.fixed(NOW));
    }

    private static SbomFault refused(Sboms sboms, String digest, InputStream body) {
        try {
            Sboms.Stored stored = sboms.put(digest, body);
            throw new AssertionError("stored " + stored.document().digest());
        } catch (SbomFault fault) {
            return fault;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The file of the one document that is kept.
    private static Path file(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void a_damaged_document_is_named_and_not_served_until_it_is_put_again(@TempDir Path directory)
            throws Exception {
        String digest = digest(bytes(SMALL));
        try (Sboms sboms = open(directory)) {
            var _ = put(sboms, SMALL);
            byte[] bytes = bytes(SMALL);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file(directory), bytes);
            assertThatThrownBy(() -> sboms.content(digest, sboms.documents()))
                    .isInstanceOf(SbomDamage.class)
                    .hasMessageContaining(digest);
        }
        try (Sboms sboms = open(directory)) {
            assertThat(sboms.document(digest, sboms.documents())).isEmpty();
            assertThat(sboms.damaged()).containsOnlyKeys("sha256:" + digest);
            assertThat(put(sboms, SMALL).fresh()).isFalse();
            assertThat(sboms.damaged()).isEmpty();
            assertThat(sboms.document(digest, sboms.documents())).isPresent();
            try (InputStream in = sboms.content(digest, sboms.documents()).orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes(SMALL));
            }
        }
    }

    @Test
    void a_document_is_kept_once_and_outlives_a_restart(@TempDir Path directory) throws Exception {
        Sboms.Stored first;
        try (Sboms sboms = open(directory)) {
            first = put(sboms, SMALL);
            assertThat(first.fresh()).isTrue();
            assertThat(first.document().components()).hasSize(5);
            assertThat(put(sboms, SMALL).fresh()).isFalse();
        }
        Files.writeString(directory.resolve("incoming-left.tmp"), "left by a crash");
        String digest = digest(bytes(SMALL));
        try (Sboms again = open(directory)) {
            assertThat(put(again, SMALL).fresh()).isFalse();
            assertThat(put(again, SMALL).document().recordedMicros())
                    .isEqualTo(first.document().recordedMicros());
            assertThat(again.documents().holds(digest.toUpperCase(Locale.ROOT))).isTrue();
            try (InputStream in = again.content(digest, again.documents()).orElseThrow()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes(SMALL));
            }
            assertThat(again.document(digest, again.documents())).isPresent();
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList()).hasSize(1);
        }
    }

    @Test
    void a_document_is_not_known_before_it_was_recorded() throws Exception {
        Sboms sboms = Sboms.inMemory(InstantSource.fixed(NOW));
        long recorded = put(sboms, SMALL).document().recordedMicros();
        String digest = digest(bytes(SMALL));
        Documents before = sboms.documents().knownAt(recorded - 1);
        assertThat(before.holds(digest)).isFalse();
        assertThat(sboms.content(digest, before)).isEmpty();
        assertThat(sboms.document(digest, sboms.documents().knownAt(recorded))).isPresent();
    }

    @Test
    void the_path_leads_from_the_root_by_dependencies_and_by_what_is_inside() throws Exception {
        SbomDocument document = put(Sboms.inMemory(InstantSource.fixed(NOW)), SMALL).document();
        List<String> names = document.components().stream().map(Component::shown).toList();
        assertThat(document.path(names.indexOf("org.b/b@2.0")))
                .containsExactly("app@9", "pkg:npm/a@1.0.0", "org.b/b@2.0");
        assertThat(document.path(names.indexOf("inside@3.0")))
                .containsExactly("app@9", "pkg:npm/a@1.0.0", "inside@3.0");
        assertThat(document.path(names.indexOf("lonely"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{;MALFORMED_JSON",
                "{}{};MALFORMED_JSON",
                "{\"a\":1,\"a\":2};MALFORMED_JSON",
                "' ';MALFORMED_JSON",
                "[];NOT_CYCLONEDX",
                "{};NOT_CYCLONEDX",
                "{\"bomFormat\":\"SPDX\",\"specVersion\":\"1.4\"};NOT_CYCLONEDX",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"};NOT_CYCLONEDX",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":1.4};NOT_CYCLONEDX",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\",\"components\":{}};NOT_CYCLONEDX",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.4\",\"components\":[{}]};NOT_CYCLONEDX"
            })
    void what_is_no_cyclonedx_is_refused(String document, SbomFault.Kind kind) throws Exception {
        Sboms sboms = Sboms.inMemory(InstantSource.fixed(NOW));
        byte[] bytes = bytes(document);
        assertThat(refused(sboms, digest(bytes), new ByteArrayInputStream(bytes)).kind())
                .isEqualTo(kind);
        assertThat(sboms.documents().holds(digest(bytes))).isFalse();
    }

    @Test
    void another_digest_and_too_much_are_refused(@TempDir Path directory) throws Exception {
        Sboms sboms = open(directory);
        assertThat(refused(sboms, "a".repeat(64), new ByteArrayInputStream(bytes(SMALL))).kind())
                .isEqualTo(SbomFault.Kind.ANOTHER_DIGEST);
        assertThat(refused(sboms, "sha1:abc", InputStream.nullInputStream()).kind())
                .isEqualTo(SbomFault.Kind.MALFORMED_DIGEST);
        InputStream endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return ' ';
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return length;
                    }
                };
        assertThat(refused(sboms, "a".repeat(64), endless).kind())
                .isEqualTo(SbomFault.Kind.TOO_LARGE);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.toList()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cern-lhc-vdm-editor, 44, true",
        "dropwizard-1.3.15, 168, true",
        "juice-shop-11.1.2, 841, true",
        "laravel-7.12.0, 63, true",
        "vex-example, 0, false"
    })
    void documents_that_others_wrote_are_read(String name, int components, boolean withPaths)
            throws Exception {
        byte[] bytes = Files.readAllBytes(OthersData.at("bom/" + name + ".json"));
        Sboms sboms = Sboms.inMemory(InstantSource.fixed(NOW));
        SbomDocument document =
                sboms.put("sha256:" + digest(bytes), new ByteArrayInputStream(bytes)).document();
        assertThat(document.components()).hasSize(components);
        long withPath = 0;
        for (int i = 0; i < components; i++) {
            withPath += document.path(i) == null || document.isRoot(i) ? 0 : 1;
        }
        assertThat(withPath > 0).isEqualTo(withPaths);
        Contents contents = Contents.of(document);
        assertThat(SbomDiff.between(contents, contents).toString()).contains("\"added_total\":0");
        assertThat(SbomDiff.between(new Contents(new java.util.TreeMap<>()), contents).toString())
                .contains("\"removed_total\":0", "\"changed_total\":0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg:npm/a", "pkg:npm/a@7", "pkg:generic/lonely", "pkg:maven/org.b/b"})
    void a_package_is_found_by_package_url_or_by_name(String purl) throws Exception {
        Sboms sboms = Sboms.inMemory(InstantSource.fixed(NOW));
        SbomDocument document = put(sboms, SMALL).document();
        PackageName wanted = PackageName.parse(purl).orElseThrow();
        AffectedVersions affected =
                AffectedVersions.of(
                        sboms,
                        sboms.documents(),
                        wanted,
                        VersionRange.parse(null, Objects.requireNonNull(wanted.type())));
        assertThat(affected.documents()).containsExactly(document.digest());
    }
}

package io.souverix.twin.service.cli;

import io.souverix.twin.core.json.Json;
import io.souverix.twin.service.cli.client.Failure;
import io.souverix.twin.service.cli.client.Question;
import io.souverix.twin.service.cli.client.ServiceClient;
import io.souverix.twin.service.cli.output.Terminal;
import io.souverix.twin.service.cli.view.SbomView;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `twin sbom put FILE | get DIGEST | diff DIGEST DIGEST`.
@Command(
        name = "sbom",
        header = "Store, show and compare SBOM documents.",
        description = {
            "Store a CycloneDX document under its SHA-256, show one that is stored, or say what"
                    + " changes from one to another."
        },
        footer = {
            "  twin sbom put bom.json",
            "  twin sbom get 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "  twin sbom diff 9f86d081… 60303ae2…",
        })
final class SbomCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec private final CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "2..3",
            paramLabel = "WHAT",
            description = "put FILE, get DIGEST, or diff DIGEST DIGEST.")
    private List<String> words = new ArrayList<>();

    @Mixin private final AsOfOptions asOf = new AsOfOptions();
    @Mixin private final OutputOptions output = new OutputOptions();
    @Mixin private final ServiceOptions service = new ServiceOptions();

    SbomCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireWords();
        try (ServiceClient client = service.connect(terminal)) {
            switch (words.getFirst()) {
                case "put" -> {
                    Path file = Path.of(words.get(1));
                    Json stored = client.put("/v1/sboms/" + digest(file), file);
                    output.print(terminal, stored, paint -> SbomView.stored(stored, paint));
                }
                case "get" -> {
                    Json document = client.ask(asOf.of(sbom(words.get(1))));
                    output.print(terminal, document, paint -> SbomView.document(document, paint));
                }
                default -> {
                    Question question = sbom(words.get(1)).segment("diff").segment(words.get(2));
                    Json diff = client.ask(asOf.of(question));
                    output.print(terminal, diff, paint -> SbomView.diff(diff, paint));
                }
            }
        }
        return CommandTree.SUCCESS;
    }

    private void requireWords() {
        int expected =
                switch (words.getFirst()) {
                    case "put", "get" -> 2;
                    case "diff" -> 3;
                    default -> 0;
                };
        if (words.size() != expected) {
            throw new ParameterException(
                    spec.commandLine(),
                    "found '"
                            + String.join(" ", words)
                            + "', expected put FILE, get DIGEST or diff DIGEST DIGEST");
        }
    }

    private static Question sbom(String digest) {
        return Question.of("/v1/sboms").segment(digest);
    }

    private static String digest(Path file) {
        try {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
                var _ = in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException e) {
            throw new Failure(
                    "cannot read " + file + ": " + Failure.words(e),
                    "Name a file that is there.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

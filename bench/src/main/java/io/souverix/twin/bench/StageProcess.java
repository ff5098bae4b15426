package io.souverix.twin.bench;

import io.souverix.twin.core.json.JsonFault;
import io.souverix.twin.core.json.JsonObject;
import io.souverix.twin.core.json.JsonReader;
import io.souverix.twin.core.json.JsonWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A stage in a JVM of its own, with the options of this one. It tells its figures, a line each, on
/// standard output.
public final class StageProcess {
    private static final String FIGURE = "figure ";
    private static final String SAY = "say ";

    private StageProcess() {}

    /// Runs a stage; answers whether it came to its end.
    static boolean run(Stage stage, Bench bench) throws IOException, InterruptedException {
        List<String> command = java();
        command.addAll(
                List.of(
                        StageProcess.class.getName(),
                        stage.name(),
                        Integer.toString(bench.size().nodes()),
                        Integer.toString(bench.size().events()),
                        Integer.toString(bench.runs()),
                        Boolean.toString(bench.quick()),
                        bench.directory().toString()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(FIGURE)) {
                    bench.report(figure(line.substring(FIGURE.length())));
                } else if (line.startsWith(SAY)) {
                    bench.say(line.substring(SAY.length()));
                }
            }
            return process.waitFor() == 0;
        } finally {
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    /// A JVM with the options and the class path of this one.
    public static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    private static Figure figure(String json) throws IOException {
        try {
            return Figure.read(
                    (JsonObject) new JsonReader().read(json.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonFault e) {
            throw new IOException("found no figure in " + json, e);
        }
    }

    /// Runs the stage that the arguments name, in this JVM.
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        // Whatever a library prints must not be taken for a figure.
        System.setOut(System.err);
        Stage stage = Stages.named(arguments[0]);
        Bench bench =
                new Bench(
                        new Size(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])),
                        Integer.parseInt(arguments[3]),
                        Boolean.parseBoolean(arguments[4]),
                        Path.of(arguments[5]),
                        figure -> out.println(FIGURE + JsonWriter.text(figure.json())),
                        text -> out.println(SAY + text));
        stage.run(bench);
        out.flush();
        System.exit(0);
    }
}

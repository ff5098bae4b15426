package io.souverix.twin.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/// Every stage, in the order they run; those of the peers where they are on the class path.
final class Stages {
    private static final List<Stage> OWN =
            List.of(
                    new LimitsStage(),
                    new IngestStage(),
                    new RebuildStage(),
                    new HeapStage(),
                    new QueryStage(),
                    new PastStage(),
                    new StartStage(),
                    new HttpReadStage(),
                    new StreamStage(),
                    new LateStage(),
                    new HttpIngestStage(),
                    new HttpWriteStage(),
                    new MeshStage(),
                    new HttpMeshStage());

    private Stages() {}

    static List<Stage> own() {
        return OWN;
    }

    static List<Stage> peers() {
        return ServiceLoader.load(Stage.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    static List<Stage> ownAndPeers() {
        List<Stage> all = new ArrayList<>(OWN);
        all.addAll(peers());
        return all;
    }

    /// What a curve is drawn of: cost an event and cost a question, in process.
    static List<Stage> curves() {
        Set<String> names = Set.of("ingest", "rebuild", "heap", "queries", "past", "start");
        return OWN.stream().filter(stage -> names.contains(stage.name())).toList();
    }

    static Stage prepare() {
        return new PrepareStage();
    }

    static Stage named(String name) {
        List<Stage> all = ownAndPeers();
        all.add(prepare());
        return all.stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("found no stage " + name));
    }
}

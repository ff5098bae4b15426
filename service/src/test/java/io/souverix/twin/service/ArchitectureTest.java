package io.souverix.twin.service;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The layers as a test: dependencies point one way, and the core has no clock and no I/O.
final class ArchitectureTest {
    private static final String ROOT = "io.souverix.twin.";
    private static final String CORE = ROOT + "core..";
    private static final String ENGINE = ROOT + "engine..";
    private static final String SIMULATOR = ROOT + "simulator..";
    private static final String SERVICE = ROOT + "service..";
    private static final String BENCH = ROOT + "bench..";

    /// The aspects of the view, all under core; none of them sees another.
    private static final List<String> ASPECTS =
            List.of("drift", "connectivity", "lifecycle", "trust", "graph", "authority");

    /// What tells the time or makes chance. Bare names stand for every method of the class.
    private static final Set<String> CLOCKS_AND_CHANCE =
            Set.of(
                    "java.time.Clock",
                    "java.time.InstantSource",
                    "java.util.Random",
                    "java.util.concurrent.ThreadLocalRandom",
                    "java.security.SecureRandom",
                    "java.lang.Thread",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.lang.System.getenv",
                    "java.lang.System.getProperty",
                    "java.lang.Math.random",
                    "java.util.UUID.randomUUID");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.souverix.twin");

    @Test
    void the_classes_of_every_layer_were_read() {
        Set<String> layers =
                CLASSES.stream()
                        .map(type -> type.getPackageName().substring(ROOT.length()))
                        .map(name -> name.split("\\.")[0])
                        .collect(Collectors.toSet());
        assertThat(layers).contains("core", "engine", "simulator", "service");
    }

    @Test
    void the_core_sees_no_other_layer() {
        check(none(CORE, ENGINE, SIMULATOR, SERVICE, BENCH));
    }

    @Test
    void the_core_reads_no_file_and_no_network() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(CORE)
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                "java.io..",
                                                "java.nio.file..",
                                                "java.nio.channels..",
                                                "java.net..",
                                                "javax.net..")
                                        .and(isNot("java.io.Serializable"))
                                        .and(isNot("java.io.UncheckedIOException"))
                                        .and(isNot("java.io.IOException"))
                                        // bytes in memory: what certificates are read from
                                        .and(isNot("java.io.InputStream"))
                                        .and(isNot("java.io.ByteArrayInputStream"))));
    }

    @Test
    void the_core_has_no_clock_and_no_chance() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(CORE)
                        .should()
                        .accessTargetWhere(
                                describe("tells the time or makes chance", this::isClockOrChance)));
    }

    @Test
    void no_aspect_of_the_core_sees_another() {
        for (String aspect : ASPECTS) {
            String[] others =
                    ASPECTS.stream()
                            .filter(Predicate.not(aspect::equals))
                            .map(name -> ROOT + "core." + name + "..")
                            .toArray(String[]::new);
            check(none(ROOT + "core." + aspect + "..", others));
        }
    }

    @Test
    void the_engine_sees_only_the_core() {
        check(none(ENGINE, SIMULATOR, SERVICE, BENCH));
    }

    @Test
    void the_simulator_sees_neither_engine_nor_service() {
        check(none(SIMULATOR, ENGINE, SERVICE, BENCH));
    }

    @Test
    void the_service_does_not_see_the_bench() {
        check(none(SERVICE, BENCH));
    }

    @Test
    void packages_do_not_go_in_circles() {
        check(slices().matching("io.souverix.twin.(*).(*)..").should().beFreeOfCycles());
    }

    private static ArchRule none(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }

    /// An empty layer breaks no rule; that the layers are not empty is a test of its own.
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> isNot(String name) {
        return describe("is not " + name, type -> !type.getName().equals(name));
    }

    private boolean isClockOrChance(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        boolean now = access.getName().equals("now") && owner.startsWith("java.time.");
        return now
                || Stream.of(owner, owner + "." + access.getName())
                        .anyMatch(CLOCKS_AND_CHANCE::contains);
    }
}

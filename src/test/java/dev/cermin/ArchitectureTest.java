package dev.cermin;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.cermin.loop.LoopState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The walls between the packages, as a table. */
class ArchitectureTest {
    private static final JavaClasses CERMIN = new ClassFileImporter()
            .importUrl(LoopState.class.getProtectionDomain().getCodeSource().getLocation());

    /**
     * What a package of the core may touch beside the JDK (without java.sql) and JSpecify; all else is forbidden, above
     * all Quarkus, Kafka, Hibernate and every package of Cermin that is not named.
     *
     * @param name below dev.cermin; packages below it are not meant
     * @param ours the packages of Cermin that it may touch
     * @param libraries the packages of others
     */
    record Wall(String name, List<String> ours, List<String> libraries) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Wall> WALLS = List.of(
            new Wall("json", List.of(), List.of("com.fasterxml.jackson..")),
            new Wall("verify", List.of(), List.of("com.ezylang.evalex..")),
            new Wall("critique", List.of(), List.of()),
            new Wall("policy", List.of(), List.of()),
            new Wall("loop", List.of("policy", "verify", "critique"), List.of()),
            new Wall("agent", List.of("json", "loop", "policy", "verify", "critique"), List.of("org.snakeyaml..")),
            new Wall("model", List.of(), List.of("dev.langchain4j..")),
            new Wall("run", List.of("loop", "agent", "model", "verify", "critique"), List.of("dev.langchain4j..")),
            new Wall(
                    "trace",
                    List.of("json", "loop", "run", "agent", "policy", "verify", "critique"),
                    List.of("org.erdtman.jcs..")));

    /** Libraries that one class alone may touch, so that it alone needs them. */
    record Warden(String library, String type) {}

    static final List<Warden> WARDENS = List.of(
            new Warden("org.snakeyaml..", "dev.cermin.agent.Section"),
            new Warden("com.ezylang.evalex..", "dev.cermin.verify.Expressions"),
            new Warden("org.erdtman.jcs..", "dev.cermin.trace.Chain"));

    @ParameterizedTest
    @FieldSource("WALLS")
    void aPackageTouchesOnlyWhatItMay(Wall wall) {
        String own = "dev.cermin." + wall.name();
        Stream<String> ours =
                Stream.concat(Stream.of(wall.name()), wall.ours().stream()).map(name -> "dev.cermin." + name);
        String[] allowed = Stream.of(Stream.of("java..", "org.jspecify.."), ours, wall.libraries().stream())
                .flatMap(names -> names)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> permitted =
                resideInAnyPackage(allowed).and(DescribedPredicate.not(resideInAPackage("java.sql..")));

        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(permitted)
                .allowEmptyShould(true)
                .check(CERMIN);
    }

    @ParameterizedTest
    @FieldSource("WARDENS")
    void aLibraryHasOneDoor(Warden warden) {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(warden.type())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(warden.library())
                .check(CERMIN);
    }

    @Test
    void noPackagesDependOnEachOther() {
        slices().matching("dev.cermin.(*)..").should().beFreeOfCycles().check(CERMIN);
    }

    @Test
    void onlyCommandsWriteToTheStandardStreams() {
        DescribedPredicate<JavaClass> mains = DescribedPredicate.describe(
                "mains of dev.cermin.embedded",
                type -> type.getPackageName().startsWith("dev.cermin.embedded")
                        && type.tryGetMethod("main", String[].class).isPresent());
        DescribedPredicate<JavaClass> commands =
                resideInAnyPackage("dev.cermin.cli..", "dev.cermin.bench..").or(mains);

        noClasses()
                .that(DescribedPredicate.not(commands))
                .should(ACCESS_STANDARD_STREAMS)
                .check(CERMIN);
    }

    @Test
    void everyPackageSaysWhatLivesThereAndWhatItMayTouch() throws IOException {
        TreeSet<Path> silent = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .forEach(silent::add);
        }
        assertThat(silent).as("packages without package-info.java").isEmpty();
    }
}

package io.hopline.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** The shape that every module keeps; it is checked here since only the launcher's tests see all of them. */
@AnalyzeClasses(packages = "io.hopline", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesFormNoCycles =
            slices().matching("io.hopline.(*)..").should().beFreeOfCycles();

    /** A module's root package holds what its packages share, and may name them: only those beneath it are held apart. */
    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("io.hopline.(*).(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theApiKnowsNoProtocolAndNoLauncher = sees("api");

    @ArchTest
    static final ArchRule connectBuildsOnTheApiAlone = sees("connect", "api");

    @ArchTest
    static final ArchRule httpBuildsOnConnect = sees("http", "connect", "api");

    @ArchTest
    static final ArchRule socksBuildsOnTheApiAlone = sees("socks", "api");

    @ArchTest
    static final ArchRule spdyBuildsOnTheApiAlone = sees("spdy", "api");

    @ArchTest
    static final ArchRule http2BuildsOnTheApiAlone = sees("http2", "api");

    @ArchTest
    static final ArchRule theLauncherKnowsNoProtocol = sees("launcher", "api");

    @ArchTest
    static final ArchRule theTestKitKnowsNoProtocol = sees("testkit", "api", "leakcheck");

    @ArchTest
    static final ArchRule everyModuleHasARuleHere = classes()
            .should()
            .resideInAnyPackage(
                    packages("api", "connect", "http", "socks", "spdy", "http2", "launcher", "testkit", "leakcheck"));

    @ArchTest
    static final ArchRule guiceStaysInModulesAndFactories = noClasses()
            .that()
            .haveNameNotMatching(".*(Module|Factory)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..")
            .because("an object that is handed what it needs can be built in a test, and without Guice");

    private static ArchRule sees(String module, String... others) {
        String[] visible = Stream.concat(Stream.of(module), Stream.of(others)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("io.hopline." + module + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.hopline..").and(not(resideInAnyPackage(packages(visible)))));
    }

    private static String[] packages(String... modules) {
        return Stream.of(modules).map(module -> "io.hopline." + module + "..").toArray(String[]::new);
    }
}

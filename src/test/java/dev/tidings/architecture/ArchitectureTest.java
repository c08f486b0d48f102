package dev.tidings.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final String ROOT = "dev.tidings";
    private static final String FIXTURES = "dev.tidings.architecture.fixtures";
    private static final JavaClasses SERVICE =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);
    private static final JavaClasses VIOLATING = new ClassFileImporter().importPackages(FIXTURES);

    static Stream<Arguments> rules() {
        return Stream.of(new Rules(ROOT))
                .flatMap(rules -> Stream.of(
                        rules.domainIsPure(),
                        rules.applicationKnowsNoTechnology(),
                        rules.siblingsDontKnowEachOther(),
                        rules.nothingGoesRoundInCircles(),
                        rules.theCoreAsksNoClock(),
                        rules.configurationStaysInside(),
                        rules.fieldsArentInjected(),
                        rules.namesSaySomething()))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_service_keeps_the_rule(ArchRule rule) {
        rule.check(SERVICE);
    }

    static Stream<Arguments> violations() {
        Rules rules = new Rules(FIXTURES);
        return Stream.of(
                Arguments.of(rules.domainIsPure(), "javax.sql.DataSource"),
                Arguments.of(rules.applicationKnowsNoTechnology(), "org.springframework.core.env.Environment"),
                Arguments.of(rules.siblingsDontKnowEachOther(), "Neighbour"),
                Arguments.of(rules.nothingGoesRoundInCircles(), "Cycle detected"),
                Arguments.of(rules.theCoreAsksNoClock(), "java.time.Instant.now()"),
                Arguments.of(rules.fieldsArentInjected(), "DeliveryHelper.environment"),
                Arguments.of(rules.namesSaySomething(), "DeliveryHelper"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void the_rule_bites(ArchRule rule, String complaint) {
        assertThatThrownBy(() -> rule.check(VIOLATING))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() throws IOException {
        List<Path> packages;
        try (Stream<Path> paths = Files.walk(Path.of("src/main/java"))) {
            packages = paths.filter(Files::isDirectory)
                    .filter(ArchitectureTest::hasClasses)
                    .toList();
        }
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(each.resolve("package-info.java")).content().contains("/**", "@NullMarked"));
    }

    private static boolean hasClasses(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

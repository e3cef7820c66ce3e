package org.dmuser.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each layer knows only the next one down; the shim and the SDK share no words but those in {@code channel}. */
@AnalyzeClasses(packages = "org.dmuser", importOptions = ArchitectureTest.ProductOnly.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule CHANNEL = layer("org.dmuser.channel..").mayUse();

    @ArchTest
    static final ArchRule BIO = layer("org.dmuser.shim.bio").mayUse("org.dmuser.channel");

    @ArchTest
    static final ArchRule DEVICE_MAPPER =
            layer("org.dmuser.shim.dm").mayUse("org.dmuser.shim.bio", "org.dmuser.shim.os", "org.dmuser.channel");

    @ArchTest
    static final ArchRule TARGETS = layer("org.dmuser.shim.target..")
            .mayUse("org.dmuser.shim.dm", "org.dmuser.shim.bio", "org.dmuser.channel..");

    @ArchTest
    static final ArchRule FILE = layer("org.dmuser.shim.file").mayUse("org.dmuser.shim.bio", "org.dmuser.channel");

    @ArchTest
    static final ArchRule FUSE = layer("org.dmuser.shim.fuse")
            .mayUse("org.dmuser.shim.file", "org.dmuser.shim.bio", "org.dmuser.shim.os", "org.dmuser.channel");

    @ArchTest
    static final ArchRule TRANSPORTS = layer("org.dmuser.shim.fuse.*..")
            .mayUse(
                    "org.dmuser.shim.fuse",
                    "org.dmuser.shim.file",
                    "org.dmuser.shim.bio",
                    "org.dmuser.shim.os",
                    "org.dmuser.channel");

    @ArchTest
    static final ArchRule SERVICE =
            layer("org.dmuser.shim.service").mayUse("org.dmuser.shim..", "org.dmuser.channel..");

    @ArchTest
    static final ArchRule SDK = layer("org.dmuser.sdk..").mayUse("org.dmuser.channel..");

    @ArchTest
    static final ArchRule EXAMPLES = layer("org.dmuser.examples..").mayUse("org.dmuser.sdk..", "org.dmuser.channel..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("org.dmuser.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    private static Layer layer(String packages) {
        return new Layer(packages);
    }

    private record Layer(String packages) {
        ArchRule mayUse(String... lower) {
            return noClasses()
                    .that()
                    .resideInAPackage(packages)
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.dmuser..")
                            .and(not(resideInAPackage(packages)))
                            .and(not(resideInAnyPackage(lower))))
                    .allowEmptyShould(true);
        }
    }

    /** Leaves out test classes, be they in a directory or in a test jar. */
    static final class ProductOnly implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}

package dev.temper.benchmarks.project;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know what, across modules. */
@AnalyzeClasses(packages = "dev.temper", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] PLATFORM_TECHNOLOGY = {
        "org.springframework..",
        "jakarta.persistence..",
        "org.hibernate..",
        "java.sql..",
        "javax.sql..",
        "org.postgresql.."
    };

    @ArchTest
    static final ArchRule thePlatformNeverSeesTheTrainingEngine = noClasses()
            .that()
            .resideInAnyPackage("dev.temper.platform..", "dev.temper.web..", "dev.temper.db..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.djl.pytorch..", "dev.temper.trainer..");

    @ArchTest
    static final ArchRule theTrainerIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.temper.trainer..",
                    "dev.temper.model..",
                    "dev.temper.data..",
                    "dev.temper.text..",
                    "dev.temper.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLATFORM_TECHNOLOGY);

    @ArchTest
    static final ArchRule theTrainerNeverSeesThePlatform = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.temper.trainer..",
                    "dev.temper.model..",
                    "dev.temper.data..",
                    "dev.temper.text..",
                    "dev.temper.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.temper.platform..", "dev.temper.web..", "dev.temper.db..");

    @ArchTest
    static final ArchRule onlyOneRoomTouchesNativeArrays = noClasses()
            .that()
            .resideInAPackage("dev.temper..")
            .and()
            .resideOutsideOfPackage("dev.temper.trainer.tensor..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "ai.djl", "ai.djl.ndarray..", "ai.djl.engine..", "ai.djl.pytorch..", "ai.djl.training..");

    @ArchTest
    static final ArchRule tokenizersAreTheTextModulesAlone = noClasses()
            .that()
            .resideInAPackage("dev.temper..")
            .and()
            .resideOutsideOfPackage("dev.temper.text..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.huggingface..");

    @ArchTest
    static final ArchRule nothingDependsOnTheBenchmarks = noClasses()
            .that()
            .resideOutsideOfPackage("dev.temper.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.temper.benchmarks..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .that()
            .resideInAPackage("dev.temper..")
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule everyPackageHasADoor =
            classes().that().resideInAPackage("dev.temper..").should(new MarkedPackage());
}

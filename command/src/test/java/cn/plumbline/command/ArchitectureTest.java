package cn.plumbline.command;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

class ArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("cn.plumbline.command");

    private static final String[] PURE = {
        "cn.plumbline.command.facts..",
        "cn.plumbline.command.orgregistry..",
        "cn.plumbline.command.dispatch..",
        "cn.plumbline.command.record.."
    };

    private static final DescribedPredicate<JavaMethodCall> BLOCKING = DescribedPredicate.describe(
            "it blocks, or subscribes: return the publisher instead",
            call -> call.getTargetOwner().isAssignableTo(Publisher.class)
                    && call.getName().matches("block.*|subscribe.*|toIterable|toStream"));

    @Test
    void rulesLookAtSomething() {
        assertThat(MAIN.size()).isGreaterThan(80);
    }

    @Test
    void commandsSeeNeitherJournalNorQueryNorWeb() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("cn.plumbline.journal..", "cn.plumbline.query..", "cn.plumbline.web..")
                .check(MAIN);
    }

    @Test
    void decisionsArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.axonframework..",
                        "reactor..",
                        "java.io..",
                        "java.nio.file..",
                        "java.net..",
                        "java.util.concurrent..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(UUID.class)
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(MAIN);
    }

    @Test
    void decisionsKnowOnlyTheFormOfADecision() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "cn\\.plumbline\\.command\\.(Decisions|DecisionHandler|EventMessages|Boundary|KeyedQueue)")
                .check(MAIN);
    }

    @Test
    void nothingBlocksOrSubscribes() {
        noClasses().should().callMethodWhere(BLOCKING).check(MAIN);
    }

    @Test
    void decidersAreHidden() {
        classes()
                .that()
                .implement(Decider.class)
                .and()
                .areNotInterfaces()
                .should()
                .notBePublic()
                .check(MAIN);
    }
}

package cn.plumbline.web.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.web.commands.ReachesForTheJournal;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class WebArchitectureTest {

    private static final String WEB = "cn.plumbline.web";

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("cn.plumbline");

    private static final JavaClasses BAD_SAMPLES = new ClassFileImporter()
            .importClasses(
                    Blocking.class, Waiting.class, Sleeping.class, Subscribing.class, ReachesForTheJournal.class);

    private static final ArchRule FEW_SEE_THE_JOURNAL = noClasses()
            .that()
            .resideInAPackage(WEB + "..")
            .and()
            .resideOutsideOfPackages(WEB + ".boot..", WEB + ".feed..", WEB + ".proof..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("cn.plumbline.journal..")
            .because("pages and doors speak to command and query; what stands in the journal is asked of the feed");

    private static final ArchRule FEW_SEE_AXON = noClasses()
            .that()
            .resideInAPackage(WEB + "..")
            .and()
            .resideOutsideOfPackage(WEB + ".boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.axonframework..")
            .because("Axon is wired in the composition root, and is behind Decisions and Views everywhere else");

    private static final ArchRule FEW_SEE_THE_DATABASE = noClasses()
            .that()
            .resideInAPackage(WEB + "..")
            .and()
            .resideOutsideOfPackage(WEB + ".boot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.mongodb..", "org.bson..", "de.bwaldvogel..")
            .because("the database is opened in the composition root and belongs to journal and query");

    private static final ArchRule NOBODY_SEES_THE_ROOT = noClasses()
            .that()
            .resideInAPackage(WEB + "..")
            .and()
            .resideOutsideOfPackage(WEB + ".boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(WEB + ".boot..")
            .because("the composition root knows all the parts, and no part knows it");

    private static final ArchRule NOTHING_BLOCKS = noClasses()
            .should()
            .callMethodWhere(
                    of(Publisher.class, "block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream"))
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("a blocked reactive thread stops everybody; return the publisher");

    /** The one place that waits does so on the main thread, before anything serves or after. */
    private static final ArchRule NOTHING_WAITS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(WEB + ".boot.Opening")
            .should()
            .callMethodWhere(of(CompletableFuture.class, "join", "get"))
            .because("a thread that waits for a future is a blocked one");

    /** What is started and ended with the application, and subscribed to by nobody else. */
    private static final ArchRule SUBSCRIPTIONS_ARE_FEW = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(WEB + ".boot.AddressNote")
            .and()
            .doNotHaveFullyQualifiedName(WEB + ".samples.Samples")
            .and()
            .doNotHaveFullyQualifiedName(WEB + ".proof.ProofWork")
            .should()
            .callMethodWhere(of(Publisher.class, "subscribe"))
            .because("the framework subscribes; return the publisher");

    private static DescribedPredicate<JavaAccess<?>> of(Class<?> owner, String... names) {
        Set<String> wanted = Set.of(names);
        return new DescribedPredicate<>(owner.getSimpleName() + "'s " + wanted) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return wanted.contains(access.getName()) && assignableTo(owner).test(access.getTargetOwner());
            }
        };
    }

    private static JavaClasses web() {
        return MAIN.that(resideInAnyPackage(WEB + ".."));
    }

    private static void assertHoldsAndFires(ArchRule rule) {
        rule.check(web());
        assertThat(rule.evaluate(BAD_SAMPLES).hasViolation())
                .as("%s finds a planted violation", rule.getDescription())
                .isTrue();
    }

    @Test
    void theRulesAreAskedOfAllModules() {
        assertThat(web()).hasSizeGreaterThan(60);
        for (String module : new String[] {"events", "journal", "command", "query"}) {
            assertThat(MAIN.that(resideInAnyPackage("cn.plumbline." + module + "..")))
                    .as(module)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    void noModuleKnowsTheDoors() {
        noClasses()
                .that()
                .resideOutsideOfPackage(WEB + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(WEB + "..")
                .check(MAIN);
    }

    @Test
    void eventsKnowNothingOfTheOthers() {
        arrow("events", "journal", "command", "query");
    }

    @Test
    void journalKnowsNothingOfTheOthers() {
        arrow("journal", "events", "command", "query");
    }

    @Test
    void commandKnowsEventsOnly() {
        arrow("command", "journal", "query");
    }

    private static void arrow(String from, String... others) {
        for (String other : others) {
            noClasses()
                    .that()
                    .resideInAPackage("cn.plumbline." + from + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("cn.plumbline." + other + "..")
                    .check(MAIN);
        }
    }

    @Test
    void queryDoesNotKnowCommand() {
        arrow("query", "command");
    }

    @Test
    void onlyRootFeedAndProofSeeTheJournal() {
        assertHoldsAndFires(FEW_SEE_THE_JOURNAL);
    }

    @Test
    void onlyTheRootSeesAxon() {
        FEW_SEE_AXON.check(web());
    }

    @Test
    void onlyTheRootSeesTheDatabase() {
        FEW_SEE_THE_DATABASE.check(web());
    }

    @Test
    void noPartSeesTheRoot() {
        NOBODY_SEES_THE_ROOT.check(web());
    }

    @Test
    void nothingBlocks() {
        assertHoldsAndFires(NOTHING_BLOCKS);
    }

    @Test
    void nothingWaits() {
        assertHoldsAndFires(NOTHING_WAITS);
    }

    @Test
    void subscriptionsAreFew() {
        assertHoldsAndFires(SUBSCRIPTIONS_ARE_FEW);
    }

    @Test
    void controllersAreNobodysBusiness() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .check(web());
    }

    static final class Blocking {
        Object look(Mono<?> mono) {
            return mono.block();
        }
    }

    static final class Waiting {
        Object look(CompletableFuture<?> future) {
            return future.join();
        }
    }

    static final class Sleeping {
        void look() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class Subscribing {
        Object look(Flux<?> flux) {
            return flux.subscribe();
        }
    }
}

package cn.plumbline.journal;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

class JournalArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("cn.plumbline.journal");

    private static final JavaClasses BAD_SAMPLES = new ClassFileImporter()
            .importClasses(Blocking.class, Subscribing.class, KnowsAxon.class, ShowsDriver.class);

    private static final ArchRule NOTHING_BLOCKS = noClasses()
            .should()
            .callMethodWhere(publisherMethod("block", "blockFirst", "blockLast", "toIterable", "toStream"))
            .because("a blocked reactive thread stops everybody; return the publisher");

    /** The drain loop, the start of polling, and the bridge to Axon's streams and futures. */
    private static final ArchRule SUBSCRIPTIONS_ARE_FEW = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("cn.plumbline.journal.Appender")
            .and()
            .doNotHaveFullyQualifiedName("cn.plumbline.journal.Journal")
            .and()
            .doNotHaveFullyQualifiedName("cn.plumbline.journal.axon.EntryStream")
            .and()
            .resideOutsideOfPackage("..embedded..")
            .should()
            .callMethodWhere(publisherMethod("subscribe"))
            .because("whoever needs the result subscribes; return the publisher");

    private static final ArchRule CORE_KNOWS_NO_AXON = noClasses()
            .that()
            .resideOutsideOfPackage("cn.plumbline.journal.axon..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.axonframework..")
            .because("Axon's storage interface changes between patch releases; adapt to it in journal.axon");

    private static final ArchRule DRIVER_STAYS_INSIDE = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(are(new DescribedPredicate<>("public") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getModifiers().contains(JavaModifier.PUBLIC);
                }
            }))
            .should(new ArchCondition<>("show no type of the driver") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    if (!isDoor(method)) {
                        driverTypes(method)
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " shows " + type.getName())));
                    }
                }
            });

    /** Where the database comes in. */
    private static boolean isDoor(JavaMethod method) {
        return (method.getOwner().isEquivalentTo(Journal.class)
                        && method.getName().equals("open"))
                || method.getOwner().getPackageName().endsWith(".embedded");
    }

    private static Stream<JavaClass> driverTypes(JavaMethod method) {
        return Stream.concat(
                        method.getReturnType().getAllInvolvedRawTypes().stream(),
                        method.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                .filter(resideInAnyPackage("com.mongodb..", "org.bson.."));
    }

    private static DescribedPredicate<JavaAccess<?>> publisherMethod(String... names) {
        Set<String> wanted = Set.of(names);
        return new DescribedPredicate<>("a publisher's " + wanted) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return wanted.contains(access.getName())
                        && assignableTo(Publisher.class).test(access.getTargetOwner());
            }
        };
    }

    @Test
    void theRulesAreAskedOfTheWholeModule() {
        assertThat(MAIN).hasSizeGreaterThan(50);
    }

    @Test
    void nothingBlocks() {
        NOTHING_BLOCKS.check(MAIN);
        assertThatItFires(NOTHING_BLOCKS);
    }

    @Test
    void subscriptionsAreFew() {
        SUBSCRIPTIONS_ARE_FEW.check(MAIN);
        assertThatItFires(SUBSCRIPTIONS_ARE_FEW);
    }

    @Test
    void theCoreKnowsNoAxon() {
        CORE_KNOWS_NO_AXON.check(MAIN);
        assertThatItFires(CORE_KNOWS_NO_AXON);
    }

    @Test
    void theDriverStaysInside() {
        DRIVER_STAYS_INSIDE.check(MAIN);
        assertThatItFires(DRIVER_STAYS_INSIDE);
    }

    @Test
    void theJournalKnowsNoOtherModule() {
        classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                        "cn.plumbline.events..",
                        "cn.plumbline.command..",
                        "cn.plumbline.query..",
                        "cn.plumbline.web..",
                        "org.springframework..")))
                .check(MAIN);
    }

    private static void assertThatItFires(ArchRule rule) {
        assertThat(rule.evaluate(BAD_SAMPLES).hasViolation())
                .as("%s finds a planted violation", rule.getDescription())
                .isTrue();
    }

    static final class Blocking {
        Object wait(Mono<?> mono) {
            return mono.block();
        }
    }

    static final class Subscribing {
        Object start(Mono<?> mono) {
            return mono.subscribe();
        }
    }

    static final class KnowsAxon {
        Object marker() {
            return org.axonframework.eventsourcing.eventstore.ConsistencyMarker.ORIGIN;
        }
    }

    public static final class ShowsDriver {
        public org.bson.Document document() {
            return new org.bson.Document();
        }
    }
}

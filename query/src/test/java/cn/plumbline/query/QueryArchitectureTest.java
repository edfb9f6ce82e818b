package cn.plumbline.query;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class QueryArchitectureTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("cn.plumbline.query");

    private static final ArchRule OTHER_MODULES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("cn.plumbline.command..", "cn.plumbline.journal..", "cn.plumbline.web..")
            .because("views know events, and the journal only through EventSource");

    private static final ArchRule WAITING = noClasses()
            .should()
            .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.nameMatching(
                            "block|blockFirst|blockLast|toIterable|toStream|subscribe|sleep|join"))
                    .and(JavaCall.Predicates.target(HasOwner.Predicates.With.owner(JavaClass.Predicates.belongToAnyOf(
                            Mono.class, Flux.class, Thread.class, CompletableFuture.class)))))
            .because("nothing blocks, and who subscribes is the caller");

    @Test
    void thereIsSomethingToCheck() {
        assertThat(MAIN.size()).isGreaterThan(40);
    }

    @Test
    void otherModulesAreNotSeen() {
        OTHER_MODULES.check(MAIN);
    }

    @Test
    void nothingBlocksOrSubscribes() {
        WAITING.check(MAIN);
    }

    @Test
    void theRulesNoticeWhatTheyForbid() {
        JavaClasses bad = new ClassFileImporter().importClasses(TestJournal.class);
        assertThatThrownBy(() -> OTHER_MODULES.check(bad)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> WAITING.check(bad)).isInstanceOf(AssertionError.class);
    }
}

package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import reactor.core.publisher.Mono;

/** Tests the tests: of a log that says yes to everything and does nothing, every single one must fail. */
class IdleLogTest {

    interface OpensIdleLogs extends OpensLogs {
        @Override
        default EventLog opened(Mono<Journal> journal) {
            return new EventLog.Idle();
        }
    }

    static class TheContract extends MemoryJournalTest implements OpensIdleLogs {}

    static class TheJournal extends JournalTest implements OpensIdleLogs {}

    static class AnUnknownOutcome extends UnknownOutcomeTest implements OpensIdleLogs {}

    static class AnAudit extends AuditTest implements OpensIdleLogs {}

    static class TheLatest extends LatestTest implements OpensIdleLogs {}

    static class TheMerkleLog extends MerkleLogTest implements OpensIdleLogs {}

    static class AKeptIndex extends KeptIndexTest implements OpensIdleLogs {}

    static class AForgedIndex extends ForgedIndexTest implements OpensIdleLogs {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                TheContract.class, TheJournal.class, AnUnknownOutcome.class, AnAudit.class,
                TheLatest.class, TheMerkleLog.class, AKeptIndex.class, AForgedIndex.class
            })
    void doingNothingIsNotEnough(Class<?> suite) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(suite))
                .execute();
        Events tests = results.testEvents();

        assertThat(tests.succeeded().map(event -> event.getTestDescriptor().getUniqueId()))
                .as("tests that pass for a log that does nothing")
                .isEmpty();
        assertThat(tests.skipped().count() + tests.aborted().count()).isZero();
        assertThat(tests.failed().count()).isEqualTo(tests.started().count()).isPositive();
        assertThat(results.containerEvents().failed().list())
                .as("what could not even begin its tests")
                .isEmpty();
    }
}

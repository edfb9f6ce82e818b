package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Tests the contract: of a log that says yes to everything and does nothing, every single test must fail. */
class IdleLogTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    static class AnAppend extends AppendContract {
        @Override
        protected EventLog open() {
            return new EventLog.Idle();
        }

        @Override
        protected Duration limit() {
            return SHORT;
        }
    }

    static class ARead extends ReadContract {
        @Override
        protected EventLog open() {
            return new EventLog.Idle();
        }

        @Override
        protected Duration limit() {
            return SHORT;
        }
    }

    static class AFollower extends FollowContract {
        @Override
        protected EventLog open() {
            return new EventLog.Idle();
        }

        @Override
        protected Duration limit() {
            return SHORT;
        }
    }

    static class ARestart extends RestartContract {
        @Override
        protected EventLog open() {
            return new EventLog.Idle();
        }

        @Override
        protected Duration limit() {
            return SHORT;
        }
    }

    static class SeveralInstances extends SeveralInstancesContract {
        @Override
        protected EventLog open() {
            return new EventLog.Idle();
        }

        @Override
        protected Duration limit() {
            return SHORT;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {AnAppend.class, ARead.class, AFollower.class, ARestart.class, SeveralInstances.class})
    void doingNothingIsNotEnough(Class<?> contract) {
        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(contract))
                .execute()
                .testEvents();

        assertThat(tests.succeeded().list())
                .as("tests that pass for a log that does nothing")
                .isEmpty();
        assertThat(tests.skipped().count() + tests.aborted().count()).isZero();
        assertThat(tests.failed().count()).isEqualTo(tests.started().count()).isPositive();
    }
}

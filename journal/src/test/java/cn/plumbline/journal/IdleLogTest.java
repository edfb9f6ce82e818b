package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests the contract: a log that does nothing keeps none of it. */
class IdleLogTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @TestFactory
    Stream<DynamicTest> doingNothingIsNotEnough() {
        List<Supplier<Contract>> contracts = List.of(
                () -> new AppendContract() {
                    @Override
                    protected EventLog open() {
                        return new EventLog.Idle();
                    }

                    @Override
                    protected Duration limit() {
                        return SHORT;
                    }
                },
                () -> new ReadContract() {
                    @Override
                    protected EventLog open() {
                        return new EventLog.Idle();
                    }

                    @Override
                    protected Duration limit() {
                        return SHORT;
                    }
                },
                () -> new FollowContract() {
                    @Override
                    protected EventLog open() {
                        return new EventLog.Idle();
                    }

                    @Override
                    protected Duration limit() {
                        return SHORT;
                    }
                },
                () -> new RestartContract() {
                    @Override
                    protected EventLog open() {
                        return new EventLog.Idle();
                    }

                    @Override
                    protected Duration limit() {
                        return SHORT;
                    }
                },
                () -> new SeveralInstancesContract() {
                    @Override
                    protected EventLog open() {
                        return new EventLog.Idle();
                    }

                    @Override
                    protected Duration limit() {
                        return SHORT;
                    }
                });
        return contracts.stream().flatMap(IdleLogTest::testsOf);
    }

    private static Stream<DynamicTest> testsOf(Supplier<Contract> contract) {
        Class<?> part = contract.get().getClass().getSuperclass();
        List<Method> tests = new ArrayList<>();
        for (Method method : part.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(RepeatedTest.class)) {
                tests.add(method);
            }
        }
        assertThat(tests).as("tests of %s", part).isNotEmpty();
        return tests.stream()
                .map(test -> DynamicTest.dynamicTest(
                        part.getSimpleName() + ": " + test.getName(),
                        () -> assertThat(passes(contract.get(), test))
                                .as("%s passes for a log that does nothing", test)
                                .isFalse()));
    }

    private static boolean passes(Contract contract, Method test) throws IllegalAccessException {
        contract.openLog();
        test.setAccessible(true);
        try {
            test.invoke(contract);
            return true;
        } catch (InvocationTargetException e) {
            return false;
        } finally {
            contract.closeLog();
        }
    }
}

package cn.plumbline.web.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands one application with the sample loaded to all tests that leave the sample's own records as they are. Opened
 * when it is first asked for, closed after the last test. After each class it is asked whether a reactive thread was
 * blocked meanwhile.
 */
final class SharedHouse implements ParameterResolver, AfterAllCallback {

    static final String SAMPLE = "inner-mongolia-2015";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == House.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedHouse.class))
                .computeIfAbsent(House.class, type -> House.open("--samples=" + SAMPLE), House.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(Allowances.violations()).as("blocked reactive threads").isEmpty();
    }
}

package cn.plumbline.web.boot;

import cn.plumbline.events.EventJson;
import java.lang.reflect.Type;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.jspecify.annotations.Nullable;

/**
 * How Axon turns payloads into JSON and back: by the product's own mapper. Axon 5.0.1 brings a converter for Jackson 2
 * only.
 */
final class JsonConverter implements Converter {

    @Override
    public boolean canConvert(Type source, Type target) {
        return source.equals(target) || target == byte[].class || source == byte[].class;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the shape of Axon's interface
    public <T> @Nullable T convert(@Nullable Object input, Type target) {
        if (input == null || (target instanceof Class<?> wanted && wanted.isInstance(input))) {
            return (T) input;
        }
        if (target == byte[].class) {
            return (T) EventJson.mapper().writeValueAsBytes(input);
        }
        if (input instanceof byte[] json) {
            return EventJson.mapper()
                    .readValue(json, EventJson.mapper().getTypeFactory().constructType(target));
        }
        throw new IllegalArgumentException("no conversion from " + input.getClass() + " to " + target);
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("mapper", EventJson.mapper());
    }
}

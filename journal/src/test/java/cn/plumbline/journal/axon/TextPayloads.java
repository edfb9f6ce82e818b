package cn.plumbline.journal.axon;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.conversion.Converter;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;

/**
 * Axon's suite appends plain texts and expects their bytes back. The journal records JSON, so a text becomes a JSON
 * string on its way in, and the hook for old forms of events makes it a plain text again on its way out.
 */
public final class TextPayloads {

    private TextPayloads() {}

    public static EventConverter converter() {
        return new DelegatingEventConverter(new TextConverter());
    }

    public static Upcasting upcasting() {
        return recorded -> {
            String json = new String(recorded.payload(), StandardCharsets.UTF_8);
            byte[] text = json.substring(1, json.length() - 1).getBytes(StandardCharsets.UTF_8);
            return new Upcasting.Form(recorded.type(), recorded.version(), text);
        };
    }

    private static final class TextConverter implements Converter {
        @Override
        public boolean canConvert(Type sourceType, Type targetType) {
            return true;
        }

        @Override
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature is Axon's
        public <T> T convert(Object input, Type targetType) {
            if (input == null || targetType == input.getClass()) {
                return (T) input;
            }
            if (input instanceof byte[] bytes) {
                return (T) new String(bytes, StandardCharsets.UTF_8);
            }
            return (T) ("\"" + input + "\"").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void describeTo(ComponentDescriptor descriptor) {
            descriptor.describeProperty("converter", "texts");
        }
    }
}

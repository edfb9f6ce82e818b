package cn.plumbline.web.pages;

import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventDefinition;
import cn.plumbline.events.EventJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The live stream of events (实时事件). The events themselves come to the browser by the stream of the HTTP contract. */
@Controller
final class StreamPage {

    /** How many events the page keeps; older ones leave it at the bottom. */
    private static final int EVENTS_KEPT = 200;

    /** How many events before the head the page begins with when it is not told where. */
    private static final int EVENTS_BEFORE = 20;

    private final PageRenderer renderer;
    private final Reading reading;

    StreamPage(PageRenderer renderer, Reading reading) {
        this.renderer = renderer;
        this.reading = reading;
    }

    /** The event types of a context. */
    public record ContextTypes(String title, List<Type> types) {}

    /** An event type. */
    public record Type(String name, String title) {}

    @GetMapping("/stream")
    Mono<Rendering> stream(ServerWebExchange exchange) {
        MultiValueMap<String, String> query = exchange.getRequest().getQueryParams();
        Texts texts = renderer.texts(exchange);
        Map<String, String> titles = new LinkedHashMap<>();
        EventCatalogue.all().forEach(type -> titles.put(type.type(), title(type, texts)));
        long head = reading.head();
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("contexts", contexts(texts));
        model.put("titles", EventJson.write(titles));
        model.put("head", head);
        model.put("most", EVENTS_KEPT);
        model.put("after", after(query.getFirst("after"), head));
        model.put("selectedType", text(query, "type"));
        model.put("tag", text(query, "tag"));
        return renderer.page(exchange, "stream", model, "/js/stream.js");
    }

    private static long after(@Nullable String asked, long head) {
        boolean position = asked != null && asked.matches("\\d{1,18}");
        return position ? Math.min(Long.parseLong(asked), head) : Math.max(0, head - EVENTS_BEFORE);
    }

    private static String text(MultiValueMap<String, String> query, String name) {
        String value = query.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private static String title(EventDefinition type, Texts texts) {
        return texts.pick(type.zh(), type.en());
    }

    private static List<ContextTypes> contexts(Texts texts) {
        Map<String, ContextTypes> contexts = new LinkedHashMap<>();
        for (EventDefinition type : EventCatalogue.all()) {
            contexts.computeIfAbsent(
                            type.context(),
                            name -> new ContextTypes(Contexts.title(type.context(), texts), new ArrayList<>()))
                    .types()
                    .add(new Type(type.type(), title(type, texts)));
        }
        return List.copyOf(contexts.values());
    }
}

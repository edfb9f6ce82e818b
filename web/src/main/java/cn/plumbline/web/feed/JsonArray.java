package cn.plumbline.web.feed;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Flux;

/** A JSON array that is written while its elements arrive, so that a page of large events is never held whole. */
final class JsonArray {

    private JsonArray() {}

    /** The bytes of an array of JSON texts. */
    static Flux<byte[]> of(Flux<String> elements) {
        return Flux.defer(() -> {
            AtomicBoolean begun = new AtomicBoolean();
            return elements.map(element -> (begun.getAndSet(true) ? "," : "[") + element)
                    .concatWith(Flux.defer(() -> Flux.just(begun.get() ? "]" : "[]")))
                    .map(text -> text.getBytes(StandardCharsets.UTF_8));
        });
    }
}

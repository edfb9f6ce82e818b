package cn.plumbline.web.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class JsonArrayTest {

    @Test
    void joinsItsElements() {
        StepVerifier.create(text("1", "{}", "\"准绳\""))
                .expectNext("[1,{},\"准绳\"]")
                .verifyComplete();
    }

    @Test
    void isEmptyWithoutAny() {
        StepVerifier.create(text()).expectNext("[]").verifyComplete();
    }

    @Test
    void isWrittenAnewForEachReader() {
        Flux<byte[]> array = JsonArray.of(Flux.just("1"));
        assertThat(array.blockFirst()).isEqualTo(array.blockFirst());
    }

    private static Flux<String> text(String... elements) {
        return JsonArray.of(Flux.just(elements))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .reduce("", String::concat)
                .flux();
    }
}

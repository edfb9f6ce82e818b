package cn.plumbline.web.problems;

import cn.plumbline.events.EventJson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** An application of nothing but doors that fail, behind a chain that lets everybody through. */
@SpringBootConfiguration
@Profile("trouble") // the real application scans this package, and must not find it
@EnableAutoConfiguration
@Import({ProblemsConfiguration.class, ProblemDoor.class, Trouble.Doors.class})
class Trouble {

    @Bean
    SecurityWebFilterChain everybody(ServerHttpSecurity http) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable).build();
    }

    @Bean
    JsonMapper jsonMapper() {
        return EventJson.mapper();
    }

    record Body(String name, int count) {}

    @Profile("trouble")
    @RestController
    static class Doors {

        @PostMapping(path = "/api/body", consumes = MediaType.APPLICATION_JSON_VALUE)
        Mono<Body> body(@RequestBody Mono<Body> body) {
            return body;
        }

        @GetMapping("/api/number")
        Mono<Integer> number(@RequestParam int number) {
            return Mono.just(number);
        }

        @GetMapping(path = "/api/json", produces = MediaType.APPLICATION_JSON_VALUE)
        Mono<Map<String, String>> json() {
            return Mono.just(Map.of("a", "b"));
        }

        @GetMapping("/api/problem")
        Mono<String> problem() {
            return Mono.error(ProblemException.of(503, "JOURNAL_UNAVAILABLE")
                    .header("Retry-After", "3")
                    .with("commandId", "c1")
                    .errors(List.of(new FieldProblem("/a", "REQUIRED", new Message("必填", "Required")))));
        }

        @GetMapping("/api/gone")
        Mono<String> gone() {
            return Mono.error(new ResponseStatusException(HttpStatus.GONE, "inner workings"));
        }

        @GetMapping("/api/timeout")
        Mono<String> timeout() {
            return Mono.error(new TimeoutException("inner workings"));
        }

        @GetMapping({"/api/fault", "/fault"})
        Mono<String> fault() {
            throw new IllegalStateException("inner workings");
        }

        @GetMapping("/api/bare")
        Mono<Void> bare(ServerWebExchange exchange) {
            exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
            return exchange.getResponse().setComplete();
        }

        @GetMapping(path = "/api/half", produces = MediaType.TEXT_PLAIN_VALUE)
        Flux<String> half() {
            return Flux.just("begun").concatWith(Flux.error(new IllegalStateException("half")));
        }
    }
}

package cn.plumbline.web.pages;

import cn.plumbline.web.problems.Message;
import cn.plumbline.web.problems.ProblemException;
import cn.plumbline.web.problems.ProblemPage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows a problem in the frame of the other pages. */
final class TemplateProblemPage implements ProblemPage {

    private final PageRenderer renderer;
    private final List<ViewResolver> resolvers;

    TemplateProblemPage(PageRenderer renderer, List<ViewResolver> resolvers) {
        this.renderer = renderer;
        this.resolvers = resolvers;
    }

    /**
     * The page's model.
     *
     * @param status 0 where a code is explained and nothing went wrong
     * @param message what it means in this case
     * @param other the same in the other language, null when it only repeats the title
     */
    public record Problem(
            int status,
            String code,
            String title,
            String message,
            @Nullable String other) {}

    @Override
    public Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        Texts texts = renderer.texts(exchange);
        Message title = problem.message();
        Message detail = problem.detail();
        Problem model = new Problem(
                problem.status(),
                problem.code(),
                texts.pick(title.zh(), title.en()),
                texts.pick(detail.zh(), detail.en()),
                texts.pick(detail.en(), detail.zh()));
        return renderer.model(exchange, Map.of("problem", model))
                .flatMap(all -> Flux.fromIterable(resolvers)
                        .concatMap(resolver -> resolver.resolveViewName(
                                "problem", texts.language().locale()))
                        .next()
                        .flatMap(view -> view.render(all, MediaType.TEXT_HTML, exchange)));
    }
}

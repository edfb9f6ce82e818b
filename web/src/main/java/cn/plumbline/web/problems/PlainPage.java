package cn.plumbline.web.problems;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.HtmlUtils;
import reactor.core.publisher.Mono;

/** Problems as plain HTML, Chinese first, without script or template. */
final class PlainPage implements ProblemPage {

    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    @Override
    public Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        return send(exchange, problem.message().zh(), article(problem));
    }

    /** The page that lists all codes. */
    Mono<Void> list(ServerWebExchange exchange, Collection<ProblemDoor.Explanation> explanations) {
        StringBuilder rows = new StringBuilder();
        explanations.forEach(one -> rows.append("<tr><th scope=\"row\" data-label=\"代码 Code\"><a href=\"/problems/")
                .append(escaped(one.code()))
                .append("\"><code>")
                .append(escaped(one.code()))
                .append("</code></a></th><td data-label=\"状态 Status\">")
                .append(one.status())
                .append("</td><td data-label=\"说明\">")
                .append(escaped(one.message().zh()))
                .append("</td><td data-label=\"Meaning\" lang=\"en\">")
                .append(escaped(one.message().en()))
                .append("</td></tr>"));
        String body =
                "<article class=\"card\"><h1>问题代码 <span lang=\"en\">Problems</span></h1><table class=\"stack\"><thead><tr>"
                        + "<th scope=\"col\">代码 Code</th><th scope=\"col\">状态 Status</th>"
                        + "<th scope=\"col\">说明</th><th scope=\"col\" lang=\"en\">Meaning</th></tr></thead><tbody>"
                        + rows + "</tbody></table></article>";
        return send(exchange, "问题代码", body);
    }

    private static String article(ProblemException problem) {
        Message detail = problem.detail();
        return "<article class=\"card form\"><p class=\"crumbs\">" + problem.status() + " <a href=\"/problems/"
                + escaped(problem.code()) + "\"><code>" + escaped(problem.code()) + "</code></a></p>"
                + heading(problem.message())
                + (detail.equals(problem.message()) ? "" : paragraph(detail))
                + "<p class=\"actions\"><a class=\"button primary\" href=\"/\">回到首页 Home</a></p></article>";
    }

    private static String heading(Message message) {
        return "<h1>" + escaped(message.zh()) + "</h1><p class=\"soft\" lang=\"en\">" + escaped(message.en()) + "</p>";
    }

    private static String paragraph(Message message) {
        return "<p>" + escaped(message.zh()) + "</p><p class=\"soft\" lang=\"en\">" + escaped(message.en()) + "</p>";
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
    }

    private static Mono<Void> send(ServerWebExchange exchange, String title, String body) {
        ServerHttpResponse response = exchange.getResponse();
        byte[] html = """
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s · Plumbline 准绳</title>
            <link rel="icon" type="image/svg+xml" href="/images/plumbline.svg">
            <link rel="stylesheet" href="/css/plumbline.css">
            </head>
            <body>
            <main class="wrap">%s</main>
            </body>
            </html>
            """.formatted(escaped(title), body).getBytes(StandardCharsets.UTF_8);
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(HTML);
        headers.setContentLength(html.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(html)));
    }
}

package cn.plumbline.web.pages;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Puts a page together: its model, what stands around it, and whether the browser asked for the whole page or, by htmx,
 * for the part that changes.
 */
final class PageRenderer {

    private static final String NOTHING = "part/nothing :: nothing";

    private final MessageSource messages;
    private final Roles roles;
    private final ZoneId zone;
    private final ServerSecurityContextRepository sessions;
    private final String htmx = WebJars.htmx();

    PageRenderer(MessageSource messages, Roles roles, ZoneId zone, ServerSecurityContextRepository sessions) {
        this.messages = messages;
        this.roles = roles;
        this.zone = zone;
        this.sessions = sessions;
    }

    Texts texts(ServerWebExchange exchange) {
        return new Texts(messages, Language.of(exchange));
    }

    /** A page that is always sent whole. */
    Mono<Rendering> page(ServerWebExchange exchange, String template, Map<String, Object> model, String... scripts) {
        return page(exchange, template, null, HttpStatus.OK, model, scripts);
    }

    /**
     * A page.
     *
     * @param part the template of the part that htmx asks for, null when there is none
     */
    Mono<Rendering> page(
            ServerWebExchange exchange,
            String template,
            @Nullable String part,
            HttpStatus status,
            Map<String, Object> model,
            String... scripts) {
        String view = part != null && asksForPart(exchange.getRequest()) ? part : template;
        return model(exchange, model, scripts)
                .map(all -> Rendering.view(view)
                        .model(all)
                        .status(status)
                        .header("Vary", "HX-Request", "Cookie")
                        .header("Cache-Control", "no-store")
                        .build());
    }

    /** A page's model with what stands around it. */
    Mono<Map<String, Object>> model(ServerWebExchange exchange, Map<String, Object> model, String... scripts) {
        return rendered(around(exchange).map(page -> {
            Map<String, Object> all = new HashMap<>(model);
            all.put("page", page);
            all.put("scripts", List.of(scripts));
            return all;
        }));
    }

    /** Leads the browser to another page of ours; htmx is told by its own header, for it would follow a redirect. */
    static Mono<Rendering> leadTo(ServerWebExchange exchange, String address) {
        Rendering there = asksForPart(exchange.getRequest())
                ? Rendering.view(NOTHING).header("HX-Redirect", address).build()
                : Rendering.redirectTo(address).build();
        return rendered(Mono.just(there));
    }

    /** What renders is the subscriber of this: a large page takes longer than a thread of the server should be held. */
    private static <T> Mono<T> rendered(Mono<T> page) {
        return page.publishOn(Schedulers.boundedElastic());
    }

    static boolean asksForPart(ServerHttpRequest request) {
        return request.getHeaders().containsHeader("HX-Request")
                && !request.getHeaders().containsHeader("HX-History-Restore-Request");
    }

    private Mono<Page> around(ServerWebExchange exchange) {
        Mono<Optional<Authentication>> user = ReactiveSecurityContextHolder.getContext()
                // A problem is shown outside of the filters that know who is signed in.
                .switchIfEmpty(Mono.defer(() -> sessions.load(exchange)))
                .mapNotNull(SecurityContext::getAuthentication)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty());
        return Mono.zip(user, token(exchange))
                .map(both ->
                        page(exchange, both.getT1().orElse(null), both.getT2().orElse(null)));
    }

    private static Mono<Optional<CsrfToken>> token(ServerWebExchange exchange) {
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.map(Optional::of).defaultIfEmpty(Optional.empty());
    }

    private Page page(ServerWebExchange exchange, @Nullable Authentication authentication, @Nullable CsrfToken csrf) {
        Language language = Language.of(exchange);
        String path = exchange.getRequest().getPath().value();
        List<String> authorities = authentication == null ? List.of() : authorities(authentication);
        Page.User user = authentication == null || !authentication.isAuthenticated()
                ? null
                : new Page.User(
                        authentication.getName(),
                        roles.role(authorities),
                        roles.records(authorities),
                        roles.follows(authorities));
        return new Page(
                language,
                user,
                roles.navigation(authorities, path),
                csrf,
                otherLanguage(exchange, language),
                htmx,
                zone.getId());
    }

    /** Where someone who signs in lands. */
    String home(Authentication user) {
        return roles.home(authorities(user));
    }

    private static List<String> authorities(Authentication user) {
        return user.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String otherLanguage(ServerWebExchange exchange, Language language) {
        return UriComponentsBuilder.fromUri(exchange.getRequest().getURI())
                .scheme(null)
                .host(null)
                .port(null)
                .userInfo(null)
                .replaceQueryParam(Language.NAME, language.other().tag())
                .build()
                .toUriString();
    }
}

package cn.plumbline.web.security;

import cn.plumbline.web.problems.Browsers;
import cn.plumbline.web.problems.ProblemException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.ReactiveUserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.logout.RedirectServerLogoutSuccessHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;
import org.springframework.security.web.server.savedrequest.ServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.CookieWebSessionIdResolver;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionManager;
import reactor.core.publisher.Mono;

/** Who may come in, where to, and what a browser may do with our pages. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
class SecurityConfiguration {

    private static final String[] PUBLIC = {
        "/login",
        "/css/**",
        "/js/**",
        "/images/**",
        "/webjars/**",
        "/favicon.ico",
        "/problems/**",
        "/checkpoint",
        "/tile/**",
        "/vkey",
        "/actuator/health/**"
    };
    private static final String[] WRITERS = {"CLERK", "MEMBER", "ADMIN"};
    private static final String[] VIEWERS = {"CLERK", "MEMBER", "ADMIN", "AUDITOR", "DASHBOARD"};
    private static final String[] HISTORIANS = {"CLERK", "MEMBER", "ADMIN", "AUDITOR"};
    private static final String[] CONSUMERS = {"INTEGRATOR", "AUDITOR", "ADMIN"};

    /** Pages load nothing from elsewhere and run no script in the page; ECharts sets styles on its elements. */
    private static final String CONTENT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final List<HttpMethod> READING =
            List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    @Bean
    ReactiveUserDetailsService accounts(SecurityProperties properties, ServerProperties server) {
        return Accounts.of(properties, server.getAddress());
    }

    /** None: each would be taken around every filter of every request, and nothing here reads them. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    PasswordEncoder passwords() {
        return new Passwords();
    }

    @Bean
    ServerSecurityContextRepository sessions(SessionStore store, ReactiveUserDetailsService accounts, Clock clock) {
        return new Sessions(store, accounts, clock);
    }

    /**
     * Holds a form over the redirect that follows a login, in this node's memory, and nothing else. Its cookie is not
     * that of who is signed in, which it would take for one of its own that has ended, and take back.
     */
    @Bean
    WebSessionManager webSessionManager() {
        CookieWebSessionIdResolver cookie = new CookieWebSessionIdResolver();
        cookie.setCookieName("FORM");
        DefaultWebSessionManager manager = new DefaultWebSessionManager();
        manager.setSessionIdResolver(cookie);
        return manager;
    }

    @Bean
    SecurityWebFilterChain security(ServerHttpSecurity http, ServerSecurityContextRepository sessions) {
        CookieServerCsrfTokenRepository tokens = CookieServerCsrfTokenRepository.withHttpOnlyFalse();
        ServerRequestCache askedPage = new AskedPage();
        KeptForms keptForms = new KeptForms(askedPage);
        RedirectServerLogoutSuccessHandler signedOut = new RedirectServerLogoutSuccessHandler();
        signedOut.setLogoutSuccessUrl(URI.create("/login?logout"));
        return http.authorizeExchange(SecurityConfiguration::authorize)
                .requestCache(cache -> cache.requestCache(askedPage))
                .securityContextRepository(sessions)
                // A program shows its credentials with each request, and gets no session.
                .httpBasic(basic -> basic.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                        .authenticationEntryPoint(SecurityConfiguration::unauthenticated))
                .formLogin(form -> form.loginPage("/login")
                        .authenticationSuccessHandler(keptForms::signedIn)
                        .authenticationFailureHandler(keptForms::refused))
                .addFilterBefore(keptForms, SecurityWebFiltersOrder.AUTHORIZATION)
                .logout(logout -> logout.logoutSuccessHandler(signedOut))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(entryPoint(askedPage))
                        .accessDeniedHandler((exchange, denied) -> Mono.error(denied)))
                .csrf(csrf -> csrf.csrfTokenRepository(tokens)
                        .csrfTokenRequestHandler(new CsrfHandler())
                        .accessDeniedHandler((exchange, denied) -> Mono.error(denied))
                        .requireCsrfProtectionMatcher(byBrowser()))
                .headers(headers -> headers.frameOptions(frame -> frame.mode(Mode.DENY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY)))
                .build();
    }

    private static void authorize(ServerHttpSecurity.AuthorizeExchangeSpec paths) {
        paths.pathMatchers(PUBLIC)
                .permitAll()
                .pathMatchers(HttpMethod.POST, "/api/commands", "/api/commands/**")
                .hasAnyRole(WRITERS)
                .pathMatchers("/record", "/record/**")
                .hasAnyRole(WRITERS)
                .pathMatchers("/api/views", "/api/views/**", "/coverage", "/coverage/**", "/groups", "/groups/**")
                .hasAnyRole(VIEWERS)
                .pathMatchers("/api/records/**", "/records", "/records/**", "/recorded/**")
                .hasAnyRole(HISTORIANS)
                .pathMatchers("/api/events", "/api/events/**", "/stream")
                .hasAnyRole(CONSUMERS)
                .pathMatchers("/api/attempts", "/api/attempts/**")
                .hasAnyRole("AUDITOR", "ADMIN")
                .anyExchange()
                .authenticated();
    }

    /** Pages lead to the login, the API answers with a problem. */
    private static ServerAuthenticationEntryPoint entryPoint(ServerRequestCache askedPage) {
        RedirectServerAuthenticationEntryPoint pages = new RedirectServerAuthenticationEntryPoint("/login");
        pages.setRequestCache(askedPage);
        return (exchange, failure) -> isOfPage(exchange.getRequest())
                ? pages.commence(exchange, failure)
                : unauthenticated(exchange, failure);
    }

    /** A part of a page, too: the login tells a script that the whole page has to change. */
    static boolean isOfPage(ServerHttpRequest request) {
        return Browsers.wantsPage(request) || request.getHeaders().containsHeader("HX-Request");
    }

    private static Mono<Void> unauthenticated(ServerWebExchange exchange, AuthenticationException failure) {
        ProblemException problem = ProblemException.of(HttpStatus.UNAUTHORIZED.value(), "UNAUTHENTICATED");
        boolean page = exchange.getRequest().getCookies().containsKey(Sessions.COOKIE);
        // A page whose session has ended leads to the login; the browser's own box for a password would be in the way.
        return Mono.error(page ? problem : problem.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"plumbline\""));
    }

    /**
     * What a browser adds by itself, a cookie or the credentials it was once asked for, another site's page can make it
     * send. Such a page can send forms only, and the API takes none: there the header shows a program, which no token
     * is asked of. Of a form, it shows nothing.
     */
    private static ServerWebExchangeMatcher byBrowser() {
        return exchange -> {
            ServerHttpRequest request = exchange.getRequest();
            String path = request.getPath().value();
            boolean writes = !READING.contains(request.getMethod());
            boolean credentials = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION) != null;
            boolean session = request.getCookies().containsKey(Sessions.COOKIE);
            boolean asked = path.startsWith("/api/")
                    ? session && !credentials
                    : session || credentials || path.equals("/login") || path.startsWith("/record/");
            return writes && asked ? MatchResult.match() : MatchResult.notMatch();
        };
    }
}

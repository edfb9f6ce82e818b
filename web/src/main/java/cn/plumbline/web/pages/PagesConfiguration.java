package cn.plumbline.web.pages;

import cn.plumbline.query.EventSource;
import cn.plumbline.query.Views;
import cn.plumbline.web.problems.ProblemPage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.SimpleLocaleContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.reactive.result.view.ViewResolver;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.i18n.LocaleContextResolver;
import org.thymeleaf.templateresolver.ITemplateResolver;

/** The wiring of the pages. It needs the doors of {@code query} and {@code command} and a clock in the product's zone. */
@Configuration(proxyBeanMethods = false)
class PagesConfiguration {

    @Bean
    MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/pages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        // Chinese is the file without a language; the machine's own language must not matter.
        messages.setFallbackToSystemLocale(false);
        // Read now, on the main thread, not by the first reader's request.
        for (Language language : Language.values()) {
            messages.getMessage("skip", null, language.locale());
        }
        return messages;
    }

    @Bean
    LocaleContextResolver localeContextResolver() {
        return new LocaleContextResolver() {
            @Override
            public SimpleLocaleContext resolveLocaleContext(ServerWebExchange exchange) {
                return new SimpleLocaleContext(Language.of(exchange).locale());
            }

            @Override
            public void setLocaleContext(ServerWebExchange exchange, @Nullable LocaleContext context) {
                throw new UnsupportedOperationException("the language is chosen by ?lang=");
            }
        };
    }

    @Bean
    LanguageFilter languageFilter() {
        return new LanguageFilter();
    }

    /** By this name it takes the place of the one that would look into the jar at each first use. */
    @Bean
    ITemplateResolver defaultTemplateResolver() {
        return Templates.read();
    }

    @Bean
    PageRenderer pageRenderer(MessageSource messages, Clock clock, ServerSecurityContextRepository sessions) {
        return new PageRenderer(messages, new Roles(), clock.getZone(), sessions);
    }

    @Bean
    ProblemPage problemPage(PageRenderer renderer, ObjectProvider<ViewResolver> resolvers) {
        return new TemplateProblemPage(renderer, resolvers.orderedStream().toList());
    }

    @Bean
    NameBook nameBook(EventSource source) {
        return new NameBook(source);
    }

    @Bean
    Reading reading(Views views, EventSource source, NameBook names, Clock clock) {
        return new Reading(views, source, names, clock);
    }
}

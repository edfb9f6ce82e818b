package cn.plumbline.web.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;

/**
 * The templates of the pages, all read at the start: no request waits for a file, and none meets another one that opens
 * the same entry of the jar.
 */
final class Templates extends AbstractConfigurableTemplateResolver {

    private static final String ROOT = "/templates/";
    private static final String ENDING = ".html";

    private final Map<String, String> texts;

    private Templates(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
        setTemplateMode(TemplateMode.HTML);
    }

    /** Reads every template on the class path. */
    static Templates read() {
        try {
            Map<String, String> texts = new HashMap<>();
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + "**/*")) {
                String path = file.getURL().getPath();
                if (path.endsWith(ENDING)) {
                    String name = path.substring(path.lastIndexOf(ROOT) + ROOT.length());
                    texts.put(
                            name.substring(0, name.length() - ENDING.length()),
                            file.getContentAsString(StandardCharsets.UTF_8));
                }
            }
            return new Templates(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected @Nullable ITemplateResource computeTemplateResource(
            IEngineConfiguration configuration,
            @Nullable String ownerTemplate,
            String template,
            String resourceName,
            @Nullable String characterEncoding,
            @Nullable Map<String, Object> attributes) {
        String text = texts.get(template);
        return text == null ? null : new StringTemplateResource(text);
    }
}

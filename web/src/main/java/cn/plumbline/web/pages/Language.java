package cn.plumbline.web.pages;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.web.server.ServerWebExchange;

/** The languages of the pages. The query parameter {@code lang} wins over the cookie of that name; else Chinese. */
public enum Language {
    ZH("zh-CN", "中文", Locale.SIMPLIFIED_CHINESE),
    EN("en", "English", Locale.ENGLISH);

    /** Of the parameter and of the cookie. */
    static final String NAME = "lang";

    private final String tag;
    private final String label;
    private final Locale locale;

    Language(String tag, String label, Locale locale) {
        this.tag = tag;
        this.label = label;
        this.locale = locale;
    }

    static Language of(ServerWebExchange exchange) {
        Language asked = parse(exchange.getRequest().getQueryParams().getFirst(NAME));
        if (asked != null) {
            return asked;
        }
        HttpCookie cookie = exchange.getRequest().getCookies().getFirst(NAME);
        Language kept = cookie == null ? null : parse(cookie.getValue());
        return kept == null ? ZH : kept;
    }

    /** The language of a parameter's value, null when it names none. */
    static @Nullable Language parse(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "zh", "zh-cn" -> ZH;
            case "en" -> EN;
            default -> null;
        };
    }

    /** The BCP 47 tag for {@code lang} attributes. */
    public String tag() {
        return tag;
    }

    /** What the language calls itself. */
    public String label() {
        return label;
    }

    /** The one that the switch offers. */
    public Language other() {
        return this == ZH ? EN : ZH;
    }

    Locale locale() {
        return locale;
    }

    String pick(String zh, String en) {
        return this == ZH ? zh : en;
    }
}

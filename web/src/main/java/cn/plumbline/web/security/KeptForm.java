package cn.plumbline.web.security;

import cn.plumbline.events.EventJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import tools.jackson.core.JacksonException;

/**
 * What somebody had typed into a form whose session had ended when he sent it. Until he has signed in it is kept in the
 * login page itself, so that who is not signed in cannot make the server keep anything; then in his new session, until
 * the form is shown again.
 *
 * @param command whose form it is
 * @param account that had opened the form; no other gets it back
 * @param values by the names of the form's parameters
 */
public record KeptForm(String command, String account, Map<String, String> values) {

    /** The hidden field of the login page. */
    static final String PARAMETER = "_kept";

    /** The parameter of a form that names the account that opened it. */
    static final String ACCOUNT = "_account";

    /** The longest that is kept, as text. */
    private static final int CHARS_MAX = 64 * 1024;

    private static final String ATTRIBUTE = KeptForm.class.getName();
    private static final Pattern FORM = Pattern.compile("/record/([A-Za-z]{1,64})");

    /** Checks what a browser sends back. */
    public KeptForm {
        Objects.requireNonNull(account);
        values = Map.copyOf(values);
        if (!FORM.matcher("/record/" + command).matches()) {
            throw new IllegalArgumentException("no command has this name");
        }
    }

    /** What a form sends to a path; empty when it is not a command's form that somebody had opened. */
    static Optional<KeptForm> sent(String path, MultiValueMap<String, String> parameters) {
        Matcher form = FORM.matcher(path);
        String account = parameters.getFirst(ACCOUNT);
        if (!form.matches() || account == null) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>(parameters.toSingleValueMap());
        values.values().removeIf(String::isBlank);
        values.remove("_csrf");
        return Optional.of(new KeptForm(form.group(1), account, values));
    }

    /** What a login page sends back; empty when it kept nothing, or what it sends is nothing of ours. */
    static Optional<KeptForm> returned(MultiValueMap<String, String> parameters) {
        String text = parameters.getFirst(PARAMETER);
        if (text == null || text.isEmpty() || text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(EventJson.mapper().readValue(text, KeptForm.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Gives it to the login page that this exchange is answered with. */
    void pass(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** What the login page of an exchange has to keep, null when there is nothing. */
    public static @Nullable KeptForm passed(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    /** The text in the login page; empty when it is too long to be kept. */
    public String text() {
        String text = EventJson.write(this);
        return text.length() > CHARS_MAX ? "" : text;
    }

    /** Where the form is. */
    String address() {
        return "/record/" + command;
    }

    /** Keeps it until the form is shown. */
    void keep(WebSession session) {
        session.getAttributes().put(ATTRIBUTE, this);
    }

    /** Takes what a session keeps for a command's form: it is shown once. */
    public static Optional<MultiValueMap<String, String>> take(WebSession session, String command) {
        if (session.getAttribute(ATTRIBUTE) instanceof KeptForm kept && kept.command.equals(command)) {
            session.getAttributes().remove(ATTRIBUTE);
            MultiValueMap<String, String> values = new LinkedMultiValueMap<>();
            values.setAll(kept.values);
            return Optional.of(values);
        }
        return Optional.empty();
    }
}

package cn.plumbline.web.problems;

import cn.plumbline.events.Rejection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The refusal of a request: what RFC 9457 calls a problem. Immutable and without a stack trace; the methods that add
 * something return another one.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The members that every problem has; data never replaces them. */
    private static final Set<String> RESERVED = Set.of("type", "title", "status", "detail", "code", "message");

    private final int status;
    private final String code;
    private final transient Message message;
    private final transient Message detail;
    private final transient Map<String, Object> data;
    private final transient Map<String, String> headers;

    private ProblemException(
            int status,
            String code,
            Message message,
            Message detail,
            Map<String, Object> data,
            Map<String, String> headers) {
        super(status + " " + code, null, false, false);
        this.status = status;
        this.code = code;
        this.message = message;
        this.detail = detail;
        this.data = Collections.unmodifiableMap(data);
        this.headers = Collections.unmodifiableMap(headers);
    }

    /**
     * A problem that says what its code says.
     *
     * @param status the HTTP status
     * @param code stable, upper case, with a text among the problems or rejections
     */
    public static ProblemException of(int status, String code) {
        Message message = ProblemTexts.message(code);
        return new ProblemException(status, code, message, message, Map.of(), Map.of());
    }

    /**
     * A command refused by the rules of its domain: 422 with all of its rejections, and the data of the first beside
     * them.
     *
     * @param rejections at least one, in the order in which they are told
     */
    public static ProblemException rejected(String commandId, List<? extends Rejection> rejections) {
        Rejection first = rejections.getFirst();
        int status = first.code().equals("FORBIDDEN_BY_SCOPE") ? 403 : 422;
        List<Map<String, Object>> all = new ArrayList<>();
        for (Rejection rejection : rejections) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("code", rejection.code());
            one.put("message", ProblemTexts.message(rejection));
            one.put("data", rejection.data());
            all.add(one);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("commandId", commandId);
        data.put("rejections", all);
        first.data().forEach((name, value) -> {
            if (!RESERVED.contains(name)) {
                data.putIfAbsent(name, value);
            }
        });
        Message message = ProblemTexts.message(first.code());
        return new ProblemException(status, first.code(), message, ProblemTexts.message(first), data, Map.of());
    }

    /**
     * With a member more, replacing one of that name.
     *
     * @param value as JSON values, or what the product's mapper writes
     * @throws IllegalArgumentException for a name that every problem has
     */
    public ProblemException with(String name, Object value) {
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("every problem has its own " + name);
        }
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.put(name, value);
        return new ProblemException(status, code, message, detail, more, headers);
    }

    /** With an explanation of this one case. */
    public ProblemException detail(String zh, String en) {
        return new ProblemException(status, code, message, new Message(zh, en), data, headers);
    }

    /** With what is wrong with the fields of the body; all of them at once. */
    public ProblemException errors(List<FieldProblem> errors) {
        return with("errors", List.copyOf(errors));
    }

    /** With a header of the answer, such as {@code Retry-After}. */
    public ProblemException header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProblemException(status, code, message, detail, data, more);
    }

    /** The same with another HTTP status. */
    ProblemException status(int other) {
        return new ProblemException(other, code, message, detail, data, headers);
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    /** What the code means. */
    public Message message() {
        return message;
    }

    /** What it means in this case; the message where there is nothing more to say. */
    public Message detail() {
        return detail;
    }

    /** The members beside those that every problem has. */
    public Map<String, Object> data() {
        return data;
    }

    /** Headers that the answer carries. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The members of the JSON object, in their order; title and detail in the given language. */
    public Map<String, Object> body(Locale locale) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "/problems/" + code);
        body.put("title", message.in(locale));
        body.put("status", status);
        body.put("detail", detail.in(locale));
        body.put("code", code);
        body.put("message", message);
        body.putAll(data);
        return body;
    }
}

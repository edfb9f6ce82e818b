package cn.plumbline.web.problems;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.csrf.CsrfException;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.web.reactive.function.UnsupportedMediaTypeException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerErrorException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** The failures of the framework: of routing, negotiation, decoding and security. */
final class FrameworkProblems implements ProblemSource {

    /** By status; what a status says without more is told by its own code. */
    private static final Map<Integer, String> CODES = Map.ofEntries(
            Map.entry(401, "UNAUTHENTICATED"),
            Map.entry(403, "FORBIDDEN_BY_SCOPE"),
            Map.entry(404, "NOT_FOUND"),
            Map.entry(405, "METHOD_NOT_ALLOWED"),
            Map.entry(406, "NOT_ACCEPTABLE"),
            Map.entry(409, "CONCURRENT_DECISION"),
            Map.entry(412, "PRECONDITION_FAILED"),
            Map.entry(413, "BODY_TOO_LARGE"),
            Map.entry(414, "URI_TOO_LONG"),
            Map.entry(415, "UNSUPPORTED_MEDIA_TYPE"),
            Map.entry(416, "RANGE_NOT_SATISFIABLE"),
            Map.entry(429, "TOO_MANY_REQUESTS"),
            Map.entry(431, "HEADERS_TOO_LARGE"),
            Map.entry(503, "OVERLOADED"),
            Map.entry(504, "TIMEOUT"));

    @Override
    public @Nullable ProblemException of(Throwable failure) {
        return switch (failure) {
            case ServerErrorException fault -> null;
            case ServerWebInputException input -> input(input);
            case ResponseStatusException status -> withHeaders(of(status.getStatusCode()), status.getHeaders());
            case DataBufferLimitException limit -> ProblemException.of(413, "BODY_TOO_LARGE");
            case DecodingException decoding -> decoding(decoding);
            case UnsupportedMediaTypeException media -> unsupported(media.getSupportedMediaTypes());
            case ServerExchangeRejectedException rejected -> ProblemException.of(400, "MALFORMED_REQUEST");
            case CsrfException csrf -> ProblemException.of(403, "CSRF");
            case AccessDeniedException denied -> ProblemException.of(403, "FORBIDDEN_BY_SCOPE");
            case AuthenticationException unknown -> ProblemException.of(401, "UNAUTHENTICATED");
            default -> null;
        };
    }

    /** What a bare status says. */
    static ProblemException of(HttpStatusCode status) {
        String code = CODES.get(status.value());
        if (code == null) {
            code = status.is4xxClientError() ? "REJECTED" : "INTERNAL";
        }
        return ProblemException.of(status.value(), code);
    }

    private static @Nullable ProblemException input(ServerWebInputException input) {
        if (input instanceof MissingRequestValueException missing) {
            return parameter(missing.getName(), "MISSING");
        }
        Throwable cause = input.getCause();
        if (cause instanceof TypeMismatchException && input.getMethodParameter() != null) {
            String name = input.getMethodParameter().getParameterName();
            return parameter(name == null ? "" : name, "INVALID");
        }
        if (cause == null) {
            return input.getMethodParameter() == null
                    ? ProblemException.of(400, "REJECTED")
                    // The body is required, and there is none.
                    : ProblemException.of(400, "MALFORMED_JSON");
        }
        // The cause says more, and is asked next; if nobody knows it, it is still the caller's fault.
        return cause instanceof DecodingException || cause instanceof DataBufferLimitException
                ? of400(cause)
                : ProblemException.of(400, "REJECTED");
    }

    private static ProblemException of400(Throwable cause) {
        return cause instanceof DecodingException decoding
                ? decoding(decoding)
                : ProblemException.of(413, "BODY_TOO_LARGE");
    }

    private static ProblemException parameter(String name, String reason) {
        return ProblemException.of(400, "BAD_PARAMETER")
                .with("parameter", name)
                .with("reason", reason)
                .detail("参数 " + name + " 缺失或有误", "The parameter " + name + " is missing or wrong");
    }

    private static ProblemException decoding(DecodingException decoding) {
        return switch (decoding.getCause()) {
            case DataBufferLimitException limit -> ProblemException.of(413, "BODY_TOO_LARGE");
            case DatabindException bind
            when !bind.getPath().isEmpty() ->
                ProblemException.of(400, "INVALID").errors(List.of(field(bind)));
            case null, default -> ProblemException.of(400, "MALFORMED_JSON");
        };
    }

    private static FieldProblem field(DatabindException bind) {
        String pointer = bind.getPath().stream().map(FrameworkProblems::segment).collect(Collectors.joining());
        return bind instanceof UnrecognizedPropertyException
                ? new FieldProblem(pointer, "UNKNOWN_FIELD", new Message("没有这个字段", "There is no such field"))
                : new FieldProblem(pointer, "INVALID", new Message("值的类型或格式有误", "The value has a wrong type or form"));
    }

    private static String segment(JacksonException.Reference reference) {
        String name = reference.getPropertyName();
        return "/"
                + (name == null
                        ? Integer.toString(reference.getIndex())
                        : name.replace("~", "~0").replace("/", "~1"));
    }

    private static ProblemException unsupported(List<MediaType> supported) {
        ProblemException problem = ProblemException.of(415, "UNSUPPORTED_MEDIA_TYPE");
        return supported.isEmpty() ? problem : problem.header(HttpHeaders.ACCEPT, MediaType.toString(supported));
    }

    private static ProblemException withHeaders(ProblemException problem, HttpHeaders headers) {
        ProblemException all = problem;
        for (Map.Entry<String, List<String>> header : headers.headerSet()) {
            all = all.header(header.getKey(), String.join(", ", header.getValue()));
        }
        return all;
    }
}

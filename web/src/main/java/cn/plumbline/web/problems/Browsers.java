package cn.plumbline.web.problems;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Tells a reader with a browser from a program. */
public final class Browsers {

    private static final List<String> FOR_PROGRAMS = List.of("/api/", "/actuator/", "/tile/");

    private Browsers() {}

    /**
     * Whether a request is a browser's for a page: HTML stands first among what it accepts, the path is no program's,
     * and no script sent it.
     */
    public static boolean wantsPage(ServerHttpRequest request) {
        String path = request.getPath().value();
        return FOR_PROGRAMS.stream().noneMatch(path::startsWith)
                && !request.getHeaders().containsHeader("HX-Request")
                && prefersHtml(request);
    }

    private static boolean prefersHtml(ServerHttpRequest request) {
        try {
            List<MediaType> accepted = new ArrayList<>(request.getHeaders().getAccept());
            accepted.sort((a, b) -> Double.compare(b.getQualityValue(), a.getQualityValue()));
            return !accepted.isEmpty()
                    && accepted.getFirst().isCompatibleWith(MediaType.TEXT_HTML)
                    && !accepted.getFirst().isWildcardType();
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}

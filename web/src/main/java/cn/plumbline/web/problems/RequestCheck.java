package cn.plumbline.web.problems;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets through only requests that RFC 9112 allows, and whose target is UTF-8: what comes behind would answer others as
 * if they said something, with a replacement character where there is no letter. Those that it does not let through are
 * marked as not understood, which the server refuses like what it could not read itself.
 *
 * <p>A target with letters that are not percent-encoded, as people type it on a command line, is encoded for them.
 *
 * <p>One per connection, between the codec and the server's own handlers.
 */
final class RequestCheck extends ChannelInboundHandlerAdapter {

    private static final String HOST_NAME = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*";
    private static final String ADDRESS = "\\[[0-9A-Fa-f:.]+(?:%25[A-Za-z0-9._~-]+)?]";
    private static final Pattern HOST = Pattern.compile("(?:" + HOST_NAME + "|" + ADDRESS + ")(?::\\d{0,5})?");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)(?:[/?].*)?");
    private static final int ASCII_MAX = 0x7F;

    /** Whether this connection has sent something that is not to be; what comes after it is not heard. */
    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            String encoded = encoded(request.uri());
            if (encoded == null || !isSound(request, encoded)) {
                refused = true;
                request.setDecoderResult(
                        DecoderResult.failure(new IllegalArgumentException("not a request by RFC 9112, or not UTF-8")));
            } else {
                request.setUri(encoded);
            }
        }
        context.fireChannelRead(message);
    }

    private static boolean isSound(HttpRequest request, String target) {
        HttpVersion version = request.protocolVersion();
        return (version.equals(HttpVersion.HTTP_1_1) || version.equals(HttpVersion.HTTP_1_0))
                && isHost(request.headers().getAll(HttpHeaderNames.HOST), version)
                && isTarget(target, request.method());
    }

    private static boolean isHost(List<String> hosts, HttpVersion version) {
        boolean asMany = version.equals(HttpVersion.HTTP_1_0) ? hosts.size() <= 1 : hosts.size() == 1;
        return asMany && hosts.stream().allMatch(host -> HOST.matcher(host).matches());
    }

    private static boolean isTarget(String target, HttpMethod method) {
        if (target.indexOf('#') >= 0) {
            return false;
        }
        if (target.startsWith("/")) {
            return true;
        }
        var absolute = ABSOLUTE.matcher(target);
        return absolute.matches()
                ? HOST.matcher(absolute.group(1)).matches()
                : target.equals("*") && method.equals(HttpMethod.OPTIONS);
    }

    /** The target in letters that a target may have, or null when it is not UTF-8. The codec gives bytes as Latin-1. */
    static @Nullable String encoded(String target) {
        StringBuilder encoded = new StringBuilder(target.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(target.length());
        for (int i = 0; i < target.length(); i++) {
            char next = target.charAt(i);
            if (next == '%') {
                if (i + 2 >= target.length() || !isHex(target.charAt(i + 1)) || !isHex(target.charAt(i + 2))) {
                    return null;
                }
                bytes.write(HexFormat.fromHexDigits(target, i + 1, i + 3));
                encoded.append(target, i, i + 3);
                i += 2;
            } else {
                bytes.write(next);
                if (next > ASCII_MAX) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) next));
                } else {
                    encoded.append(next);
                }
            }
        }
        return isUtf8(bytes.toByteArray()) ? encoded.toString() : null;
    }

    private static boolean isHex(char digit) {
        return HexFormat.isHexDigit(digit);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}

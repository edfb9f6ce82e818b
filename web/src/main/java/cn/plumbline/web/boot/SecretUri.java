package cn.plumbline.web.boot;

import com.mongodb.ConnectionString;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of a MongoDB whose password stands in a file: a command line, an environment and a configuration are seen
 * by more people than a file of mode 0600.
 */
final class SecretUri {

    /** The user where the address names none; the one that {@code plumbline database} knows. */
    private static final String USER = "plumbline";

    private SecretUri() {}

    /** The secret and the address do not go together, or there is no secret. */
    static final class SecretUnusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SecretUnusable(String message) {
            super(message);
        }
    }

    /**
     * The address with the secret in it. Blocks.
     *
     * @param secretFile the file that holds the password and nothing else; null = the address says all
     * @throws SecretUnusable if the file cannot be read or is empty, or the address has a password too
     */
    static ConnectionString connection(String uri, @Nullable Path secretFile) {
        return new ConnectionString(secretFile == null ? uri : insert(uri, read(secretFile)));
    }

    private static String insert(String uri, String secret) {
        int authority = uri.indexOf("://") + 3;
        if (authority < 3) {
            return uri; // refused as it is, without the secret in the message
        }
        String rest = uri.substring(authority);
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        int at = rest.substring(0, end).lastIndexOf('@');
        String user = at < 0 ? USER : rest.substring(0, at);
        if (user.contains(":")) {
            throw new SecretUnusable("口令只能出现一次：地址中或密钥文件中"
                    + " The password stands either in plumbline.mongodb.uri or in plumbline.mongodb.secret-file");
        }
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20");
        return uri.substring(0, authority) + user + ":" + encoded + "@" + rest.substring(at + 1);
    }

    private static String read(Path file) {
        try {
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!secret.isEmpty()) {
                return secret;
            }
        } catch (IOException unreadable) {
            throw new SecretUnusable("无法读取密钥文件 The secret file cannot be read: " + unreadable);
        }
        throw new SecretUnusable("密钥文件为空 The secret file is empty: " + file);
    }
}

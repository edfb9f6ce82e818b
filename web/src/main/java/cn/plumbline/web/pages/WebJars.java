package cn.plumbline.web.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the scripts of others are: their jars carry the version in the path, and tell it. */
final class WebJars {

    private WebJars() {}

    static String htmx() {
        return path("htmx.org", "dist/htmx.min.js");
    }

    static String echarts() {
        return path("echarts", "dist/echarts.min.js");
    }

    private static String path(String artifact, String file) {
        String description = "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties";
        try (InputStream in = WebJars.class.getResourceAsStream(description)) {
            if (in == null) {
                throw new IllegalStateException(artifact + " is a dependency of this module");
            }
            Properties properties = new Properties();
            properties.load(in);
            return "/webjars/" + artifact + "/" + properties.getProperty("version") + "/" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package cn.plumbline.web.boot;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

/**
 * What this process is called among those that share a database. Two that run at one time have different names; one that
 * is started again has the same, so that it takes up its own claims at once and drops its own leftovers.
 */
record Node(String name) {

    /** Where the database is part of the process, which therefore is the only one. */
    private static final String ALONE = "embedded";

    /** The name that was given, else the machine and the port, which no other process of it has. Blocks. */
    static Node of(PlumblineProperties properties, ServerProperties server) {
        if (!properties.node().isEmpty()) {
            return new Node(properties.node());
        }
        if (properties.mongodb().uri() == null) {
            return new Node(ALONE);
        }
        Integer port = server.getPort();
        return new Node(
                port == null || port == 0
                        ? host() + "-pid-" + ProcessHandle.current().pid()
                        : host() + "-" + port);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}

package cn.plumbline.journal.embedded;

import java.io.IOException;

/** The port that a shared database should listen at is not free. */
public final class PortTaken extends IOException {

    private static final long serialVersionUID = 1L;

    PortTaken(int port, Throwable cause) {
        super("端口 127.0.0.1:" + port + " 已被占用 / Port 127.0.0.1:" + port + " is taken", cause);
    }
}

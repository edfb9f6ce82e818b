package cn.plumbline.web.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Once the doors are open, tells where they are: people in the log, and a second process beside the data. */
@Component
class AddressNote {

    private static final Logger log = LoggerFactory.getLogger(AddressNote.class);

    private final Database database;

    AddressNote(Database database) {
        this.database = database;
    }

    @EventListener
    void listening(ReactiveWebServerInitializedEvent event) {
        int port = event.getWebServer().getPort();
        log.info("准绳已在 http://127.0.0.1:{} 监听 listening", port);
        var unused = database.describe(port)
                .subscribe(nothing -> {}, failure -> log.warn("the port could not be noted beside the data", failure));
    }
}

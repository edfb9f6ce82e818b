package cn.plumbline.web.security;

import java.time.Instant;
import reactor.core.publisher.Mono;

/** Where the sessions of people at browsers are kept, so that every node knows them. Safe for several processes. */
public interface SessionStore {

    /** Keeps a new session, and forgets those that were not used since the given instant. */
    Mono<Void> begin(String id, String user, Instant now, Instant usedSince);

    /** The user of a session that was used since the given instant, and is used now; empty when there is none. */
    Mono<String> use(String id, Instant now, Instant usedSince);

    /** Forgets a session. */
    Mono<Void> end(String id);
}

package cn.plumbline.journal;

import reactor.core.publisher.Mono;

/** A test that opens all its logs here, so that it can also be held against logs that do nothing. */
interface OpensLogs {

    default EventLog opened(Mono<Journal> journal) {
        return EventLog.on(journal);
    }
}

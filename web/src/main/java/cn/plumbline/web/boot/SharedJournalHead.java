package cn.plumbline.web.boot;

import cn.plumbline.command.JournalHead;
import cn.plumbline.journal.Journal;
import reactor.core.publisher.Mono;

/** The head of a journal to which other processes append too. */
record SharedJournalHead(Journal journal) implements JournalHead {

    @Override
    public long seen() {
        return journal.head();
    }

    @Override
    public Mono<Long> latest() {
        return journal.latest();
    }
}

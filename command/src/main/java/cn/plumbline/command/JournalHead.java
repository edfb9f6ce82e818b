package cn.plumbline.command;

import reactor.core.publisher.Mono;

/**
 * How far the journal has got. Where several processes append, one of them may see the others' events a moment late: an
 * acceptance is checked by the append itself, but what records nothing, such as a refusal, has to ask.
 */
public interface JournalHead {

    /** The last position that this process has seen. */
    long seen();

    /** The last position that any process had recorded when it was asked; what is up to it is seen then. */
    Mono<Long> latest();

    /** The head where no other process appends: this one has always seen everything. */
    static JournalHead ofOneProcess() {
        return new JournalHead() {
            @Override
            public long seen() {
                return 0;
            }

            @Override
            public Mono<Long> latest() {
                return Mono.just(0L);
            }
        };
    }
}

package cn.plumbline.web.feed;

import cn.plumbline.events.Tag;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.StoredEvent;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The leaves of events in the journal's Merkle tree, for histories that show where each entry can be proven. */
@Component
public class LeafHashes {

    private final Journal journal;

    LeafHashes(@Qualifier("journal") Journal journal) {
        this.journal = journal;
    }

    /** The leaf hashes, in lower-case hexadecimal, of the events of one record up to a position, by position. */
    public Mono<Map<Long, String>> of(Tag record, long upTo) {
        Criteria criteria = Criteria.tags(new cn.plumbline.journal.Tag(record.key(), record.value()));
        return journal.read(criteria, 0, upTo)
                .collectMap(StoredEvent::position, event -> HexFormat.of().formatHex(event.leafHash()));
    }
}

package cn.plumbline.web.proof;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.MerkleLog;
import cn.plumbline.journal.TreeHead;
import cn.plumbline.web.notes.Checkpoint;
import cn.plumbline.web.notes.Note;
import cn.plumbline.web.parameters.Parameters;
import cn.plumbline.web.problems.ProblemException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Proofs of single events, and the checkpoints of the past with proofs that each continues another. */
@RestController
class ProofController {

    private static final int LIMIT = 100;
    private static final int LIMIT_MAX = 1_000;

    private final MerkleLog merkleLog;
    private final Journal journal;
    private final Checkpointer checkpointer;
    private final CheckpointStore store;

    ProofController(@Qualifier("journal") Journal journal, Checkpointer checkpointer, CheckpointStore store) {
        this.merkleLog = journal.merkleLog();
        this.journal = journal;
        this.checkpointer = checkpointer;
        this.store = store;
    }

    /**
     * One checkpoint.
     *
     * @param root in base64
     */
    record Entry(long size, String root, Instant at, String note) {

        static Entry of(KeptCheckpoint kept) {
            String root = Checkpoint.parse(Note.parse(kept.note()).text()).rootBase64();
            return new Entry(kept.size(), root, kept.at(), kept.note());
        }
    }

    /**
     * The tree of some size.
     *
     * @param root in base64
     */
    record Head(long size, String root) {

        static Head of(TreeHead head) {
            return new Head(head.size(), Base64.getEncoder().encodeToString(head.root()));
        }
    }

    /**
     * Why one tree is the beginning of another.
     *
     * @param hashes in base64, in the order of RFC 6962
     */
    record Consistency(Head from, Head to, List<String> hashes) {}

    @GetMapping(path = "/api/events/{position}/proof", produces = LogController.TEXT)
    Mono<String> inclusion(@PathVariable String position, @RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        long wanted = Parameters.position("position", position);
        if (wanted == 0 || wanted > journal.head()) {
            return Mono.error(
                    ProblemException.of(404, "NOT_FOUND").detail("没有这个位置的事件", "There is no event at this position"));
        }
        return checkpointer
                .covering(wanted)
                .flatMap(kept -> merkleLog.inclusion(wanted, kept.size()).map(path -> text(wanted, path, kept)));
    }

    /** A tlog-proof. */
    private static String text(long position, List<byte[]> path, KeptCheckpoint kept) {
        StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex ")
                .append(position - 1)
                .append('\n');
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text.append('\n').append(kept.note()).toString();
    }

    @GetMapping(path = "/api/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<List<Entry>>> checkpoints(@RequestParam MultiValueMap<String, String> query) {
        Parameters parameters = Parameters.of(query, List.of("after", "limit"));
        long below = parameters.position("after").orElse(Long.MAX_VALUE);
        int limit = parameters.count("limit", LIMIT, LIMIT_MAX);
        return store.below(below, limit).map(Entry::of).collectList().map(page -> page(page, limit));
    }

    /** Signs what is new at once, for an auditor who does not want to wait for the next minute. */
    @PostMapping(path = "/api/checkpoints", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Entry> sign(@RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        return journal.latest().then(checkpointer.sign()).map(Entry::of);
    }

    private static ResponseEntity<List<Entry>> page(List<Entry> page, int limit) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (page.size() == limit) {
            long last = page.getLast().size();
            answer.header(HttpHeaders.LINK, "</api/checkpoints?after=" + last + "&limit=" + limit + ">; rel=\"next\"");
        }
        return answer.body(page);
    }

    @GetMapping(path = "/api/checkpoints/{from}/consistency/{to}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<Consistency> consistency(
            @PathVariable String from, @PathVariable String to, @RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        long earlier = Parameters.position("from", from);
        long later = Parameters.position("to", to);
        if (earlier > later) {
            throw Parameters.invalid("from", "不得大于 to", "at most as large as to");
        }
        if (later > journal.head()) {
            throw Parameters.inFuture("to", journal.head());
        }
        return Mono.zip(merkleLog.head(earlier), merkleLog.head(later), merkleLog.consistency(earlier, later))
                .map(all -> new Consistency(
                        Head.of(all.getT1()),
                        Head.of(all.getT2()),
                        all.getT3().stream()
                                .map(Base64.getEncoder()::encodeToString)
                                .toList()));
    }
}

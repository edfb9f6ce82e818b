package cn.plumbline.web.proof;

import cn.plumbline.journal.Journal;
import cn.plumbline.journal.MerkleLog;
import cn.plumbline.web.notes.VerifierKey;
import cn.plumbline.web.parameters.Parameters;
import cn.plumbline.web.problems.ProblemException;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The journal as a C2SP tlog-tiles log, for everybody: it tells how many events there are, and nothing about them. */
@RestController
class LogController {

    static final String TEXT = "text/plain;charset=UTF-8";

    /** What a tile holds never changes. */
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Journal journal;
    private final MerkleLog merkleLog;
    private final Checkpointer checkpointer;
    private final String verifierKeys;

    LogController(@Qualifier("journal") Journal journal, Checkpointer checkpointer, KeyRing keys) {
        this.journal = journal;
        this.merkleLog = journal.merkleLog();
        this.checkpointer = checkpointer;
        this.verifierKeys =
                keys.verifiers().stream().map(VerifierKey::encoded).collect(Collectors.joining("\n", "", "\n"));
    }

    @GetMapping(path = "/checkpoint", produces = TEXT)
    Mono<ResponseEntity<String>> checkpoint(@RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        return checkpointer
                .current()
                .map(kept ->
                        ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(kept.note()));
    }

    @GetMapping(path = "/vkey", produces = TEXT)
    ResponseEntity<String> verifierKeys(@RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(verifierKeys);
    }

    @GetMapping(path = "/tile/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Mono<ResponseEntity<byte[]>> tile(@PathVariable String path, @RequestParam MultiValueMap<String, String> query) {
        Parameters.none(query);
        TilePath tile = TilePath.parse(path.substring(1));
        if (tile == null) {
            return Mono.error(LogController::noSuchTile);
        }
        Mono<byte[]> found = Mono.defer(() -> tile.level() == TilePath.ENTRIES
                ? merkleLog.entries(tile.index(), tile.width())
                : merkleLog.hashes(tile.level(), tile.index(), tile.width()));
        // Another process may have signed, and shown, a checkpoint over events that this one is about to see.
        return found.switchIfEmpty(Mono.defer(() -> journal.latest().then(found)))
                .map(bytes -> ResponseEntity.ok().cacheControl(FOR_EVER).body(bytes))
                .switchIfEmpty(Mono.error(LogController::noSuchTile));
    }

    private static ProblemException noSuchTile() {
        return ProblemException.of(404, "NOT_FOUND").detail("没有这个瓦片", "There is no such tile, or not yet");
    }
}

package cn.plumbline.journal;

import static cn.plumbline.journal.Samples.ended;
import static cn.plumbline.journal.Samples.noneOf;
import static cn.plumbline.journal.Samples.positions;
import static cn.plumbline.journal.Samples.started;
import static cn.plumbline.journal.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What lasts. */
public abstract class RestartContract extends Contract {

    @Test
    void everythingIsThereAfterARestart() {
        await(Flux.range(0, 300)
                .flatMap(i -> log().append(List.of(started(unit(i)), ended(unit(i % 7))), AppendCondition.none()), 32));
        List<String> before = facts(log());
        TreeHead treeHead = log().treeHead();

        reopen();

        assertThat(log().head()).isEqualTo(600);
        assertThat(log().treeHead()).isEqualTo(treeHead);
        assertThat(facts(log())).isEqualTo(before);
        assertThat(positions(read(log().read(Criteria.tags(unit(6)), 0, 600)))).hasSize(43);
    }

    private List<String> facts(EventLog log) {
        HexFormat hex = HexFormat.of();
        return log.read(Criteria.all(), 0, Long.MAX_VALUE)
                .map(event -> event.position() + " " + event.recordedAt() + " " + hex.formatHex(event.salt()) + " "
                        + hex.formatHex(event.record()))
                .collectList()
                .block(limit());
    }

    @Test
    void appendsGoOnWhereTheyWere() {
        append(started(unit(1)), started(unit(2)));

        reopen();

        assertThatThrownBy(() -> append(noneOf(1, unit(2)), ended(unit(2)))).isInstanceOf(AppendConflict.class);
        assertThat(append(noneOf(2, unit(2)), ended(unit(2))).first()).isEqualTo(3);
    }

    @Test
    void theTreeHeadIsTheOneOfRfc6962OverTheLeaves() {
        for (int i = 1; i <= 20; i++) {
            append(started(unit(i)), ended(unit(i)));
            List<byte[]> leaves = log().read(Criteria.all(), 0, Long.MAX_VALUE)
                    .map(StoredEvent::leafHash)
                    .collectList()
                    .block(limit());
            assertThat(log().treeHead())
                    .isEqualTo(new TreeHead(2L * i, HexFormat.of().formatHex(NaiveMerkleTree.root(leaves))));
        }
    }

    @Test
    void anEmptyLogHasTheHeadOfTheEmptyTree() {
        assertThat(log().treeHead()).isEqualTo(TreeHead.of(0, NaiveMerkleTree.root(List.of())));
        append(started());
        assertThat(log().treeHead().size()).isEqualTo(1);
        assertThat(log().treeHead().root()).isEqualTo(read(log().event(1)).leafHash());
    }
}

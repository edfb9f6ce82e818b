package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MerkleFrontierTest {

    private static final HexFormat HEX = HexFormat.of();

    /** The entries and roots that implementations of Certificate Transparency share as test vectors. */
    private static final List<byte[]> ENTRIES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HEX::parseHex)
            .toList();

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theEmptyTreeHasTheHashOfNothing() {
        assertThat(HEX.formatHex(MerkleFrontier.empty().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void rootsAreThoseOfTheSharedTestVectors() {
        MerkleFrontier tree = MerkleFrontier.empty();
        for (int i = 0; i < ENTRIES.size(); i++) {
            tree = tree.with(List.of(MerkleFrontier.leafHash(Sha256.digest(), ENTRIES.get(i))));
            assertThat(HEX.formatHex(tree.root())).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void rootsAreThoseOfTheDefinitionHoweverTheLeavesAreGrouped() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            MerkleFrontier tree = MerkleFrontier.empty();
            List<byte[]> all = new ArrayList<>();
            while (all.size() < 200) {
                List<byte[]> group = new ArrayList<>();
                for (int left = random.nextInt(20); left >= 0; left--) {
                    byte[] leaf = new byte[32];
                    random.nextBytes(leaf);
                    group.add(leaf);
                }
                all.addAll(group);
                tree = tree.with(group);
                assertThat(tree.size()).isEqualTo(all.size());
                assertThat(tree.root()).as("seed %d", seed).isEqualTo(NaiveMerkleTree.root(all));
            }
        }
    }
}

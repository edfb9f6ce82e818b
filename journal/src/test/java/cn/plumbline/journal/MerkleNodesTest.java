package cn.plumbline.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MerkleNodesTest {

    private static final HexFormat HEX = HexFormat.of();

    /** A tree with all of its leaves at hand. */
    private record Tree(List<byte[]> leaves, MerkleNodes nodes) {

        static Tree of(List<byte[]> leaves) {
            SubtreeRoots roots = new SubtreeRoots();
            MerkleFrontier.empty().grow(leaves).subtreeRoots().forEach(roots::add);
            Map<Long, List<byte[]>> groups = new HashMap<>();
            for (int i = 0; i < leaves.size(); i++) {
                groups.computeIfAbsent(i / 256L, group -> new ArrayList<>()).add(leaves.get(i));
            }
            return new Tree(leaves, new MerkleNodes(roots, groups));
        }

        static Tree random(long seed, int size) {
            Random random = new Random(seed);
            List<byte[]> leaves = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                byte[] leaf = new byte[32];
                random.nextBytes(leaf);
                leaves.add(leaf);
            }
            return of(leaves);
        }

        List<byte[]> first(int size) {
            return leaves.subList(0, size);
        }
    }

    @Nested
    class TheSharedTestVectors {

        private static final String LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
        private static final String LEAF_0 = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        private static final String LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
        private static final String NODE_0_2 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
        private static final String NODE_2_4 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
        private static final String NODE_4_6 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
        private static final String NODE_6_8 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
        private static final String NODE_0_4 = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7";
        private static final String NODE_4_8 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

        private final MerkleNodes nodes = Tree.of(Stream.of(
                                "",
                                "00",
                                "10",
                                "2021",
                                "3031",
                                "40414243",
                                "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f")
                        .map(HEX::parseHex)
                        .map(NaiveMerkleTree::leafHash)
                        .toList())
                .nodes;

        @Test
        void forInclusion() {
            assertThat(hex(nodes.inclusion(0, 1))).isEmpty();
            assertThat(hex(nodes.inclusion(0, 8))).containsExactly(LEAF_1, NODE_2_4, NODE_4_8);
            assertThat(hex(nodes.inclusion(5, 8))).containsExactly(LEAF_4, NODE_6_8, NODE_0_4);
            assertThat(hex(nodes.inclusion(2, 3))).containsExactly(NODE_0_2);
            assertThat(hex(nodes.inclusion(1, 5))).containsExactly(LEAF_0, NODE_2_4, LEAF_4);
        }

        @Test
        void forConsistency() {
            assertThat(hex(nodes.consistency(1, 1))).isEmpty();
            assertThat(hex(nodes.consistency(1, 8))).containsExactly(LEAF_1, NODE_2_4, NODE_4_8);
            assertThat(hex(nodes.consistency(6, 8))).containsExactly(NODE_4_6, NODE_6_8, NODE_0_4);
            assertThat(hex(nodes.consistency(2, 5))).containsExactly(NODE_2_4, LEAF_4);
        }

        private static List<String> hex(List<byte[]> hashes) {
            return hashes.stream().map(HEX::formatHex).toList();
        }
    }

    @Nested
    class ForEverySizeUpToSixHundred {

        private static final int LARGEST = 600;

        private final long seed = System.nanoTime();
        private final Tree tree = Tree.random(seed, LARGEST);

        @Test
        void theRootIsThatOfTheDefinition() {
            for (int size = 0; size <= LARGEST; size++) {
                assertThat(tree.nodes.root(size))
                        .as("size %d, seed %d", size, seed)
                        .isEqualTo(NaiveMerkleTree.root(tree.first(size)));
            }
        }

        @Test
        void everyLeafIsProven() {
            for (int size = 1; size <= LARGEST; size++) {
                byte[] root = tree.nodes.root(size);
                for (int leaf = 0; leaf < size; leaf++) {
                    List<byte[]> proof = tree.nodes.inclusion(leaf, size);
                    assertThat(ProofCheck.inclusion(leaf, size, tree.leaves.get(leaf), proof, root))
                            .as("leaf %d of %d, seed %d", leaf, size, seed)
                            .isTrue();
                }
            }
        }

        @Test
        void everySmallerTreeIsProvenToBeItsBeginning() {
            List<byte[]> roots = new ArrayList<>();
            for (int size = 0; size <= LARGEST; size++) {
                roots.add(tree.nodes.root(size));
                for (int from = 0; from <= size; from++) {
                    List<byte[]> proof = tree.nodes.consistency(from, size);
                    assertThat(ProofCheck.consistency(from, size, proof, roots.get(from), roots.get(size)))
                            .as("%d to %d, seed %d", from, size, seed)
                            .isTrue();
                }
            }
        }

        @Test
        void proofsAreThoseOfTheDefinition() {
            Random random = new Random(seed);
            for (int size = 1; size <= LARGEST; size++) {
                for (int i = 0; i < 3; i++) {
                    int leaf = random.nextInt(size);
                    assertThat(tree.nodes.inclusion(leaf, size))
                            .as("leaf %d of %d, seed %d", leaf, size, seed)
                            .usingElementComparator(Arrays::compare)
                            .isEqualTo(NaiveMerkleTree.path(leaf, tree.first(size)));
                    int from = 1 + random.nextInt(size);
                    assertThat(tree.nodes.consistency(from, size))
                            .as("%d to %d, seed %d", from, size, seed)
                            .usingElementComparator(Arrays::compare)
                            .isEqualTo(NaiveMerkleTree.subproof(from, tree.first(size), true));
                }
            }
        }
    }

    @Nested
    class ForLargeSizes {

        /** More than a full subtree of 65 536 leaves, so that all levels but one are met. */
        @Test
        void rootsAndProofsAreThoseOfTheDefinition() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            Tree tree = Tree.random(seed, 140_000);
            for (int i = 0; i < 12; i++) {
                int size = i == 0 ? 65_536 : i == 1 ? 131_072 : 1 + random.nextInt(140_000);
                int leaf = random.nextInt(size);
                int from = 1 + random.nextInt(size);
                assertThat(tree.nodes.root(size))
                        .as("size %d, seed %d", size, seed)
                        .isEqualTo(NaiveMerkleTree.root(tree.first(size)));
                assertThat(tree.nodes.inclusion(leaf, size))
                        .as("leaf %d of %d, seed %d", leaf, size, seed)
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(NaiveMerkleTree.path(leaf, tree.first(size)));
                assertThat(tree.nodes.consistency(from, size))
                        .as("%d to %d, seed %d", from, size, seed)
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(NaiveMerkleTree.subproof(from, tree.first(size), true));
            }
        }
    }
}

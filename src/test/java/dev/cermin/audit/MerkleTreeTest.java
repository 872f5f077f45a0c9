package dev.cermin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void anEmptyTreeIsTheHashOfNothing() {
        assertThat(HexFormat.of().formatHex(new MerkleTree().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    /** The definition of RFC 9162, section 2.1.1, word for word. */
    @Property(tries = 100)
    void theRootIsTheOneOfTheDefinition(@ForAll @Size(max = 70) List<byte[]> leaves) throws NoSuchAlgorithmException {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::add);
        assertThat(tree.root()).isEqualTo(defined(leaves));
        assertThat(tree.size()).isEqualTo(leaves.size());
    }

    @Property(tries = 100)
    void aTreeThatWasWrittenDownGoesOnAsItWould(
            @ForAll @Size(min = 1, max = 40) List<byte[]> leaves, @ForAll @IntRange(max = 40) int at) {
        MerkleTree whole = new MerkleTree();
        MerkleTree broken = new MerkleTree();
        for (int i = 0; i < leaves.size(); i++) {
            if (i == at) {
                broken = MerkleTree.of(broken.size(), broken.state());
            }
            whole.add(leaves.get(i));
            broken.add(leaves.get(i));
        }
        assertThat(broken.root()).isEqualTo(whole.root());
    }

    @Property(tries = 100)
    void noLeafCanBeChangedSwappedOrLeftOut(
            @ForAll @Size(min = 2, max = 40) List<byte[]> leaves, @ForAll @IntRange(max = 39) int place) {
        int at = place % leaves.size();
        byte[] root = root(leaves);
        List<byte[]> dropped = new ArrayList<>(leaves);
        byte[] leaf = dropped.remove(at);
        assertThat(root(dropped)).isNotEqualTo(root);
        List<byte[]> changed = new ArrayList<>(leaves);
        byte[] other = java.util.Arrays.copyOf(leaf, leaf.length + 1);
        changed.set(at, other);
        assertThat(root(changed)).isNotEqualTo(root);
        List<byte[]> doubled = new ArrayList<>(leaves);
        doubled.add(at, leaf);
        assertThat(root(doubled)).isNotEqualTo(root);
    }

    @Test
    void whatIsNoStateOfThisSizeIsRefused() {
        assertThatThrownBy(() -> MerkleTree.of(3, "00"))
                .hasMessage("A tree of 3 leaves has 2 hashes of 32 bytes, not 1 bytes in all");
    }

    private static byte[] root(List<byte[]> leaves) {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::add);
        return tree.root();
    }

    private static byte[] defined(List<byte[]> leaves) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        if (leaves.isEmpty()) {
            return sha256.digest();
        }
        if (leaves.size() == 1) {
            sha256.update((byte) 0);
            return sha256.digest(leaves.getFirst());
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        byte[] left = defined(leaves.subList(0, split));
        byte[] right = defined(leaves.subList(split, leaves.size()));
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}

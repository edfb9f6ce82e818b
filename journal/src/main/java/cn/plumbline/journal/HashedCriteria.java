package cn.plumbline.journal;

import java.util.List;
import java.util.Set;

/**
 * Criteria with the hashes of their tags, so that whoever scans several times, or where others wait for him, need not
 * hash.
 *
 * @param criteria what is looked for
 * @param tagHashes one array for each of the items, one hash for each of its tags
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HashedCriteria(Criteria criteria, long[][] tagHashes) {

    static HashedCriteria of(Criteria criteria, TagHash tagHash) {
        List<Criterion> items = criteria.items();
        long[][] hashes = new long[items.size()][];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = of(items.get(i).tags(), tagHash);
        }
        return new HashedCriteria(criteria, hashes);
    }

    private static long[] of(Set<Tag> tags, TagHash tagHash) {
        long[] hashes = new long[tags.size()];
        int count = 0;
        for (Tag tag : tags) {
            hashes[count++] = tagHash.of(tag);
        }
        return hashes;
    }
}

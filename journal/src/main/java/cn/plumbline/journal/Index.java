package cn.plumbline.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which positions have which tags and types. A cache of the chain: it can always be made again.
 *
 * <p>Tags are known by a 64-bit hash only. So what a scan finds are candidates: none is missing, and one may be there
 * by a collision, which whoever needs to be exact rules out by looking at the event.
 *
 * <p>One thread adds; any thread scans, up to a position that was published to it after it was added.
 */
final class Index {

    /** A journal ends here: {@link Scan#END} is no position. */
    static final int LAST_POSITION = Scan.END - 1;

    private static final int TYPES_PER_PAGE = 2048;

    /** Everything up to here is in another index. */
    private final long base;

    private final TagHash tagHash;
    private final TagTable tags;
    private final Map<String, TypeEntry> types = new ConcurrentHashMap<>();
    /** Type of each position above the base. */
    private volatile short[][] typeNumbers = new short[0][];

    private long last;

    private record TypeEntry(short number, Positions positions) {}

    /**
     * @param base the position before the first one that will be added
     * @param segmentBits logarithm of the number of the tag table's segments
     */
    Index(TagHash tagHash, long base, int segmentBits) {
        this(tagHash, base, new TagTable(segmentBits));
    }

    private Index(TagHash tagHash, long base, TagTable tags) {
        this.tagHash = tagHash;
        this.base = base;
        this.last = base;
        this.tags = tags;
    }

    /**
     * For few events beside another index.
     *
     * @param base the position before the first one that will be added
     * @param tags about how many different ones will be added
     */
    static Index small(TagHash tagHash, long base, int tags) {
        return new Index(tagHash, base, TagTable.withRoomFor(tags));
    }

    /**
     * Reads an index of the positions from 1 up to the given one.
     *
     * @param segmentBits as it was written with
     */
    static Index read(IndexInput in, TagHash tagHash, int segmentBits, int upTo) throws IOException {
        Index index = new Index(tagHash, 0, TagTable.read(in, segmentBits, upTo));
        List<String> names = new ArrayList<>();
        for (int left = in.readInt(1, Short.MAX_VALUE); left > 0; left--) {
            names.add(in.readText());
        }
        if (upTo > in.remaining()) {
            throw new IOException("it has no type for some events");
        }
        int[] counts = new int[names.size()];
        for (int position = 1; position <= upTo; position++) {
            int number = in.readInt(0, counts.length - 1);
            index.setType(position, (short) number);
            counts[number]++;
        }
        index.last = upTo;
        index.addTypes(names, counts);
        return index;
    }

    /** Their positions follow from the type of each position. */
    private void addTypes(List<String> names, int[] counts) throws IOException {
        int[][] positions = new int[counts.length][];
        for (int number = 0; number < counts.length; number++) {
            positions[number] = new int[counts[number]];
        }
        int[] filled = new int[counts.length];
        for (int position = 1; position <= last; position++) {
            short number = typeAt(position);
            positions[number][filled[number]++] = position;
        }
        for (short number = 0; number < counts.length; number++) {
            types.put(names.get(number), new TypeEntry(number, new Positions(positions[number])));
        }
        if (types.size() != counts.length) {
            throw new IOException("it holds a type twice");
        }
    }

    /**
     * Writes what there is up to a position that was published to this thread, whatever is added meanwhile. For an index
     * that begins at position 1.
     */
    void write(IndexOutput out, int upTo) throws IOException {
        tags.write(out, upTo);
        int count = 0;
        for (int position = 1; position <= upTo; position++) {
            count = Math.max(count, typeAt(position) + 1);
        }
        String[] names = new String[count];
        types.forEach((name, entry) -> {
            if (entry.number < names.length) {
                names[entry.number] = name;
            }
        });
        out.putVarint(count);
        for (String name : names) {
            out.putText(name);
        }
        for (int position = 1; position <= upTo; position++) {
            out.putVarint(typeAt(position));
        }
    }

    /** Whether an event is found by its type and by each of its tags. */
    boolean leadsTo(int position, String type, long[] tagHashes) {
        TypeEntry entry = types.get(type);
        if (entry == null || typeAt(position) != entry.number || !entry.positions.contains(position)) {
            return false;
        }
        for (long hash : tagHashes) {
            Positions positions = tags.find(hash);
            if (positions == null || !positions.contains(position)) {
                return false;
            }
        }
        return true;
    }

    void add(String type, long[] tagHashes) {
        if (last == LAST_POSITION) {
            throw new IllegalStateException("A journal holds at most 2^31 - 2 events");
        }
        int position = (int) ++last;
        TypeEntry entry = types.get(type);
        if (entry == null) {
            entry = new TypeEntry(nextTypeNumber(), new Positions());
            types.put(type, entry);
        }
        entry.positions.add(position);
        setType(position, entry.number);
        for (long hash : tagHashes) {
            tags.add(hash, position);
        }
    }

    /**
     * Finds the candidates in (after, upTo], in order.
     */
    Scan scan(Criteria criteria, long after, long upTo) {
        return after < upTo ? scan(HashedCriteria.of(criteria, tagHash), after, upTo) : Scan.NOTHING;
    }

    /** As the other one, with hashes of the same {@link TagHash}. */
    Scan scan(HashedCriteria hashed, long after, long upTo) {
        if (after >= upTo || upTo <= base) {
            return Scan.NOTHING;
        }
        int from = (int) Math.max(after, base);
        Criteria criteria = hashed.criteria();
        if (criteria.isAll()) {
            return new Scan.All(from, (int) upTo);
        }
        List<Scan> scans = new ArrayList<>(criteria.items().size());
        for (int item = 0; item < criteria.items().size(); item++) {
            addScans(scans, criteria.items().get(item).types(), hashed.tagHashes()[item], from, (int) upTo);
        }
        return Scan.anyOf(scans);
    }

    private void addScans(List<Scan> scans, Set<String> wanted, long[] tagHashes, int after, int upTo) {
        int sizeOfTypes = 0;
        List<TypeEntry> entries = new ArrayList<>(wanted.size());
        for (String type : wanted) {
            TypeEntry entry = types.get(type);
            if (entry != null && entry.positions.indexAfter(after) < entry.positions.size()) {
                entries.add(entry);
                sizeOfTypes += entry.positions.size();
            }
        }
        if (entries.isEmpty() && !wanted.isEmpty()) {
            return;
        }
        Positions[] lists = lists(tagHashes, after);
        if (lists == null) {
            return;
        }
        if (lists.length == 0 || (!entries.isEmpty() && sizeOfTypes < lists[0].size())) {
            for (TypeEntry entry : entries) {
                scans.add(new Scan.Intersection(entry.positions, lists, position -> true, after, upTo));
            }
        } else {
            Positions[] others = Arrays.copyOfRange(lists, 1, lists.length);
            scans.add(new Scan.Intersection(lists[0], others, typeFilter(entries), after, upTo));
        }
    }

    /** The lists of all tags, shortest first; null if one of them has nothing above the position. */
    private Positions @Nullable [] lists(long[] tagHashes, int after) {
        Positions[] lists = new Positions[tagHashes.length];
        int count = 0;
        for (long hash : tagHashes) {
            Positions positions = tags.find(hash);
            if (positions == null || positions.indexAfter(after) == positions.size()) {
                return null;
            }
            lists[count++] = positions;
        }
        if (count > 1) {
            Arrays.sort(lists, Comparator.comparingInt(Positions::size));
        }
        return lists;
    }

    private Scan.Filter typeFilter(List<TypeEntry> entries) {
        if (entries.isEmpty()) {
            return position -> true;
        }
        short[] numbers = new short[entries.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = entries.get(i).number;
        }
        return position -> {
            short type = typeAt(position);
            for (short number : numbers) {
                if (number == type) {
                    return true;
                }
            }
            return false;
        };
    }

    private short nextTypeNumber() {
        if (types.size() == Short.MAX_VALUE) {
            throw new IllegalStateException("A journal knows at most " + Short.MAX_VALUE + " event types");
        }
        return (short) types.size();
    }

    private short typeAt(int position) {
        int offset = (int) (position - base - 1);
        return typeNumbers[offset / TYPES_PER_PAGE][offset % TYPES_PER_PAGE];
    }

    private void setType(int position, short number) {
        int offset = (int) (position - base - 1);
        short[][] pages = typeNumbers;
        if (offset / TYPES_PER_PAGE == pages.length) {
            pages = Arrays.copyOf(pages, pages.length + 1);
            pages[pages.length - 1] = new short[TYPES_PER_PAGE];
            typeNumbers = pages;
        }
        pages[offset / TYPES_PER_PAGE][offset % TYPES_PER_PAGE] = number;
    }
}

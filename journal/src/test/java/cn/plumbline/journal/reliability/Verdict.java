package cn.plumbline.journal.reliability;

import cn.plumbline.journal.Audit;
import cn.plumbline.journal.Criteria;
import cn.plumbline.journal.Journal;
import cn.plumbline.journal.NaiveMerkleTree;
import cn.plumbline.journal.StoredEvent;
import cn.plumbline.journal.reliability.Promises.Told;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a journal has what was promised, and nothing else: positions are gapless, times do not go back, the tree head
 * follows from the events, the journal's own audit finds the chain sound; what was acknowledged is there exactly once
 * and where it was said, what is unknown at most once and as a whole, what was refused or never asked for not at all.
 *
 * @param acknowledged events of which somebody knows that they are there
 * @param lost those of them that are not there, or not where they should be
 * @param doubled events that are there again
 * @param faults all that is wrong, in words; empty = the journal holds
 */
record Verdict(long acknowledged, long lost, long doubled, List<String> faults) {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** What is kept of an event, so that journals larger than memory can be judged. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Seen(long position, String id, Instant recordedAt, byte[] leaf) {
        static Seen of(StoredEvent event) {
            return new Seen(event.position(), event.id(), event.recordedAt(), leafOf(event));
        }
    }

    static Verdict on(Journal journal, Promises promises) {
        List<Seen> events = Objects.requireNonNull(journal.read(Criteria.all(), 0, Long.MAX_VALUE)
                .map(Seen::of)
                .collectList()
                .block(LIMIT));
        List<String> faults = new ArrayList<>();
        checkOrder(events, journal.head(), faults);
        checkTree(events, journal, faults);
        auditFault(journal).ifPresent(faults::add);
        return new Comparison(events, promises, faults).verdict();
    }

    boolean holds() {
        return faults.isEmpty();
    }

    private static void checkOrder(List<Seen> events, long head, List<String> faults) {
        Instant latest = Instant.MIN;
        for (int i = 0; i < events.size(); i++) {
            Seen event = events.get(i);
            if (event.position() != i + 1) {
                faults.add("position " + event.position() + " in place of " + (i + 1));
            }
            if (event.recordedAt().isBefore(latest)) {
                faults.add("the time goes back at position " + event.position());
            }
            latest = event.recordedAt();
        }
        if (events.size() != head) {
            faults.add(events.size() + " events up to head " + head);
        }
    }

    private static void checkTree(List<Seen> events, Journal journal, List<String> faults) {
        byte[] root = NaiveMerkleTree.root(events.stream().map(Seen::leaf).toList());
        if (journal.treeHead().size() != events.size()
                || !HexFormat.of().formatHex(root).equals(journal.treeHead().rootHex())) {
            faults.add("the events do not yield the tree head");
        }
    }

    /** What the journal's own audit, which reads what is stored, has against it. */
    static Optional<String> auditFault(Journal journal) {
        Audit audit = Objects.requireNonNull(
                journal.audit(Duration.ZERO, Duration.ofDays(1)).blockFirst(LIMIT));
        return audit instanceof Audit.Sound sound && sound.head().equals(journal.treeHead())
                ? Optional.empty()
                : Optional.of("the audit finds " + audit);
    }

    private static byte[] leafOf(StoredEvent event) {
        byte[] record = NaiveMerkleTree.sha256(event.salt(), event.record());
        String entry = "plumbline/event/v1\n" + HexFormat.of().formatHex(record);
        return NaiveMerkleTree.leafHash(entry.getBytes(StandardCharsets.UTF_8));
    }

    /** Of what is there with what was told. */
    private static final class Comparison {
        private final Map<String, List<Long>> positions = new HashMap<>();
        private final Promises promises;
        private final List<String> faults;
        private long acknowledged;
        private long lost;
        private long doubled;

        Comparison(List<Seen> events, Promises promises, List<String> faults) {
            this.promises = promises;
            this.faults = faults;
            for (Seen event : events) {
                positions.computeIfAbsent(event.id(), id -> new ArrayList<>()).add(event.position());
            }
        }

        Verdict verdict() {
            positions.forEach(this::checkId);
            promises.told().forEach(this::checkCommand);
            return new Verdict(acknowledged, lost, doubled, List.copyOf(faults));
        }

        private void checkId(String id, List<Long> at) {
            if (at.size() > 1) {
                doubled += at.size() - 1;
                faults.add(id + " stands at " + at);
            }
            int dot = id.lastIndexOf('.');
            Told told = promises.told().get(id.substring(0, dot));
            if (told == null || Integer.parseInt(id.substring(dot + 1)) > told.count()) {
                faults.add(id + " was never asked for");
            }
        }

        private void checkCommand(String id, Told told) {
            List<Long> parts = new ArrayList<>();
            for (int part = 1; part <= told.count(); part++) {
                List<Long> at = positions.get(id + "." + part);
                if (at != null) {
                    parts.add(at.getFirst());
                }
            }
            switch (told.answer()) {
                case ACKNOWLEDGED -> checkPresent(id, told, parts, told.first());
                case PRESENT -> checkPresent(id, told, parts, parts.isEmpty() ? 0 : parts.getFirst());
                case REFUSED -> {
                    if (!parts.isEmpty()) {
                        faults.add(id + " was refused and stands at " + parts);
                    }
                }
                case UNKNOWN -> {
                    if (!parts.isEmpty() && !isRun(parts, parts.getFirst(), told.count())) {
                        faults.add(id + " of " + told.count() + " events stands at " + parts);
                    }
                }
            }
        }

        private void checkPresent(String id, Told told, List<Long> parts, long first) {
            acknowledged += told.count();
            if (!isRun(parts, first, told.count())) {
                lost += told.count()
                        - parts.stream()
                                .filter(at -> isWithin(at, first, told.count()))
                                .count();
                faults.add(id + " of " + told.count() + " events from " + first + " on stands at " + parts);
            }
        }

        private static boolean isWithin(long position, long first, int count) {
            return position >= first && position < first + count;
        }

        private static boolean isRun(List<Long> parts, long first, int count) {
            if (parts.size() != count) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                if (parts.get(i) != first + i) {
                    return false;
                }
            }
            return true;
        }
    }
}

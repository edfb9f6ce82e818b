package cn.plumbline.web.pages;

import cn.plumbline.events.Actor;
import cn.plumbline.events.Approval;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.query.RecordHistory;
import cn.plumbline.web.pages.Names.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record's history as the page shows it, in the words of a language. Pure. */
final class HistoryModel {

    /** The kinds of record that have a name in the texts. */
    static final Set<String> KINDS =
            Set.of("unit", "group", "organ", "person", "committee", "catalogue", "venue", "area", "rotation");

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Names names;
    private final Texts texts;
    private final ZoneId zone;
    private final Map<Long, String> hashes;

    /**
     * What the words come from.
     *
     * @param hashes leaf hashes by position, in hex; those that are missing are not shown
     */
    HistoryModel(Names names, Texts texts, ZoneId zone, Map<Long, String> hashes) {
        this.names = names;
        this.texts = texts;
        this.zone = zone;
        this.hashes = hashes;
    }

    /** One event of the record. */
    public record Entry(
            long position,
            String recordedAt,
            String recordedLocal,
            String id,
            String action,
            String actor,
            String occurredOn,
            List<Change> changes,
            List<Named> subjects,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable String approval,
            @Nullable String hash,
            @Nullable Long target,
            List<Later> became,
            boolean voided) {}

    /** A field before and after. */
    public record Change(
            String title, @Nullable String before, @Nullable String after) {}

    /** What a later event did to this one. */
    public record Later(
            long position,
            String action,
            String actor,
            @Nullable String reason,
            List<Change> changes) {}

    List<Entry> entries(RecordHistory history) {
        return history.entries().stream().map(this::entry).toList();
    }

    private Entry entry(RecordHistory.Entry entry) {
        return new Entry(
                entry.position(),
                entry.recordedAt().toString(),
                local(entry.recordedAt()),
                entry.id(),
                words(entry.action()),
                who(entry.actor()),
                entry.occurredOn().toString(),
                changes(entry.changes()),
                subjects(entry.subject()),
                entry.reason(),
                basis(entry.basis()),
                approval(entry.approval()),
                hashes.get(entry.position()),
                entry.target(),
                entry.became().stream().map(this::later).toList(),
                entry.voided());
    }

    private Later later(RecordHistory.Later later) {
        return new Later(
                later.position(), words(later.action()), who(later.actor()), later.reason(), changes(later.changes()));
    }

    private List<Change> changes(List<RecordHistory.Change> changes) {
        return changes.stream()
                .map(change -> new Change(
                        words(change.title()),
                        value(change.before(), change.beforeLabel(), change.field()),
                        value(change.after(), change.afterLabel(), change.field())))
                .toList();
    }

    private @Nullable String value(@Nullable JsonNode value, RecordHistory.@Nullable Label label, String field) {
        if (label != null) {
            return words(label);
        }
        if (value != null && value.isString() && field.endsWith("Id")) {
            return named(field, value.asString());
        }
        return texts.value(value);
    }

    /** An id with the name that goes with it. */
    private String named(String field, String id) {
        String lower = field.toLowerCase(Locale.ROOT);
        return KINDS.stream()
                .filter(kind -> lower.endsWith(kind + "id"))
                .map(kind -> names.of(kind + ":" + id))
                .filter(named -> !named.name().equals(id))
                .map(named -> named.name() + texts.pick("（" + id + "）", " (" + id + ")"))
                .findFirst()
                .orElse(id);
    }

    private List<Named> subjects(List<String> tags) {
        return tags.stream()
                .map(names::of)
                .filter(named -> KINDS.contains(named.key()))
                .toList();
    }

    private static String who(Actor actor) {
        return actor.orgId() == null ? actor.userId() : actor.userId() + " · " + actor.orgId();
    }

    private @Nullable String basis(List<BasisDocument> documents) {
        return documents.isEmpty()
                ? null
                : documents.stream()
                        .map(document -> Stream.of(
                                        document.docNo() == null ? document.docId() : document.docNo(),
                                        document.title(),
                                        Objects.toString(document.issuedOn(), null))
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining(texts.pick("；", "; ")));
    }

    private @Nullable String approval(@Nullable Approval approval) {
        return approval == null
                ? null
                : texts.text(
                        "history.approved",
                        texts.label(approval.level()),
                        approval.approverId(),
                        approval.approvedOn().toString());
    }

    private String words(RecordHistory.Label label) {
        return texts.pick(label.zh(), label.en());
    }

    private String local(Instant instant) {
        return LOCAL.format(instant.atZone(zone));
    }
}

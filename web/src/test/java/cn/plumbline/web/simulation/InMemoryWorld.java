package cn.plumbline.web.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.Command;
import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decider;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Submission;
import cn.plumbline.events.Actor;
import cn.plumbline.events.Approval;
import cn.plumbline.events.BasisDocument;
import cn.plumbline.events.Classification;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.Corrections;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.Recorded;
import cn.plumbline.events.Rejection;
import cn.plumbline.events.Tag;
import cn.plumbline.query.Documents;
import cn.plumbline.query.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The deciders and the folds of the product over a plain list of events: no store, no framework, no threads. */
final class InMemoryWorld {

    private static final LocalDate TODAY = LocalDate.parse("2018-01-01");
    private static final Instant RECORDED_AT = Instant.parse("2018-01-01T00:00:00Z");
    private static final Set<String> ENVELOPE_FIELDS = Set.of("occurredOn", "basis", "approval", "classification");

    private final List<Recorded<? extends DomainEvent>> journal = new ArrayList<>();
    private final Map<Tag, List<Recorded<? extends DomainEvent>>> byTag = new HashMap<>();
    private int commands;

    /** The ids of the events of an accepted command, or the codes of its rejections. */
    record Result(List<String> eventIds, List<String> codes) {}

    long head() {
        return journal.size();
    }

    /** What happened after a position. */
    List<IntervalOracle.Fact> facts(long after) {
        return journal.subList((int) after, journal.size()).stream()
                .map(recorded -> new IntervalOracle.Fact(recorded.position(), recorded.event()))
                .toList();
    }

    Result submit(RandomHistory.Step step) {
        CommandDefinition definition = CommandCatalogue.find(step.command()).orElseThrow();
        ObjectNode own = step.body().deepCopy();
        own.remove(ENVELOPE_FIELDS);
        Command command = EventJson.mapper().treeToValue(own, definition.type());
        assertThat(command.faults()).as("%s", step).isEmpty();
        Envelope envelope = envelope(step, "command-" + ++commands);
        Decision decision = decide(definition.decider(), new Submission<>(command, envelope, TODAY));
        return switch (decision) {
            case Decision.Accepted accepted -> new Result(record(accepted.events(), envelope), List.of());
            case Decision.Rejected rejected ->
                new Result(
                        List.of(),
                        rejected.rejections().stream().map(Rejection::code).toList());
        };
    }

    /** The documents of a projection as of a position, each folded from its events. */
    Documents documents(long knownAt) {
        return new Documents() {
            @Override
            public <S extends Record> Mono<Map<String, S>> load(Table<S> table, Collection<String> ids) {
                Map<String, S> found = new HashMap<>();
                for (String id : ids) {
                    S state = fold(table, id, knownAt);
                    if (state != null) {
                        found.put(id, state);
                    }
                }
                return Mono.just(found);
            }
        };
    }

    private <S extends Record> @Nullable S fold(Table<S> table, String id, long knownAt) {
        Tag tag = new Tag(table.key(), id);
        List<Recorded<? extends DomainEvent>> history = byTag.getOrDefault(tag, List.of()).stream()
                .filter(recorded -> recorded.position() <= knownAt
                        && (recorded.event() instanceof CorrectionEvent
                                || table.types().contains(type(recorded))))
                .toList();
        S state = null;
        for (Recorded<? extends DomainEvent> recorded : Corrections.effective(history)) {
            state = table.fold().evolve(id, state, recorded);
        }
        return state;
    }

    @SuppressWarnings("unchecked")
    private <C extends Command, S> Decision decide(Decider<C, S> decider, Submission<?> untyped) {
        Submission<C> submission = (Submission<C>) untyped;
        Set<CriteriaItem> boundary = new HashSet<>(decider.criteria(submission));
        while (true) {
            S state = decider.initial(submission);
            for (Recorded<? extends DomainEvent> recorded : decider.folded(source(boundary))) {
                state = decider.evolve(state, recorded);
            }
            if (!boundary.addAll(decider.further(submission, state))) {
                return decider.decide(submission, state);
            }
        }
    }

    private List<Recorded<? extends DomainEvent>> source(Collection<CriteriaItem> boundary) {
        TreeMap<Long, Recorded<? extends DomainEvent>> found = new TreeMap<>();
        for (CriteriaItem item : boundary) {
            for (Recorded<? extends DomainEvent> recorded : candidates(item)) {
                if (matches(item, recorded)) {
                    found.put(recorded.position(), recorded);
                }
            }
        }
        // What is corrected may lie outside of the boundary, when only its correction brought it in.
        for (Recorded<? extends DomainEvent> recorded : List.copyOf(found.values())) {
            if (recorded.event() instanceof CorrectionEvent correction) {
                found.put(correction.targetPosition(), journal.get((int) correction.targetPosition() - 1));
            }
        }
        return List.copyOf(found.values());
    }

    private List<Recorded<? extends DomainEvent>> candidates(CriteriaItem item) {
        return item.tags().stream()
                .findAny()
                .map(tag -> byTag.getOrDefault(tag, List.of()))
                .orElse(journal);
    }

    private static boolean matches(CriteriaItem item, Recorded<? extends DomainEvent> recorded) {
        return recorded.event() instanceof CorrectionEvent
                ? recorded.tags().containsAll(item.tags())
                : item.matches(type(recorded), recorded.tags());
    }

    private List<String> record(List<DomainEvent> events, Envelope envelope) {
        List<String> ids = new ArrayList<>();
        for (DomainEvent event : events) {
            String id = envelope.commandId() + "." + (ids.size() + 1);
            Set<Tag> tags = new TreeSet<>(EventCatalogue.tags(event));
            tags.add(new Tag("command", envelope.commandId()));
            append(new Recorded<>(journal.size() + 1, RECORDED_AT, id, tags, envelope, event));
            ids.add(id);
        }
        return ids;
    }

    private void append(Recorded<? extends DomainEvent> recorded) {
        journal.add(recorded);
        recorded.tags()
                .forEach(tag ->
                        byTag.computeIfAbsent(tag, t -> new ArrayList<>()).add(recorded));
    }

    private static Envelope envelope(RandomHistory.Step step, String id) {
        JsonNode approval = step.body().get("approval");
        List<BasisDocument> basis = new ArrayList<>();
        step.body()
                .path("basis")
                .forEach(document -> basis.add(EventJson.mapper().treeToValue(document, BasisDocument.class)));
        return new Envelope(
                id,
                step.command(),
                "0".repeat(64),
                id,
                null,
                new Actor(step.actor(), "CLERK", null),
                TODAY,
                basis,
                approval == null ? null : EventJson.mapper().treeToValue(approval, Approval.class),
                Classification.INTERNAL);
    }

    private static String type(Recorded<? extends DomainEvent> recorded) {
        return EventCatalogue.type(recorded.event().getClass());
    }
}

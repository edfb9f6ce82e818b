package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.Actor;
import cn.plumbline.events.Classification;
import cn.plumbline.events.CorrectionEvent;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DomainEvent;
import cn.plumbline.events.Envelope;
import cn.plumbline.events.EventCatalogue;
import cn.plumbline.events.EventJson;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.Id;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.Recorded;
import cn.plumbline.web.pages.Form.Field;
import cn.plumbline.web.pages.Form.Option;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The form of a correction, made from the event that it corrects. */
class TargetFieldsTest {

    private static final CommandDefinition CORRECT =
            CommandCatalogue.find("CorrectRecord").orElseThrow();
    private static final String ID = "0190a000-0000-7000-8000-000000000001.0";

    private static Texts texts(Language language) {
        return new Texts(new PagesConfiguration().messageSource(), language);
    }

    static Recorded<? extends DomainEvent> appointment() {
        return recorded(new GroupMemberAppointed(
                new GroupId("派驻-001"),
                new PersonId("人员-001"),
                MemberTitle.HEAD,
                true,
                "某单位党组成员",
                LocalDate.parse("2015-11-13"),
                new AppointmentDecision("常委会", LocalDate.parse("2015-11-10")),
                null));
    }

    private static Recorded<? extends DomainEvent> recorded(DomainEvent event) {
        Envelope envelope = new Envelope(
                "0190a000-0000-7000-8000-000000000001",
                "AppointGroupMember",
                "00",
                "c",
                null,
                new Actor("clerk", "CLERK", null),
                LocalDate.parse("2015-11-13"),
                List.of(),
                null,
                Classification.INTERNAL);
        return new Recorded<>(12, Instant.EPOCH, ID, EventCatalogue.tags(event), envelope, event);
    }

    private static Sheet sheet(Language language) {
        return Sheet.about(CORRECT, new TargetFields(appointment(), texts(language)));
    }

    private static Form form(Language language) {
        ObjectNode nothing = EventJson.mapper().createObjectNode();
        return Forms.of(sheet(language), nothing, Refusal.NONE, "key", "", Names.NONE, texts(language));
    }

    private static Field changes(Language language) {
        return form(language).fields().stream()
                .filter(field -> field.name().equals("changes"))
                .findFirst()
                .orElseThrow();
    }

    private static Field field(String name) {
        return changes(Language.ZH).parts().stream()
                .filter(field -> field.name().equals("changes." + name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode body(String... namesAndValues) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        Sheet sheet = sheet(Language.ZH);
        return sheet.body(FormValues.filled(sheet.schema(), parameters));
    }

    private static JsonNode json(String text) {
        return EventJson.mapper().readTree(text);
    }

    @Nested
    class TheForm {

        @Test
        void saysWhatIsCorrectedInsteadOfAskingForIt() {
            Field target = form(Language.ZH).fields().getFirst();
            assertThat(target.shape()).isEqualTo("fixed");
            assertThat(target.value()).isEqualTo("位置 12：任职（2015-11-13，经办 clerk）");
            assertThat(form(Language.ZH).position()).isEqualTo(12);
        }

        @Test
        void listsTheCorrectableFieldsByTheirTitles() {
            assertThat(changes(Language.ZH).parts())
                    .extracting(Field::label)
                    .containsExactly("职务", "专职", "兼任本职", "任职日期", "决定", "新任", "改为空白");
            assertThat(changes(Language.EN).parts())
                    .extracting(Field::label)
                    .containsExactly("Title", "Full time", "Concurrent post", "From", "Decision", "New", "Make empty");
        }

        @Test
        void tellsTheValueThatEachHasAndLeavesTheNewOneBlank() {
            assertThat(field("title").hint()).startsWith("现为：组长。");
            assertThat(field("fullTime").hint()).startsWith("现为：是。");
            assertThat(field("concurrentPost").hint()).startsWith("现为：某单位党组成员。");
            assertThat(field("from").hint()).startsWith("现为：2015-11-13。");
            assertThat(field("isNew").hint()).startsWith("现为空白。");
            assertThat(field("decision").parts()).extracting(Field::hint).anyMatch(hint -> hint.startsWith("现为：常委会。"));
            assertThat(changes(Language.ZH).parts()).extracting(Field::value).containsOnly("");
        }

        @Test
        void asksByTheShapeOfTheValue() {
            assertThat(field("title").shape()).isEqualTo("select");
            assertThat(field("title").options()).extracting(Option::label).contains("组长", "副组长");
            assertThat(field("fullTime").options()).extracting(Option::value).containsExactly("true", "false");
            assertThat(field("concurrentPost").shape()).isEqualTo("text");
            assertThat(field("from").shape()).isEqualTo("date");
        }

        @Test
        void offersToEmptyOnlyWhatMayBeAbsentAndIsNot() {
            assertThat(field("_emptied").parts()).extracting(Field::label).containsExactly("兼任本职");
        }
    }

    @Nested
    class TheCommand {

        @Test
        void hasOnlyWhatWasFilledIn() {
            assertThat(body("changes.title", "", "changes.from", "2015-11-14", "reason", "笔误"))
                    .isEqualTo(json("{\"targetEventId\":\"%s\",\"changes\":{\"from\":\"2015-11-14\"},\"reason\":\"笔误\"}"
                            .formatted(ID)));
        }

        @Test
        void hasNoChangesWhenNothingWas() {
            assertThat(body("changes.title", " ").has("changes")).isFalse();
        }

        @Test
        void hasTruthValuesAndWhatWasMadeEmpty() {
            assertThat(body("changes.fullTime", "false", "changes._emptied.concurrentPost", "true")
                            .path("changes"))
                    .isEqualTo(json("{\"fullTime\":false,\"concurrentPost\":null}"));
        }

        @Test
        void prefersAValueToEmptyingTheField() {
            assertThat(body("changes.concurrentPost", "组员", "changes._emptied.concurrentPost", "true")
                            .path("changes"))
                    .isEqualTo(json("{\"concurrentPost\":\"组员\"}"));
        }

        @Test
        void keepsThePartsOfAnObjectThatWereLeftBlank() {
            assertThat(body("changes.decision.date", "2015-11-11").path("changes"))
                    .isEqualTo(json("{\"decision\":{\"meeting\":\"常委会\",\"date\":\"2015-11-11\"}}"));
        }

        @Test
        void takesNoFieldThatTheFormDoesNotOffer() {
            assertThat(body("changes.groupId", "派驻-002", "changes.grade", "优秀").has("changes"))
                    .isFalse();
        }
    }

    static Stream<Class<? extends DomainEvent>> correctable() {
        return EventCatalogue.all().stream()
                .<Class<? extends DomainEvent>>map(definition -> definition.payload())
                .filter(type -> !CorrectionEvent.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("correctable")
    void everyFieldOfEveryEventThatIsNoIdIsOffered(Class<? extends DomainEvent> type) {
        List<String> titled = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (!isId(component)) {
                titled.add(component.getName());
            }
        }
        assertThat(titled).isNotEmpty();
        DomainEvent event = type.cast(sample(type));
        ObjectNode schema = new TargetFields(recorded(event), texts(Language.ZH)).form(CORRECT.schema());
        assertThat(schema.at("/properties/changes/properties").propertyNames())
                .filteredOn(name -> !name.startsWith("_"))
                .containsExactlyElementsOf(titled);
    }

    /** Some value of a type; of a record, one with all fields. */
    private static Object sample(Type type) {
        if (type instanceof ParameterizedType list) {
            return List.of(sample(list.getActualTypeArguments()[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        if (plain == int.class || plain == Integer.class) {
            return 1;
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return true;
        }
        if (plain == LocalDate.class) {
            return LocalDate.parse("2015-11-13");
        }
        return plain == String.class ? "甲" : made(plain);
    }

    private static Object made(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(Arrays.stream(components)
                            .map(component -> component.getType() == String.class
                                    ? component.getName()
                                    : sample(component.getGenericType()))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isId(RecordComponent component) {
        return Id.class.isAssignableFrom(component.getType())
                || (component.getGenericType() instanceof ParameterizedType list
                        && Arrays.stream(list.getActualTypeArguments())
                                .anyMatch(of -> of instanceof Class<?> element && Id.class.isAssignableFrom(element)));
    }
}

package cn.plumbline.web.pages;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.web.pages.Form.Field;
import cn.plumbline.web.pages.Form.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a form says before and after it is refused. */
class FormsTest {

    private static final Texts TEXTS = new Texts(messages(), Language.ZH);

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/pages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    private static Form form(String name, Refusal refusal) {
        CommandDefinition command = CommandCatalogue.find(name).orElseThrow();
        Sheet sheet = Sheet.needsTarget(command)
                ? Sheet.about(command, new TargetFields(TargetFieldsTest.appointment(), TEXTS))
                : Sheet.of(command);
        return Forms.of(sheet, EventJson.mapper().createObjectNode(), refusal, "key", "", Names.NONE, TEXTS);
    }

    @Test
    void theSummaryNamesTheFieldOfEachProblem() {
        Refusal refusal = new Refusal(
                List.of(
                        new Problem("REQUIRED", "必填", FormFields.id("reason")),
                        new Problem("REQUIRED", "必填", FormFields.id("approval.level")),
                        new Problem("EVENT_TOO_LARGE", "过大", null)),
                Map.of());
        assertThat(form("VoidRecord", refusal).problems())
                .extracting(Problem::text)
                .satisfiesExactly(
                        text -> assertThat(text).isEqualTo("理由：必填"),
                        text -> assertThat(text).matches("审批 · .+：必填"),
                        text -> assertThat(text).isEqualTo("过大"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CorrectRecord", "VoidRecord"})
    void aCorrectionNeedsItsReasonAndApproval(String command) {
        Form form = form(command, Refusal.NONE);
        assertThat(form.fields())
                .filteredOn(Field::required)
                .extracting(Field::name)
                .contains("targetEventId", "reason", "approval");
    }

    @ParameterizedTest
    @CsvSource({
        "RegisterUnit, unitId, 单位编号",
        "EstablishDispatchGroup, groupId, 机构编号",
        "SetCoverageBase, catalogueId, 名录编号"
    })
    void theIdOfANewRecordSaysWhatItIsTheIdOf(String command, String name, String label) {
        assertThat(form(command, Refusal.NONE).fields())
                .filteredOn(field -> field.name().equals(name))
                .singleElement()
                .satisfies(field -> {
                    assertThat(field.label()).isEqualTo(label);
                    assertThat(field.hint()).isEqualTo("可不填，由系统编号。");
                    assertThat(field.required()).isFalse();
                });
    }

    @Test
    void theIdOfAnExistingRecordIsPickedByItsKind() {
        assertThat(form("RenameUnit", Refusal.NONE).fields())
                .filteredOn(field -> field.name().equals("unitId"))
                .extracting(Field::label)
                .containsExactly("单位");
    }
}

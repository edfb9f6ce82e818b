package cn.plumbline.web.commands;

import static org.assertj.core.api.Assertions.assertThat;

import cn.plumbline.command.CommandCatalogue;
import cn.plumbline.command.CommandDefinition;
import cn.plumbline.events.EventJson;
import cn.plumbline.web.problems.FieldProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a body is told that does not fit its schema. */
class BodyCheckTest {

    private static final CommandDefinition UNIT =
            CommandCatalogue.find("RegisterUnit").orElseThrow();

    private static List<FieldProblem> check(String basis) {
        ObjectNode body = (ObjectNode) EventJson.mapper()
                .readTree("{\"name\":\"甲\",\"category\":\"OTHER\",\"level\":\"COUNTY\",\"basis\":" + basis + "}");
        return new BodyCheck().check(UNIT, body);
    }

    @Test
    void aDocumentWithoutIdAndNumberIsToldOnceThatOneSuffices() {
        assertThat(check("[{},{\"docNo\":\"文件-1\"},{\"title\":\"无号\"}]"))
                .extracting(problem -> problem.pointer() + " " + problem.code() + " "
                        + problem.message().zh())
                .containsExactly("/basis/0 REQUIRED 文件编号或文号至少填一项", "/basis/2 REQUIRED 文件编号或文号至少填一项");
    }

    @Test
    void eitherOfThemSuffices() {
        assertThat(check("[{\"docId\":\"D\"},{\"docNo\":\"文件-1\"}]")).isEmpty();
    }

    @Test
    void whatElseIsWrongWithADocumentStandsAtItsField() {
        assertThat(check("[{\"docNo\":\"文件-1\",\"issuedOn\":\"昨天\",\"pages\":3}]"))
                .extracting(FieldProblem::pointer)
                .containsExactly("/basis/0/issuedOn", "/basis/0/pages");
    }
}

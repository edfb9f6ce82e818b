package cn.plumbline.web.commands;

import cn.plumbline.command.Outcome;
import cn.plumbline.events.EventJson;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of an accepted command. */
final class Answers {

    private Answers() {}

    static ObjectNode accepted(Outcome.Accepted accepted) {
        ObjectNode answer = EventJson.mapper().createObjectNode();
        answer.put("commandId", accepted.commandId());
        answer.put("position", accepted.position());
        answer.put("recordedAt", accepted.recordedAt().toString());
        answer.set("ids", EventJson.mapper().valueToTree(accepted.ids()));
        answer.set("events", EventJson.mapper().valueToTree(accepted.events()));
        return answer;
    }
}

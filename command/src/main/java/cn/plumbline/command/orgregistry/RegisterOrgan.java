package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.FieldError;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Boundaries;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.events.GeneralRejection.IdAlreadyUsed;
import cn.plumbline.events.Level;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryRejection.ParentNotFound;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.Title;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enters an organ that can dispatch groups. */
@Title(zh = "登记机关", en = "Register organ")
public record RegisterOrgan(
        @Title(zh = "机关", en = "Organ") OrganId organId,
        @Title(zh = "名称", en = "Name") String name,
        @Title(zh = "层级", en = "Level") Level level,

        @Title(zh = "上级机关", en = "Parent organ") @Nullable OrganId parentOrganId)
        implements Command {

    @Override
    public List<FieldError> faults() {
        return level == Level.COMMUNITY
                ? List.of(new FieldError(
                        "/level", "OUT_OF_RANGE", "社区一级不设派出机关", "No organ dispatches at the community level"))
                : List.of();
    }

    static final class Decider implements FactsDecider<RegisterOrgan> {

        @Override
        public List<CriteriaItem> criteria(Submission<RegisterOrgan> submission) {
            RegisterOrgan command = submission.command();
            List<CriteriaItem> items = new ArrayList<>();
            items.add(Boundaries.organ(command.organId()));
            if (command.parentOrganId() != null) {
                items.add(Boundaries.organ(command.parentOrganId()));
            }
            return items;
        }

        @Override
        public Decision decide(Submission<RegisterOrgan> submission, Facts facts) {
            RegisterOrgan command = submission.command();
            OrganId parent = command.parentOrganId();
            return new Rules()
                    .refuse(facts.organ(command.organId())
                            .map(organ -> new IdAlreadyUsed(command.organId().value(), List.of(organ.position()))))
                    .refuseIf(
                            parent != null && facts.organ(parent).isEmpty(),
                            () -> new ParentNotFound(String.valueOf(parent)))
                    .orElseOne(() -> new OrganRegistered(
                            command.organId(), command.name(), command.level(), command.parentOrganId()));
        }
    }
}

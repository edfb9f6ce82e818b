package cn.plumbline.command.orgregistry;

import cn.plumbline.command.Command;
import cn.plumbline.command.CriteriaItem;
import cn.plumbline.command.Decision;
import cn.plumbline.command.Rules;
import cn.plumbline.command.Submission;
import cn.plumbline.command.facts.Facts;
import cn.plumbline.command.facts.FactsDecider;
import cn.plumbline.events.AreaId;
import cn.plumbline.events.OrgRegistryEvent.AreaProfileRecorded;
import cn.plumbline.events.OrgRegistryEvent.PartyBodies;
import cn.plumbline.events.OrgRegistryRejection.AsOfInFuture;
import cn.plumbline.events.OrgRegistryRejection.NegativeCount;
import cn.plumbline.events.Title;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the counts of an area on a day on record. */
@Title(zh = "记录辖区概况", en = "Record area profile")
public record RecordAreaProfile(
        @Title(zh = "辖区", en = "Area") AreaId areaId,
        @Title(zh = "截止日期", en = "As of") LocalDate asOf,
        @Title(zh = "社区数", en = "Communities") int communities,
        @Title(zh = "居民小组数", en = "Resident groups") int residentGroups,
        @Title(zh = "户籍人口", en = "Population") int population,
        @Title(zh = "党组织", en = "Party bodies") PartyBodies partyBodies,
        @Title(zh = "党员数", en = "Party members") @Nullable Integer members)
        implements Command {

    static final class Decider implements FactsDecider<RecordAreaProfile> {

        @Override
        public List<CriteriaItem> criteria(Submission<RecordAreaProfile> submission) {
            return List.of();
        }

        @Override
        public Decision decide(Submission<RecordAreaProfile> submission, Facts facts) {
            RecordAreaProfile command = submission.command();
            Rules rules = new Rules()
                    .refuseIf(
                            command.asOf().isAfter(submission.today()),
                            () -> new AsOfInFuture(command.asOf(), submission.today()));
            counts(command).forEach((field, count) -> rules.refuseIf(count < 0, () -> new NegativeCount(field, count)));
            return rules.orElseOne(() -> new AreaProfileRecorded(
                    command.areaId(),
                    command.asOf(),
                    command.communities(),
                    command.residentGroups(),
                    command.population(),
                    command.partyBodies(),
                    command.members()));
        }

        private static Map<String, Integer> counts(RecordAreaProfile command) {
            PartyBodies bodies = command.partyBodies();
            Map<String, Integer> counts = new LinkedHashMap<>();
            counts.put("communities", command.communities());
            counts.put("residentGroups", command.residentGroups());
            counts.put("population", command.population());
            counts.put("partyBodies.committees", bodies.committees());
            counts.put("partyBodies.communityCommittees", bodies.communityCommittees());
            counts.put("partyBodies.generalBranches", bodies.generalBranches());
            counts.put("partyBodies.branches", bodies.branches());
            if (command.members() != null) {
                counts.put("members", command.members());
            }
            return counts;
        }
    }
}

package cn.plumbline.query;

import cn.plumbline.events.CatalogueId;
import cn.plumbline.events.CommitteeId;
import cn.plumbline.events.CoverageKind;
import cn.plumbline.events.CoverageRole;
import cn.plumbline.events.DispatchEvent.AppointmentDecision;
import cn.plumbline.events.DispatchEvent.DispatchGroupEstablished;
import cn.plumbline.events.DispatchEvent.GroupMemberAppointed;
import cn.plumbline.events.DispatchEvent.NamingRuleSet;
import cn.plumbline.events.DispatchEvent.UnitCoverageEnded;
import cn.plumbline.events.DispatchEvent.UnitCoverageStarted;
import cn.plumbline.events.DispatchEvent.WorkCommitteePlaqueAttached;
import cn.plumbline.events.GroupId;
import cn.plumbline.events.GroupKind;
import cn.plumbline.events.Level;
import cn.plumbline.events.MemberTitle;
import cn.plumbline.events.OrgRegistryEvent.CoverageBaseSet;
import cn.plumbline.events.OrgRegistryEvent.OrganRegistered;
import cn.plumbline.events.OrgRegistryEvent.UnitRegistered;
import cn.plumbline.events.OrganId;
import cn.plumbline.events.PersonId;
import cn.plumbline.events.UnitCategory;
import cn.plumbline.events.UnitId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The reform of 2015 in Inner Mongolia: 84 units, 44 of them covered before it, all of them after. */
public final class InnerMongolia {

    public static final OrganId ORGAN = new OrganId("自治区纪委");
    public static final LocalDate BEFORE = LocalDate.parse("2014-12-31");
    public static final LocalDate AFTER = LocalDate.parse("2015-12-30");
    public static final LocalDate BASE = LocalDate.parse("2012-11-01");
    public static final LocalDate REFORM = LocalDate.parse("2015-11-13");

    private final Facts facts = new Facts();
    private int groups;

    private InnerMongolia() {}

    /** All of it. */
    public static Facts complete() {
        InnerMongolia reform = new InnerMongolia();
        reform.register();
        reform.legacy();
        reform.standalone();
        reform.grouped();
        reform.plaque();
        return reform.facts;
    }

    /** Until the eve of the reform. */
    public static Facts beforeTheReform() {
        InnerMongolia reform = new InnerMongolia();
        reform.register();
        reform.legacy();
        return reform.facts;
    }

    public static UnitId unit(int number) {
        return new UnitId("%03d".formatted(number));
    }

    private void register() {
        facts.add(new OrganRegistered(ORGAN, "自治区纪委", Level.PROVINCE, null));
        facts.add(new NamingRuleSet(ORGAN, "自治区纪委[派]驻*纪检组", List.of("组长", "副组长"), null));
        List<UnitId> units =
                IntStream.rangeClosed(1, 84).mapToObj(InnerMongolia::unit).toList();
        for (int i = 1; i <= 84; i++) {
            facts.add(new UnitRegistered(unit(i), "区直单位-%03d".formatted(i), null, category(i), Level.PROVINCE, null));
        }
        facts.add(new CoverageBaseSet(new CatalogueId("名录-1"), ORGAN, units, BASE));
    }

    private static UnitCategory category(int number) {
        return switch (number) {
            case 1, 2, 3, 4, 5, 8 -> UnitCategory.PARTY_DEPT;
            case 6 -> UnitCategory.NPC_ORGAN;
            case 7 -> UnitCategory.CPPCC_ORGAN;
            default -> number <= 52 ? UnitCategory.GOV_DEPT : number <= 70 ? UnitCategory.SOE_PSI : UnitCategory.OTHER;
        };
    }

    private void legacy() {
        for (int i = 9; i <= 52; i++) {
            facts.add(new UnitCoverageStarted(unit(i), ORGAN, CoverageKind.LEGACY, null, null, null, BASE, null));
        }
    }

    private void standalone() {
        for (int i = 9; i <= 27; i++) {
            establish(GroupKind.STANDALONE, List.of(i), false);
        }
    }

    private void grouped() {
        for (int i = 1; i <= 7; i++) {
            int more = 28 + (i - 1) * 3;
            establish(GroupKind.GROUPED, List.of(i, more, more + 1, more + 2), true);
        }
        int next = 49;
        for (int i = 0; i < 10; i++) {
            int size = i < 6 ? 4 : 3;
            establish(
                    GroupKind.GROUPED,
                    IntStream.range(next, next + size).boxed().toList(),
                    false);
            next += size;
        }
    }

    private void establish(GroupKind kind, List<Integer> units, boolean isNew) {
        GroupId group = new GroupId("G-%02d".formatted(++groups));
        facts.add(new DispatchGroupEstablished(
                group, ORGAN, kind, "自治区纪委驻单位%02d纪检组".formatted(groups), unit(units.getFirst()), REFORM, null));
        for (int unit : units) {
            if (unit >= 9 && unit <= 52) {
                facts.add(new UnitCoverageEnded(unit(unit), ORGAN, CoverageKind.LEGACY, null, null, REFORM, "由派驻机构接替"));
            }
        }
        List<CoverageRole> roles = new ArrayList<>();
        for (int unit : units) {
            roles.add(roles.isEmpty() ? CoverageRole.RESIDENT : CoverageRole.GROUPED);
            facts.add(new UnitCoverageStarted(
                    unit(unit), ORGAN, CoverageKind.of(kind), group, null, roles.getLast(), REFORM, null));
        }
        facts.add(new GroupMemberAppointed(
                group,
                new PersonId("人员-%03d".formatted(groups)),
                MemberTitle.HEAD,
                true,
                null,
                REFORM,
                new AppointmentDecision("常委会", LocalDate.parse("2015-10-20")),
                isNew ? true : null));
    }

    private void plaque() {
        CommitteeId committee = new CommitteeId("直属机关纪工委");
        facts.add(new WorkCommitteePlaqueAttached(committee, ORGAN, "派驻纪检组", unit(8), REFORM, null));
        facts.add(new UnitCoverageStarted(unit(8), ORGAN, CoverageKind.PLAQUE, null, committee, null, REFORM, null));
    }
}

package cn.plumbline.events;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dispatch groups, the coverage of units by them, their people, venues and rotations (派驻派出). All periods are
 * half-open: {@code effectiveFrom} is the first day in, {@code effectiveTo} the first day out.
 */
@Context(value = "dispatch", zh = "派驻派出", en = "Dispatch")
public sealed interface DispatchEvent extends DomainEvent {

    /** The naming rule of an organ for its groups and the titles of their leaders. */
    @Title(zh = "设定命名规则", en = "Naming rule set")
    record NamingRuleSet(
            @Title(zh = "机关", en = "Organ") OrganId organId,
            @Title(zh = "名称格式", en = "Name pattern") String namePattern,
            @Title(zh = "职务名称", en = "Titles") List<String> titles,
            @Title(zh = "示例", en = "Example") @Nullable String example)
            implements DispatchEvent {}

    /** A dispatch group came into being. */
    @Title(zh = "设立派驻机构", en = "Dispatch group established")
    record DispatchGroupEstablished(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "形式", en = "Kind") GroupKind kind,
            @Title(zh = "名称", en = "Name") String name,

            @Title(zh = "驻在单位", en = "Resident unit") @Nullable
            UnitId residentUnitId,

            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,

            @Title(zh = "失效日期", en = "Effective to") @Nullable
            LocalDate effectiveTo)
            implements DispatchEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.groupName(organId, name));
        }
    }

    /** A dispatch group ceased; the name is free again. */
    @Title(zh = "撤销派驻机构", en = "Dispatch group revoked")
    record DispatchGroupRevoked(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "名称", en = "Name") String name,
            @Title(zh = "撤销日期", en = "Effective to") LocalDate effectiveTo,
            @Title(zh = "原因", en = "Reason") String reason)
            implements DispatchEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.groupName(organId, name));
        }
    }

    /**
     * A unit came under supervision. Group and role are present exactly for the kinds of groups, the committee for
     * PLAQUE; LEGACY and INTERNAL have none of the three.
     */
    @Title(zh = "单位纳入监督", en = "Unit coverage started")
    record UnitCoverageStarted(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "形式", en = "Kind") CoverageKind kind,
            @Title(zh = "机构", en = "Group") @Nullable GroupId groupId,
            @Title(zh = "纪工委", en = "Committee") @Nullable CommitteeId committeeId,
            @Title(zh = "角色", en = "Role") @Nullable CoverageRole role,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,

            @Title(zh = "失效日期", en = "Effective to") @Nullable
            LocalDate effectiveTo)
            implements DispatchEvent {}

    /** The open coverage of a unit ended. */
    @Title(zh = "单位监督终止", en = "Unit coverage ended")
    record UnitCoverageEnded(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "形式", en = "Kind") CoverageKind kind,
            @Title(zh = "机构", en = "Group") @Nullable GroupId groupId,
            @Title(zh = "纪工委", en = "Committee") @Nullable CommitteeId committeeId,
            @Title(zh = "失效日期", en = "Effective to") LocalDate effectiveTo,
            @Title(zh = "原因", en = "Reason") String reason)
            implements DispatchEvent {}

    /** The open coverage of a unit went from one group to another without a gap; kind and role are the target's. */
    @Title(zh = "单位划转", en = "Unit coverage transferred")
    record UnitCoverageTransferred(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "原机构", en = "From group") GroupId fromGroupId,
            @Title(zh = "现机构", en = "To group") GroupId toGroupId,
            @Title(zh = "形式", en = "Kind") CoverageKind kind,
            @Title(zh = "角色", en = "Role") CoverageRole role,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom)
            implements DispatchEvent {}

    /** A work committee carries the plaque of a group and covers a unit. */
    @Title(zh = "纪工委加挂牌子", en = "Plaque attached to work committee")
    record WorkCommitteePlaqueAttached(
            @Title(zh = "纪工委", en = "Committee") CommitteeId committeeId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "牌子名称", en = "Plaque name") String plaqueName,
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,

            @Title(zh = "失效日期", en = "Effective to") @Nullable
            LocalDate effectiveTo)
            implements DispatchEvent {}

    /** A unit has a discipline-inspection organ of its own inside. */
    @Title(zh = "记录内设机构", en = "Internal organ recorded")
    record InternalOrganRecorded(
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "派出机关", en = "Organ") OrganId organId,
            @Title(zh = "内设机构名称", en = "Internal organ") String organName,
            @Title(zh = "生效日期", en = "Effective from") LocalDate effectiveFrom,

            @Title(zh = "失效日期", en = "Effective to") @Nullable
            LocalDate effectiveTo)
            implements DispatchEvent {}

    /** A person took a place in a group. */
    @Title(zh = "任职", en = "Group member appointed")
    record GroupMemberAppointed(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "人员", en = "Person") PersonId personId,
            @Title(zh = "职务", en = "Title") MemberTitle title,
            @Title(zh = "专职", en = "Full time") boolean fullTime,

            @Title(zh = "兼任本职", en = "Concurrent post") @Nullable
            String concurrentPost,

            @Title(zh = "任职日期", en = "From") LocalDate from,
            @Title(zh = "决定", en = "Decision") AppointmentDecision decision,
            @Title(zh = "新任", en = "New") @Nullable Boolean isNew)
            implements DispatchEvent {}

    /** The meeting that decided an appointment, and its day. */
    record AppointmentDecision(
            @Title(zh = "会议", en = "Meeting") String meeting,
            @Title(zh = "日期", en = "Date") LocalDate date) {}

    /** A person left a group; the day is the first on which the person is out. */
    @Title(zh = "免职", en = "Group member released")
    record GroupMemberReleased(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "人员", en = "Person") PersonId personId,
            @Title(zh = "免职日期", en = "To") LocalDate to,
            @Title(zh = "原因", en = "Reason") String reason)
            implements DispatchEvent {}

    /** A duty of a person in a unit was put on record. */
    @Title(zh = "记录分管工作", en = "Head duty recorded")
    record HeadDutyRecorded(
            @Title(zh = "人员", en = "Person") PersonId personId,
            @Title(zh = "单位", en = "Unit") UnitId unitId,
            @Title(zh = "工作", en = "Duty") String duty,
            @Title(zh = "属业务工作", en = "Business duty") boolean isBusiness,
            @Title(zh = "起始日期", en = "From") LocalDate from)
            implements DispatchEvent {}

    /**
     * A deputy takes the group's work for a quarter.
     *
     * @param quarter such as {@code 2019Q2}
     */
    @Title(zh = "安排轮流值班", en = "Rotation assigned")
    record RotationAssigned(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "季度", en = "Quarter") String quarter,
            @Title(zh = "副组长", en = "Deputy") PersonId deputyId,
            @Title(zh = "集中办公地点", en = "Host office") String hostOffice,
            @Title(zh = "任务", en = "Tasks") @Nullable List<String> tasks)
            implements DispatchEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.rotation(groupId, quarter));
        }
    }

    /** A rotation was served. */
    @Title(zh = "轮流值班完成", en = "Rotation completed")
    record RotationCompleted(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "季度", en = "Quarter") String quarter,
            @Title(zh = "副组长", en = "Deputy") PersonId deputyId,
            @Title(zh = "评价", en = "Appraisal") @Nullable String appraisal)
            implements DispatchEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.rotation(groupId, quarter));
        }
    }

    /** A rotation ended before it was served, because its group was revoked. */
    @Title(zh = "轮流值班解除", en = "Rotation released")
    record RotationReleased(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "季度", en = "Quarter") String quarter,
            @Title(zh = "副组长", en = "Deputy") PersonId deputyId,
            @Title(zh = "解除日期", en = "On") LocalDate on,
            @Title(zh = "原因", en = "Reason") String reason)
            implements DispatchEvent {

        @Override
        public Set<Tag> compositeTags() {
            return Set.of(NameTags.rotation(groupId, quarter));
        }
    }

    /** A venue of a group has a status from a day on. */
    @Title(zh = "场所状态变更", en = "Venue status changed")
    record VenueStatusChanged(
            @Title(zh = "场所", en = "Venue") VenueId venueId,
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "类型", en = "Kind") VenueKind kind,
            @Title(zh = "状态", en = "Status") VenueStatus status,
            @Title(zh = "日期", en = "On") LocalDate on)
            implements DispatchEvent {}

    /** A group takes part in a pilot. */
    @Title(zh = "确定试点", en = "Pilot designated")
    record PilotDesignated(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "试点项目", en = "Programme") String programme,
            @Title(zh = "起始日期", en = "From") LocalDate from)
            implements DispatchEvent {}

    /** A group's work of a year was graded. */
    @Title(zh = "考核派驻机构", en = "Group appraised")
    record GroupAppraised(
            @Title(zh = "机构", en = "Group") GroupId groupId,
            @Title(zh = "年度", en = "Year") int year,
            @Title(zh = "等次", en = "Grade") String grade)
            implements DispatchEvent {}
}

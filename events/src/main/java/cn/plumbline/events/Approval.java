package cn.plumbline.events;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Who approved an act, at which level, when and by which paper (审批). */
public record Approval(
        @Title(zh = "审批层级", en = "Level") ApprovalLevel level,
        @Title(zh = "审批人", en = "Approver") String approverId,
        @Title(zh = "审批日期", en = "Approved on") LocalDate approvedOn,

        @Title(zh = "审批文号", en = "Document number") @Nullable
        String docNo) {}

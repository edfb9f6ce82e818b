package cn.plumbline.events;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A document on which an act rests (依据文件); at least one of id and number is present.
 *
 * @param issuedOn the day of issue, where known
 */
public record BasisDocument(
        @Title(zh = "文件编号", en = "Document id") @Nullable String docId,
        @Title(zh = "文号", en = "Document number") @Nullable String docNo,
        @Title(zh = "标题", en = "Title") @Nullable String title,
        @Title(zh = "印发日期", en = "Issued on") @Nullable LocalDate issuedOn) {}

package cn.plumbline.query;

import java.util.List;

/**
 * One entry of the catalogue of views.
 *
 * @param name in kebab case, such as {@code coverage-map}
 * @param version of the documents behind it
 * @param zh the Chinese title
 * @param en the English title
 * @param parameters its own filters
 * @param answerType the class of the answer's body, a record
 * @param rowType the class of the rows, a record; its components are the columns of the table
 * @param table whether it has a form as a table
 * @param stream whether it can be followed live
 * @param paged whether {@code limit} and {@code after} apply
 */
public record ViewDefinition(
        String name,
        int version,
        String zh,
        String en,
        List<ViewParameter> parameters,
        Class<? extends Record> answerType,
        Class<? extends Record> rowType,
        boolean table,
        boolean stream,
        boolean paged) {}

package cn.plumbline.query;

/**
 * A filter of a view, beside those that all views have.
 *
 * @param name in the query string, such as {@code organ}
 * @param required whether the view has no answer without it
 * @param zh the Chinese title
 * @param en the English title
 */
public record ViewParameter(String name, boolean required, String zh, String en) {}

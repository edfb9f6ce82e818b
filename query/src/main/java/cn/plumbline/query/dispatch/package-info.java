/**
 * The views of dispatch groups and of the coverage of units by them (派驻派出), and the register of organs behind their
 * filters. Pure functions from events to documents and from documents and a day to answers.
 *
 * <p>Periods are half-open: the first day in, the first day out.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.query.dispatch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

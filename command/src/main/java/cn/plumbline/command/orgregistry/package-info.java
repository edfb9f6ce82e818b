/**
 * The decisions on the register of organs, units, coverage bases and areas (机构名录), one file each.
 *
 * <p>Knows events, the form of a decision and the folded facts. Must not know how a decision is run.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.command.orgregistry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

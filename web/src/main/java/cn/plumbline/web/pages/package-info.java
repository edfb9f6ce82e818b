/**
 * The pages: server-rendered, Chinese first, English by a switch. They read views, histories and names through the
 * doors of the module {@code query} and record through that of {@code command}; they must not know the journal, nor how
 * a decision or a projection works.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.pages;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

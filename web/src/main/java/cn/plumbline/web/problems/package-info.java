/**
 * How the doors refuse: one exception that every controller fails by, one place that writes it as
 * {@code application/problem+json} or as a page, and the page that explains a code. It translates the failures of the
 * framework and of the modules behind the doors; it must not know the journal, nor how a request is served.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.problems;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

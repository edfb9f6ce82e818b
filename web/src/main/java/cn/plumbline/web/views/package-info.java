/**
 * The views and the histories of records over HTTP: as JSON, as CSV, live. It must not know the journal, nor how a view
 * comes to its answer.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.views;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

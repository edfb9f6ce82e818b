/**
 * Projections and the views that are read from them: the mechanism that folds events into documents, live, rebuilt and
 * replayed to a past position, and the module's door {@link cn.plumbline.query.Views}.
 *
 * <p>A document is the fold of all events of some types that carry one tag, so it can be made anew at any time from
 * the journal, which this package sees only through {@link cn.plumbline.query.EventSource}. It must not know how
 * decisions are made, how events are stored, nor HTTP.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.query;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * The language of the product: the events of each bounded context, the ids and code lists in them, the tags by which
 * decisions find them, the envelope around them, and the catalogue that names all of it for machines and people.
 *
 * <p>Knows nobody: no framework, no database, no other module. It may read and write JSON, because an event's form is
 * its JSON.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Reads the query string of a request, strictly: what is unknown, repeated or malformed is a 400 problem that names
 * the parameter. It must not know what the parameters mean.
 */
@NullMarked
@CheckReturnValue
package cn.plumbline.web.parameters;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * What the product promises to those who stand before its doors, tried on the real application over HTTP. Knows the
 * HTTP contract and the sample; of the code behind the doors, only how to start it.
 */
@NullMarked
package cn.plumbline.web.acceptance;

import org.jspecify.annotations.NullMarked;

/**
 * The pages in a real browser: Chromium, driven by Selenium against the real application. Run by the Maven profile
 * {@code browser}, which is active where Chromium is installed.
 */
package cn.plumbline.web.browser;

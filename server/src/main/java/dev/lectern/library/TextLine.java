package dev.lectern.library;

/**
 * Where a line of a document's text is on its page, so that it can be highlighted on a picture of the page.
 *
 * @param start in the document's text, UTF-16 units
 * @param end exclusive, greater than start
 * @param page from 1
 * @param left distance from the left edge of the upright page, as a fraction of its width from 0 to 1
 * @param top distance from the top edge, as a fraction of the page's height from 0 to 1
 * @param width as a fraction of the page's width
 * @param height as a fraction of the page's height
 */
public record TextLine(int start, int end, int page, float left, float top, float width, float height) {}

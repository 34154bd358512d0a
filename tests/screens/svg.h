/*
 * A picture of the screen on the exact grid of its cells.
 *
 * Wide characters stand each on its own two cells, lines and blocks are drawn
 * as shapes so that they meet, and everything else is text, so the picture
 * can be read and searched in a browser.
 */
#ifndef SVG_H
#define SVG_H

#include <stdio.h>

#include "pty.h"

/* Writes the screen of p as an SVG document. */
void	svg_write(const struct pty *p, FILE *);

#endif

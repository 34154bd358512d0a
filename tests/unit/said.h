/*
 * For tests that keep what a text says in a buffer of their own.
 */
#ifndef DNSESAME_TEST_SAID_H
#define DNSESAME_TEST_SAID_H

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* The text, whole, in dst; the text is released. */
static inline const char *
said(char *dst, size_t size, struct text *t)
{
	assert(t->len < size);
	memcpy(dst, t->s, t->len + 1);
	text_release(t);
	return dst;
}

#endif

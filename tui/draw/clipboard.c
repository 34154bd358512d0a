#include "draw/clipboard.h"

#include <stdlib.h>
#include <string.h>

#include <bsd/string.h>

#include "base/xalloc.h"

enum {
	PIECE = 192	/* octets in one of screen's strings, which are short */
};

static const char begin[] = "\033]52;c;", end[] = "\a";

enum clipboard_way
clipboard_way(void)
{
	const char *term = getenv("TERM");

	if (getenv("TMUX") != NULL)
		return CLIPBOARD_TMUX;
	if (getenv("STY") != NULL)
		return CLIPBOARD_SCREEN;
	return term != NULL && strncmp(term, "linux", 5) == 0 ?
	    CLIPBOARD_NONE : CLIPBOARD_DIRECT;
}

static void
base64(char *dst, const unsigned char *src, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (; len > 0; src += 3) {
		unsigned long bits = (unsigned long)src[0] << 16;

		if (len > 1)
			bits |= (unsigned long)src[1] << 8;
		if (len > 2)
			bits |= src[2];
		*dst++ = digits[bits >> 18];
		*dst++ = digits[bits >> 12 & 63];
		*dst++ = '=';
		if (len > 1)
			dst[-1] = digits[bits >> 6 & 63];
		*dst++ = len > 2 ? digits[bits & 63] : '=';
		len = len > 3 ? len - 3 : 0;
	}
	*dst = '\0';
}

/* In pieces, each wrapped so that screen passes it on as it is. */
static void
add_pieces(char *dst, size_t size, const char *code)
{
	char piece[PIECE + 1];

	for (const char *from = begin; *from != '\0'; from = code) {
		strlcat(dst, "\033P", size);
		if (from == begin)
			strlcat(dst, begin, size);
		strlcpy(piece, code, sizeof piece);
		strlcat(dst, piece, size);
		code += strlen(piece);
		if (*code == '\0')
			strlcat(dst, end, size);
		strlcat(dst, "\033\\", size);
	}
}

char *
clipboard_sequence(const char *text, enum clipboard_way way)
{
	size_t len = strlen(text), code_len = (len + 2) / 3 * 4, size;
	char *code, *all;

	if (way == CLIPBOARD_NONE || len > CLIPBOARD_MAX)
		return NULL;
	code = xmalloc(code_len + 1);
	base64(code, (const unsigned char *)text, len);
	/* At most twice, or once with four octets around each piece. */
	size = 2 * code_len + 64;
	all = xcalloc(1, size);
	if (way == CLIPBOARD_SCREEN) {
		add_pieces(all, size, code);
	} else {
		strlcat(all, begin, size);
		strlcat(all, code, size);
		strlcat(all, end, size);
	}
	/*
	 * tmux takes the sequence itself or passes on what is wrapped, as it
	 * is set up; nobody knows how, so it gets both.
	 */
	if (way == CLIPBOARD_TMUX) {
		strlcat(all, "\033Ptmux;\033", size);
		strlcat(all, begin, size);
		strlcat(all, code, size);
		strlcat(all, end, size);
		strlcat(all, "\033\\", size);
	}
	free(code);
	return all;
}

#include "clipboard.h"

#include <stdio.h>
#include <string.h>

static int
digit_value(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at;

	if (c == '\0' || (at = strchr(digits, c)) == NULL)
		return -1;
	return (int)(at - digits);
}

/* Decodes up to the padding; false if the text is no base64. */
static bool
base64_decode(const char *from, char *to)
{
	unsigned int bits = 0;
	int n = 0, value;

	for (; *from != '\0' && *from != '='; from++) {
		if ((value = digit_value(*from)) == -1)
			return false;
		bits = (bits << 6 | (unsigned int)value) & 0xffffff;
		n += 6;
		if (n >= 8) {
			n -= 8;
			*to++ = (char)(bits >> n & 0xff);
		}
	}
	*to = '\0';
	return true;
}

static void
clipboard_take(struct clipboard *c)
{
	const char *data;

	c->raw[c->len] = '\0';
	/* "8;;" alone ends a link. */
	if (strncmp(c->raw, "8;;", 3) == 0 && c->raw[3] != '\0')
		snprintf(c->link, sizeof c->link, "%s", c->raw + 3);
	if (strncmp(c->raw, "52;", 3) != 0)
		return;
	if ((data = strchr(c->raw + 3, ';')) == NULL)
		return;
	/* "?" asks for the clipboard; base64_decode refuses it. */
	if (base64_decode(data + 1, c->text))
		c->set = true;
}

void
clipboard_clear(struct clipboard *c)
{
	c->state = CLIPBOARD_TEXT;
	c->len = 0;
	c->set = false;
	c->text[0] = c->link[0] = '\0';
}

static void
clipboard_byte(struct clipboard *c, char b)
{
	enum { ESC = 0x1b, BEL = 0x07 };

	switch (c->state) {
	case CLIPBOARD_TEXT:
		if (b == ESC)
			c->state = CLIPBOARD_ESCAPE;
		break;
	case CLIPBOARD_ESCAPE:
		if (b == ']') {
			c->state = CLIPBOARD_STRING;
			c->len = 0;
		} else if (b != ESC)
			c->state = CLIPBOARD_TEXT;
		break;
	case CLIPBOARD_STRING:
		if (b == BEL) {
			clipboard_take(c);
			c->state = CLIPBOARD_TEXT;
		} else if (b == ESC)
			c->state = CLIPBOARD_STRING_END;
		else if (c->len < CLIPBOARD_MAX - 1)
			c->raw[c->len++] = b;
		break;
	case CLIPBOARD_STRING_END:
		if (b == ESC)
			break;
		if (b == '\\')
			clipboard_take(c);
		c->state = CLIPBOARD_TEXT;
		break;
	}
}

void
clipboard_feed(struct clipboard *c, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		clipboard_byte(c, bytes[i]);
}

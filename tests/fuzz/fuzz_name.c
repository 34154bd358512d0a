/*
 * Names: what is read from text or wire is written so that it reads back as
 * the same octets, and every part of it is a name.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dns/name.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct name *n)
{
	char text[NAME_TEXT];
	struct name back, head, rest;
	const char *why;

	if (name_from_wire(&back, n->wire, n->len) == -1 ||
	    back.len != n->len)
		abort();
	if (name_parse(&back, name_zonefile(n, text), &why) == -1 ||
	    back.len != n->len || memcmp(back.wire, n->wire, n->len) != 0)
		abort();
	if (name_parse(&back, name_text(n, text), &why) == -1 ||
	    !name_equal(&back, n) || name_compare(&back, n) != 0)
		abort();
	if (strlen(name_unicode(n, text)) >= NAME_TEXT)
		abort();

	rest = *n;
	for (size_t i = 0; i <= name_labels(n); i++) {
		head = name_head(n, i);
		if (name_join(&back, &head, &rest) == -1 ||
		    !name_equal(&back, n) || !name_is_below(n, &rest) ||
		    name_relative(&back, n, &rest) == -1 ||
		    !name_equal(&back, &head))
			abort();
		name_parent(&rest, &rest);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	const char *why = NULL;
	struct name n;

	if (text == NULL)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	if (name_from_wire(&n, data, size) == 0)
		check(&n);
	if (name_parse(&n, text, &why) == 0)
		check(&n);
	else if (why == NULL)
		abort();
	why = NULL;
	if (name_parse_idn(&n, text, &why) == 0)
		check(&n);
	else if (why == NULL)
		abort();
	free(text);
	return 0;
}

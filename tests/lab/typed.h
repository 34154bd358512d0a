/*
 * For programs that type into a company's form and change what they type.
 */
#ifndef DNSESAME_TEST_TYPED_H
#define DNSESAME_TEST_TYPED_H

#include <stdbool.h>
#include <string.h>

#include <bsd/string.h>

#include "company/form.h"

static inline struct form_field *
field_of(struct form *form, enum form_id id)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->field[i].id == id)
			return &form->field[i];
	return NULL;
}

/* The first time from stands in text, to takes its place. */
static inline bool
replace(char text[static FORM_TEXT], const char *from, const char *to)
{
	char rest[FORM_TEXT], *at = strstr(text, from);

	if (at == NULL || *from == '\0')
		return false;
	strlcpy(rest, at + strlen(from), sizeof rest);
	strlcpy(at, to, FORM_TEXT - (size_t)(at - text));
	strlcat(text, rest, FORM_TEXT);
	return true;
}

#endif

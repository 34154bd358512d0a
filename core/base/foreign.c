#include "base/foreign.h"

#include <string.h>

#include "base/lang.h"

/* By the octets that it begins with; the first row that fits. */
static const struct {
	const char *octets;
	const char *sentence;
} signs[] = {
	{ "\xe3\x80\x80", N_("A full-width space stands in the value.") },
	{ "\xef\xbc", N_("A full-width letter or sign stands in the "
	    "value.") },
	{ "\xef\xbd", N_("A full-width letter or sign stands in the "
	    "value.") },
	{ "\xc2\xa0", N_("A no-break space stands in the value, as web pages "
	    "have it.") },
	{ "\xe2\x80\x98", N_("A curly quotation mark stands in the value.") },
	{ "\xe2\x80\x99", N_("A curly quotation mark stands in the value.") },
	{ "\xe2\x80\x9c", N_("A curly quotation mark stands in the value.") },
	{ "\xe2\x80\x9d", N_("A curly quotation mark stands in the value.") },
	{ "\xe2\x80\x90", N_("A dash stands where a hyphen belongs.") },
	{ "\xe2\x80\x91", N_("A dash stands where a hyphen belongs.") },
	{ "\xe2\x80\x93", N_("A dash stands where a hyphen belongs.") },
	{ "\xe2\x80\x94", N_("A dash stands where a hyphen belongs.") },
	{ "\xe2\x88\x92", N_("A dash stands where a hyphen belongs.") },
	{ "", N_("An invisible or foreign character stands in the value.") },
};

const char *
foreign_sign(const uint8_t *text, size_t len)
{
	size_t at = 0, i = 0;

	while (at < len && text[at] < 0x7f)
		at++;
	if (at == len)
		return NULL;
	while (len - at < strlen(signs[i].octets) || memcmp(text + at,
	    signs[i].octets, strlen(signs[i].octets)) != 0)
		i++;
	return signs[i].sentence;
}

#include "dns/suffix.h"

#include <stddef.h>

#include <libpsl.h>

bool
suffix_is_public(const struct name *name)
{
	char text[NAME_TEXT];

	return psl_is_public_suffix2(psl_builtin(), name_text(name, text),
	    PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE);
}

bool
suffix_is_known(const struct name *name)
{
	struct name last = *name;

	while (name_labels(&last) > 1)
		name_parent(&last, &last);
	return suffix_is_public(&last);
}

void
suffix_registered(const struct name *name, struct name *out)
{
	char text[NAME_TEXT];
	const char *found, *why;

	found = psl_registrable_domain(psl_builtin(), name_text(name, text));
	if (found == NULL || name_parse(out, found, &why) == -1)
		*out = *name;
}

void
suffix_delegated(const struct name *name, struct name *out)
{
	struct name above = *name;
	char text[NAME_TEXT];

	do
		*out = above;
	while (name_parent(&above, &above) && name_labels(&above) > 0 &&
	    !psl_is_public_suffix2(psl_builtin(), name_text(&above, text),
	    PSL_TYPE_ICANN));
}

/*
 * For tests that write names as text.
 */
#ifndef DNSESAME_TEST_NAMED_H
#define DNSESAME_TEST_NAMED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dns/name.h"

static inline struct name
named(const char *text)
{
	struct name name;
	const char *why = "";

	if (name_parse(&name, text, &why) == -1)
		fail_msg("%s: %s", text, why);
	return name;
}

#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "dns/resolvconf.h"

static size_t
read_text(const char *text, struct vantage out[static RESOLVCONF_MAX])
{
	FILE *in = tmpfile();
	size_t count;

	assert_non_null(in);
	fputs(text, in);
	rewind(in);
	count = resolvconf_read(in, out);
	fclose(in);
	return count;
}

static void
addresses_are_read_in_their_order(void **state)
{
	struct vantage v[RESOLVCONF_MAX];

	(void)state;
	assert_int_equal(read_text("# a remark\nsearch example.jp\n"
	    "nameserver 192.0.2.1\n nameserver\tfe80::1%eth0  \r\n"
	    "options edns0\nnameserver 2001:db8::53", v), 3);
	assert_string_equal(v[0].address, "192.0.2.1");
	assert_string_equal(v[1].address, "fe80::1%eth0");
	assert_string_equal(v[2].address, "2001:db8::53");
	assert_int_equal(v[2].kind, VANTAGE_SYSTEM);
}

static void
what_is_no_address_is_passed_over(void **state)
{
	struct vantage v[RESOLVCONF_MAX];

	(void)state;
	assert_int_equal(read_text("", v), 0);
	assert_int_equal(read_text("\n\n \nnameserver\nnameserver \n"
	    "nameserver localhost\nnameserver 192.0.2\nnameservers 192.0.2.1\n"
	    ";nameserver 192.0.2.1\nnameserver "
	    "2001:db8::0000:0000:0000:0000:0000:0000:0000:0000:0001\n", v),
	    0);
}

/* The C library asks no more, either. */
static void
three_are_enough(void **state)
{
	struct vantage v[RESOLVCONF_MAX];

	(void)state;
	assert_int_equal(read_text("nameserver 192.0.2.1\n"
	    "nameserver 192.0.2.2\nnameserver 192.0.2.3\n"
	    "nameserver 192.0.2.4\n", v), RESOLVCONF_MAX);
	assert_string_equal(v[2].address, "192.0.2.3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read_in_their_order),
		cmocka_unit_test(what_is_no_address_is_passed_over),
		cmocka_unit_test(three_are_enough),
	};

	return cmocka_run_group_tests_name("resolvconf", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include "dns/address.h"

static void
ipv4_is_four_numbers(void **state)
{
	static const char *const none[] = { "", "1.2.3", "1.2.3.4.5",
		"127.1", "1.2.3.4%lo", "256.0.0.1", "example", "0x7f000001" };
	struct sockaddr_storage out;
	const struct sockaddr_in *v4 = (const void *)&out;

	(void)state;
	assert_int_equal(address_parse("192.0.2.53", 53, &out), sizeof *v4);
	assert_int_equal(v4->sin_family, AF_INET);
	assert_int_equal(ntohs(v4->sin_port), 53);
	assert_int_equal(ntohl(v4->sin_addr.s_addr), 0xc0000235);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_int_equal(address_parse(none[i], 53, &out), 0);
}

static void
ipv6_may_name_its_interface(void **state)
{
	static const char *const none[] = { "::1%", "fe80::1%no-such-one",
		"fe80::1%1x", "fe80::1%0", "%lo", "2001:db8::1::",
		"1111:1111:1111:1111:1111:1111:1111:1111:1111:1111:1111" };
	struct sockaddr_storage out;
	const struct sockaddr_in6 *v6 = (const void *)&out;

	(void)state;
	assert_int_equal(address_parse("2001:db8::1", 53, &out), sizeof *v6);
	assert_int_equal(v6->sin6_family, AF_INET6);
	assert_int_equal(ntohs(v6->sin6_port), 53);
	assert_int_equal(v6->sin6_scope_id, 0);
	assert_int_equal(address_parse("fe80::1%lo", 53, &out), sizeof *v6);
	assert_int_equal(v6->sin6_scope_id, if_nametoindex("lo"));
	assert_int_equal(address_parse("fe80::1%7", 53, &out), sizeof *v6);
	assert_int_equal(v6->sin6_scope_id, 7);
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		assert_int_equal(address_parse(none[i], 53, &out), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv4_is_four_numbers),
		cmocka_unit_test(ipv6_may_name_its_interface),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

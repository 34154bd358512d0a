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

static void
special_addresses_are_known(void **state)
{
	static const struct {
		const char *address, *range;
	} some[] = {
		{ "0.0.0.0", "0.0.0.0/8" }, { "10.255.0.1", "10.0.0.0/8" },
		{ "9.255.255.255", NULL }, { "11.0.0.0", NULL },
		{ "100.64.0.1", "100.64.0.0/10" }, { "100.128.0.0", NULL },
		{ "127.0.0.53", "127.0.0.0/8" },
		{ "169.254.1.1", "169.254.0.0/16" },
		{ "172.31.0.1", "172.16.0.0/12" }, { "172.32.0.0", NULL },
		{ "192.168.1.1", "192.168.0.0/16" }, { "192.0.1.0", NULL },
		{ "198.19.0.1", "198.18.0.0/15" }, { "198.20.0.0", NULL },
		{ "224.0.0.251", "224.0.0.0/3" },
		{ "255.255.255.255", "224.0.0.0/3" }, { "223.0.0.1", NULL },
		{ "8.8.8.8", NULL }, { "::1", "::/3" }, { "::", "::/3" },
		{ "::ffff:127.0.0.1", "::/3" }, { "fd00::1", "fc00::/7" },
		{ "64:ff9b::7f00:1", "::/3" }, { "1fff::1", "::/3" },
		{ "2000::1", NULL }, { "2002:7f00:1::1", "2002::/16" },
		{ "2001::7f00:1", "2001::/32" }, { "2001:1::1", NULL },
		{ "3ffe::1", NULL }, { "3fff:1::", "3fff::/20" },
		{ "4000::1", "4000::/2" }, { "bfff::1", "8000::/2" },
		{ "dfff::1", "c000::/3" }, { "efff::1", "e000::/4" },
		{ "f7ff::1", "f000::/5" }, { "fbff::1", "f800::/6" },
		{ "fe7f::1", "fe00::/9" },
		{ "fe80::1", "fe80::/10" }, { "febf::1", "fe80::/10" },
		{ "fec0::1", "fec0::/10" }, { "ff02::fb", "ff00::/8" },
		{ "2001:db8::1", "2001:db8::/32" }, { "2001:db9::1", NULL },
		{ "2001:500:9f::42", NULL }, { "", NULL }, { "x", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof some / sizeof some[0]; i++) {
		const struct address_range *range =
		    address_range(some[i].address);

		if (some[i].range == NULL)
			assert_null(range);
		else
			assert_string_equal(range->text, some[i].range);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv4_is_four_numbers),
		cmocka_unit_test(special_addresses_are_known),
		cmocka_unit_test(ipv6_may_name_its_interface),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "company/rehearsal.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "dns/rr.h"
#include "base/text.h"

enum {
	TTL = 60
};

/* {a} and {b} are the company's name servers. */
struct row {
	const char *owner;
	uint16_t type;
	const char *data;
};

static const struct row rows[] = {
	{ ".", RR_SOA, "a.root-servers.net. nstld.example.net. "
	    "2026112300 1800 900 604800 60" },
	{ ".", RR_NS, "a.root-servers.net." },
	{ "a.root-servers.net", RR_A, "127.0.0.11" },
	{ "jp", RR_SOA, "a.dns.jp. root.dns.jp. "
	    "2026112300 3600 900 604800 60" },
	{ "jp", RR_NS, "a.dns.jp." },
	{ "a.dns.jp", RR_A, "127.0.0.21" },
	{ "example.jp", RR_SOA, "{a} hostmaster.example.jp. "
	    "2026112301 3600 900 604800 60" },
	{ "example.jp", RR_NS, "{a}" },
	{ "example.jp", RR_NS, "{b}" },
	{ "{a}", RR_A, "127.0.0.31" },
	{ "{b}", RR_A, "127.0.0.32" },
	{ "example.jp", RR_A, "192.0.2.10" },
	{ "www.example.jp", RR_A, "192.0.2.10" },
	{ "example.jp", RR_MX, "10 mail.example.jp." },
	{ "mail.example.jp", RR_A, "192.0.2.20" },
};

static const char *const zones[] = { ".", "jp", "example.jp" };

/*
 * A name that fits a row's pattern (provider.h): the n-th of a company's name
 * servers, for a company may have many and we need two.
 */
static void
server_of(const char *pattern, int n, char *dst, size_t size)
{
	char piece[16];

	*dst = '\0';
	if (*pattern == '.') {
		snprintf(piece, sizeof piece, "dns%02d", n);
		strlcpy(dst, piece, size);
	}
	while (*pattern != '\0') {
		const char *end = strchr(pattern, ']');

		if (*pattern == '[' && end != NULL) {
			/* [0-9]: no 0; [1-4], [abc]: from the first on. */
			if (pattern[2] == '-')
				snprintf(piece, sizeof piece, "%c",
				    pattern[1] + n - (pattern[1] != '0'));
			else
				snprintf(piece, sizeof piece, "%c",
				    pattern[n]);
			pattern = end + 1;
			pattern += *pattern == '+';
		} else if (*pattern == '*') {
			snprintf(piece, sizeof piece, "ns%d", n);
			pattern++;
		} else {
			snprintf(piece, sizeof piece, "%c", *pattern++);
		}
		strlcat(dst, piece, size);
	}
}

void
rehearsal_servers(const struct provider *provider,
    char names[static REHEARSAL_SERVERS][NAME_TEXT])
{
	const char *patterns = provider->nameserver != NULL ?
	    provider->nameserver : provider->perhaps;
	char pattern[NAME_TEXT];

	snprintf(pattern, sizeof pattern, ".%s-dns.net", provider->id);
	/* From one pattern come as many servers as are wanted. */
	for (int i = 0; i < REHEARSAL_SERVERS; i++) {
		(void)provider_next_pattern(pattern, &patterns);
		server_of(pattern, i + 1, names[i], NAME_TEXT);
	}
}

static int
add(struct world *world, const struct row *row,
    const struct text_place *places)
{
	char owner[NAME_TEXT], data[NAME_TEXT];
	struct rr rr = { .ttl = TTL };
	const char *why;
	int rc;

	text_fill(owner, sizeof owner, row->owner, places);
	text_fill(data, sizeof data, row->data, places);
	if (name_parse(&rr.owner, owner, &why) == -1 ||
	    rr_parse(&rr, row->type, data, &why) == -1)
		return -1;
	rc = practice_add(world, &rr);
	rr_release(&rr);
	return rc;
}

static int
tell(struct identity *identity)
{
	const char *why;

	identity_init(identity);
	if (identity_set_domain(identity, "example.jp", &why) == -1 ||
	    identity_set_region(identity, "ap-northeast-1", &why) == -1 ||
	    identity_set_verification(identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why) == -1)
		return -1;
	identity->status = SES_PENDING;
	return 0;
}

int
rehearsal_begin(struct world *world, const struct provider *provider,
    struct identity *identity)
{
	char names[REHEARSAL_SERVERS][NAME_TEXT];
	const struct text_place places[] = {
		{ "a", names[0] },
		{ "b", names[1] },
		{ NULL, NULL },
	};
	struct name zone;
	const char *why;

	rehearsal_servers(provider, names);
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
		if (name_parse(&zone, zones[i], &why) == -1 ||
		    practice_zone(world, &zone) == -1)
			return -1;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (add(world, &rows[i], places) == -1)
			return -1;
	return tell(identity);
}

#include "company/rehearsal.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "base/text.h"
#include "company/detect.h"
#include "dns/rr.h"

enum {
	TTL = 60,
	ROW_TEXT = 512
};

/*
 * The pretend domain of readers of a language, and the company they begin at:
 * its form speaks that language.
 */
struct scene {
	const char *company;
	const char *domain;
	const char *above, *registry;	/* where the domain is delegated */
	const char *region;
};

static const struct scene scenes[LANG_COUNT] = {
	[LANG_EN] = { "namecheap", "example.com", "com", "a.gtld-servers.net",
	    "us-east-1" },
	[LANG_JA] = { "muumuu", "example.jp", "jp", "a.dns.jp",
	    "ap-northeast-1" },
};

static const char *const tokens[] = {
	"7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
	"zdqttidvz7ora35tlm64k2ciqh3pvksq",
	"vzl3tnbzoc7eogdvbz5pm7mpzvqtrbuv",
};

/* {a} and {b} are the company's name servers. */
struct row {
	const char *owner;
	uint16_t type;
	const char *data;
};

static const struct row ground[] = {
	{ ".", RR_SOA, "a.root-servers.net. nstld.example.net. "
	    "2026112300 1800 900 604800 60" },
	{ ".", RR_NS, "a.root-servers.net." },
	{ "a.root-servers.net", RR_A, "127.0.0.11" },
};

/* What AWS publishes itself: a key made for this. */
static const struct row keys[] = {
	{ "{token}.dkim.amazonses.com", RR_TXT, "\"p=MIGfMA0GCSqGSIb3DQEBAQUAA4"
	    "GNADCBiQKBgQDABFAFrt/01/xzkF0PnTbcTfVkWcm3k4A5zHXsTqOpkF2HjshufXFo"
	    "7nopKqOL5ra9ZtR+OdVvuBB+aq3tkFQs8lEVEqCPTiBYBwYf9VYMEEdxgxh4TfjeDG"
	    "ibmBeqglMy9eW9wbe7uH6dUQ6OoKcYubeQBNsDSu+a87NH2igjrwIDAQAB\"" },
};

static const struct row servers[] = {
	{ "{a}", RR_A, "127.0.0.31" },
	{ "{b}", RR_A, "127.0.0.32" },
};

static const struct row rows[] = {
	{ "{above}", RR_SOA, "{registry}. root.{registry}. "
	    "2026112300 3600 900 604800 60" },
	{ "{above}", RR_NS, "{registry}." },
	{ "{registry}", RR_A, "127.0.0.21" },
	{ "{domain}", RR_SOA, "{a} hostmaster.{domain}. "
	    "2026112301 3600 900 604800 60" },
	{ "{domain}", RR_NS, "{a}" },
	{ "{domain}", RR_NS, "{b}" },
	{ "{domain}", RR_A, "192.0.2.10" },
	{ "www.{domain}", RR_A, "192.0.2.10" },
	{ "{domain}", RR_MX, "10 mail.{domain}." },
	{ "mail.{domain}", RR_A, "192.0.2.20" },
};

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

/* The form's language where that is not English, else the reader's. */
static const struct scene *
scene_of(const struct provider *company)
{
	enum lang lang = LANG_EN;

	if (company != NULL && company->form.lang != NULL)
		(void)lang_parse(company->form.lang, &lang);
	return &scenes[lang != LANG_EN ? lang : lang_current()];
}

const struct provider *
rehearsal_company(const struct provider *company)
{
	return company != NULL ? company :
	    provider_find(scene_of(company)->company);
}

static int
add_zone(struct world *world, const char *text)
{
	struct name zone;
	const char *why;

	return name_parse(&zone, text, &why) == -1 ? -1 :
	    practice_zone(world, &zone);
}

static int
add(struct world *world, const struct row *row,
    const struct text_place *places)
{
	char owner[NAME_TEXT], data[ROW_TEXT];
	struct rr rr = { .ttl = TTL };
	struct name name;
	const char *why;
	int rc;

	text_fill(owner, sizeof owner, row->owner, places);
	text_fill(data, sizeof data, row->data, places);
	if (name_parse(&name, owner, &why) == -1 ||
	    rr_parse(&rr, row->type, data, &why) == -1)
		return -1;
	rr_set_owner(&rr, &name);
	rc = practice_add(world, &rr);
	rr_release(&rr);
	return rc;
}

static int
add_all(struct world *world, const struct row *row, size_t count,
    const struct text_place *places)
{
	for (size_t i = 0; i < count; i++)
		if (add(world, &row[i], places) == -1)
			return -1;
	return 0;
}

static int
add_keys(struct world *world)
{
	for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++) {
		const struct text_place places[] = {
			{ "token", tokens[i] },
			{ NULL, NULL },
		};

		if (add_all(world, keys, sizeof keys / sizeof keys[0],
		    places) == -1)
			return -1;
	}
	return 0;
}

static int
add_scene(struct world *world, const struct scene *scene,
    const struct provider *company, bool known)
{
	char names[REHEARSAL_SERVERS][NAME_TEXT];
	const struct text_place places[] = {
		{ "a", names[0] },
		{ "b", names[1] },
		{ "domain", scene->domain },
		{ "above", scene->above },
		{ "registry", scene->registry },
		{ NULL, NULL },
	};

	rehearsal_servers(company, names);
	if (add_zone(world, scene->above) == -1 ||
	    add_zone(world, scene->domain) == -1 ||
	    add_all(world, rows, sizeof rows / sizeof rows[0], places) == -1)
		return -1;
	return known ? 0 : add_all(world, servers,
	    sizeof servers / sizeof servers[0], places);
}

int
rehearsal_begin(struct world *world, const struct provider *company)
{
	const struct text_place none = { NULL, NULL };

	if (add_zone(world, ".") == -1 ||
	    add_zone(world, "amazonses.com") == -1 ||
	    add_all(world, ground, sizeof ground / sizeof ground[0],
	    &none) == -1 || add_keys(world) == -1)
		return -1;
	for (int i = 0; i < LANG_COUNT; i++)
		if (add_scene(world, &scenes[i], company != NULL ? company :
		    provider_find(scenes[i].company),
		    company != NULL && i > 0) == -1)
			return -1;
	return 0;
}

int
rehearsal_tell(struct identity *identity, const struct provider *company)
{
	const struct scene *scene = scene_of(company);
	const char *why;

	identity_init(identity);
	if (identity_set_domain(identity, scene->domain, &why) == -1 ||
	    identity_set_region(identity, scene->region, &why) == -1)
		return -1;
	for (size_t i = 0; i < sizeof tokens / sizeof tokens[0]; i++)
		if (identity_add_token(identity, tokens[i], &why) == -1)
			return -1;
	if (company != NULL && identity_set_verification(identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why) == -1)
		return -1;
	identity->status = SES_PENDING;
	return 0;
}

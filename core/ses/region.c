#include "ses/region.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/lang.h"
#include "base/text.h"

#define DEFAULT_ZONE "dkim.amazonses.com"

/* Regional zones: every region added since November 2022, and a few before. */
static const struct region regions[] = {
	{ "us-east-1",      N_("N. Virginia"),      DEFAULT_ZONE },
	{ "us-east-2",      N_("Ohio"),             DEFAULT_ZONE },
	{ "us-west-1",      N_("N. California"),    DEFAULT_ZONE },
	{ "us-west-2",      N_("Oregon"),           DEFAULT_ZONE },
	{ "af-south-1",     N_("Cape Town"),
	    "dkim.af-south-1.amazonses.com" },
	{ "ap-northeast-1", N_("Tokyo"),            DEFAULT_ZONE },
	{ "ap-northeast-2", N_("Seoul"),            DEFAULT_ZONE },
	{ "ap-northeast-3", N_("Osaka"),
	    "dkim.ap-northeast-3.amazonses.com" },
	{ "ap-south-1",     N_("Mumbai"),           DEFAULT_ZONE },
	{ "ap-south-2",     N_("Hyderabad"),
	    "dkim.ap-south-2.amazonses.com" },
	{ "ap-southeast-1", N_("Singapore"),        DEFAULT_ZONE },
	{ "ap-southeast-2", N_("Sydney"),           DEFAULT_ZONE },
	{ "ap-southeast-3", N_("Jakarta"),
	    "dkim.ap-southeast-3.amazonses.com" },
	{ "ap-southeast-5", N_("Malaysia"),
	    "dkim.ap-southeast-5.amazonses.com" },
	{ "ca-central-1",   N_("Canada (Central)"), DEFAULT_ZONE },
	{ "ca-west-1",      N_("Calgary"),
	    "dkim.ca-west-1.amazonses.com" },
	{ "eu-central-1",   N_("Frankfurt"),        DEFAULT_ZONE },
	{ "eu-central-2",   N_("Zurich"),
	    "dkim.eu-central-2.amazonses.com" },
	{ "eu-north-1",     N_("Stockholm"),        DEFAULT_ZONE },
	{ "eu-south-1",     N_("Milan"),
	    "dkim.eu-south-1.amazonses.com" },
	{ "eu-west-1",      N_("Ireland"),          DEFAULT_ZONE },
	{ "eu-west-2",      N_("London"),           DEFAULT_ZONE },
	{ "eu-west-3",      N_("Paris"),            DEFAULT_ZONE },
	{ "il-central-1",   N_("Tel Aviv"),
	    "dkim.il-central-1.amazonses.com" },
	{ "me-central-1",   N_("UAE"),
	    "dkim.me-central-1.amazonses.com" },
	{ "me-south-1",     N_("Bahrain"),          DEFAULT_ZONE },
	{ "sa-east-1",      N_("Sao Paulo"),        DEFAULT_ZONE },
	{ "us-gov-east-1",  N_("GovCloud East"),
	    "dkim.us-gov-east-1.amazonses.com" },
	{ "us-gov-west-1",  N_("GovCloud West"),    DEFAULT_ZONE },
	{ "eusc-de-east-1", N_("European Sovereign Cloud"), NULL },
};

enum {
	REGIONS = sizeof regions / sizeof regions[0],
	REGION_NEAR = 3		/* of so many letters one may be wrong */
};

const struct region *
region_table(size_t *count)
{
	*count = REGIONS;
	return regions;
}

const struct region *
region_find(const char *code)
{
	for (size_t i = 0; i < REGIONS; i++) {
		if (strcasecmp(regions[i].code, code) == 0)
			return &regions[i];
	}
	return NULL;
}

bool
region_has_shape(const char *code)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t first = strspn(code, letters);
	const char *rest = code + first;
	size_t parts = 0;

	if (first < 2 || first > 4)
		return false;
	while (rest[0] == '-' && strspn(rest + 1, letters) > 1) {
		rest += 1 + strspn(rest + 1, letters);
		parts++;
	}
	return parts > 0 && rest[0] == '-' && rest[1] >= '1' &&
	    rest[1] <= '9' && rest[2] == '\0';
}

const struct region *
region_named(const char *text)
{
	const struct region *region = region_find(text);

	for (size_t i = 0; i < REGIONS && region == NULL; i++)
		if (strcasecmp(regions[i].name, text) == 0 ||
		    strcmp(lang_in(LANG_JA, regions[i].name), text) == 0)
			region = &regions[i];
	return region;
}

const struct region *
region_nearest(const char *typed)
{
	const struct region *best = NULL;
	size_t least = strnlen(typed, TEXT_WORD) / REGION_NEAR + 1;

	for (size_t i = 0; i < REGIONS; i++) {
		size_t by_code = text_distance(typed, regions[i].code);
		size_t by_name = text_distance(typed, regions[i].name);
		size_t d = by_code < by_name ? by_code : by_name;

		if (d < least) {
			least = d;
			best = &regions[i];
		}
	}
	return best;
}

void
region_refused(struct text *t, const char *typed, const char *why)
{
	const struct region *nearest = region_nearest(typed);

	text_add_filled(t, nearest != NULL ?
	    _("{why} Did you mean {region}?") : "{why}",
	    (const struct text_place[]){ { "why", _(why) },
		{ "region", nearest != NULL ? nearest->code : "" },
		{ NULL, NULL } });
}

void
region_feedback_host(const char *code, struct name *out)
{
	char text[NAME_TEXT];
	const char *why;

	snprintf(text, sizeof text, "feedback-smtp.%s.amazonses.com", code);
	if (name_parse(out, text, &why) == -1)
		*out = name_root();
}

void
region_console(struct text *t, const char *code)
{
	static const char *const others[] = {
		"cn-", "us-gov-", "us-iso", "eu-iso", "eusc-"
	};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (strncmp(code, others[i], strlen(others[i])) == 0)
			return;
	if (*code == '\0')
		text_add(t, "https://console.aws.amazon.com/ses/home");
	else
		text_addf(t, "https://%s.console.aws.amazon.com/ses/home"
		    "?region=%s", code, code);
}

const struct region *
region_of_host(const struct name *host)
{
	static const char first[] = "feedback-smtp.", last[] = ".amazonses.com";
	char text[NAME_TEXT], *code = text + sizeof first - 1;
	bool feedback;

	name_text(host, text);
	feedback = strncmp(text, first, sizeof first - 1) == 0;
	for (size_t i = 0; i < REGIONS; i++) {
		const char *zone = regions[i].dkim_zone;
		size_t len = strlen(regions[i].code);

		if (feedback && strncmp(code, regions[i].code, len) == 0 &&
		    strcmp(code + len, last) == 0)
			return &regions[i];
		if (zone != NULL && strcmp(zone, DEFAULT_ZONE) != 0 &&
		    strcmp(zone, text) == 0)
			return &regions[i];
	}
	return NULL;
}

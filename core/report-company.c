#include "report.h"

#include <stdio.h>
#include <string.h>

#include <bsd/string.h>

#include "lang.h"
#include "provider.h"
#include "report-internal.h"
#include "text.h"

enum {
	COMPANY_NAMES = 256
};

/*
 * The companies, one or more, of which the server that told is only perhaps;
 * "" when there is no doubt.
 */
static void
candidates(const struct check *check, char dst[static COMPANY_NAMES])
{
	size_t count;
	const struct provider *const *table = provider_table(&count);
	struct name server;
	const char *why;

	*dst = '\0';
	if (check->provider_chosen || check->provider != check->detected ||
	    name_parse(&server, check->evidence, &why) == -1 ||
	    provider_surely_runs(check->provider, &server))
		return;
	for (size_t i = 0; i < count; i++) {
		if (!provider_runs(table[i], &server))
			continue;
		if (*dst != '\0')
			strlcat(dst, " / ", COMPANY_NAMES);
		strlcat(dst, provider_name(table[i]), COMPANY_NAMES);
	}
}

/* What to know about the company before the first row. */
void
report_company_notes(const struct check *check, char *dst, size_t size)
{
	const struct provider *provider = check->provider;
	char min[16], max[16], names[COMPANY_NAMES];
	const struct text_place places[] = {
		{ "names", names },
		{ "min", min },
		{ "max", max },
		{ NULL, NULL }
	};

	*dst = '\0';
	snprintf(min, sizeof min, "%d", provider->wait_min);
	snprintf(max, sizeof max, "%d", provider->wait_max);
	candidates(check, names);
	if (*names != '\0')
		report_add(dst, size, N_("The name servers only suggest "
		    "{names}. Choose the company where you manage the "
		    "domain."), places);
	report_add(dst, size, provider->before, places);
	for (size_t i = 0; i < PROVIDER_PITFALLS; i++)
		report_add(dst, size, provider->pitfall[i], places);
	if (provider->wait_max > 1)
		report_add(dst, size, provider->wait_min > 0 ?
		    N_("Saved rows usually come into force after {min} to "
		    "{max} minutes.") : N_("Saved rows usually come into force "
		    "within {max} minutes."), places);
}

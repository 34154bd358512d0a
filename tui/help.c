#include "help.h"

#include "lang.h"
#include "provider.h"
#include "report.h"

#define STEP(n) (1u << (n))

static const struct help table[] = {
#define HELP(steps, causes, title, text) { steps, causes, title, text },
#include "help.def"
#undef HELP
};

const struct help *
help_table(size_t *count)
{
	*count = sizeof table / sizeof table[0];
	return table;
}

bool
help_applies(const struct help *help, int step)
{
	return (help->steps & STEP(step)) != 0;
}

void
help_company(FILE *out, const struct check *check)
{
	const struct provider *row = provider_form_row(check->provider);
	char text[4096];

	fprintf(out, "%s\n", provider_name(check->provider));
	if (row->menu != NULL)
		fprintf(out, "%s: %s\n", _("Page"),
		    provider_word(row, row->menu));
	report_company_notes(check, text, sizeof text);
	if (*text != '\0')
		fprintf(out, "%s\n", text);
}

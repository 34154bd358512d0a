#include "model/help.h"

#include "base/lang.h"
#include "report/report.h"

#define STEP(n) (1u << (n))

static const struct help table[] = {
#define HELP(steps, causes, title, text) { steps, causes, title, text },
#include "model/help.def"
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

const char *const help_company_title[HELP_COMPANIES] = {
	[HELP_COMPANY_PAGE] = N_("About this company's page"),
	[HELP_COMPANY_DIFFERS] = N_("My form looks different"),
};

void
help_company(struct text *t, const struct check *check,
    enum help_company about)
{
	if (about == HELP_COMPANY_PAGE)
		report_company_page(t, check);
	else
		report_company_differs(t, check);
}

#include "model/help.h"

#include "base/lang.h"
#include "company/provider.h"
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

void
help_company(FILE *out, const struct check *check)
{
	struct text text = TEXT_INIT;

	report_company_page(&text, check);
	fprintf(out, "%s\n", text.s);
	text_release(&text);
}

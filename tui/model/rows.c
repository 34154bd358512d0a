#include "model/rows.h"

#include <stdio.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "company/provider.h"
#include "model/steps.h"
#include "ses/region.h"

static void
company_search(size_t row, char *buf, size_t size)
{
	size_t count;
	const struct provider *p = provider_table(&count)[row];

	snprintf(buf, size, "%s %s %s %s", p->id, p->name,
	    p->name_ja != NULL ? p->name_ja : "",
	    p->also != NULL ? p->also : "");
}

static void
company_name(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, provider_name(provider_table(&count)[row]), size);
}

static void
company_note(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, provider_rules(provider_table(&count)[row])->as_most ?
	    _("the fields most forms have") : "", size);
}

struct list_rows
rows_companies(void)
{
	struct list_rows r = {
		.search = company_search,
		.left = company_name,
		.right = company_note,
		.title = step_company_list,
		.none = N_("No company of that name here. \"Another company\" "
		    "fits every form; Esc goes back."),
	};

	provider_table(&r.count);
	return r;
}

static void
region_search(size_t row, char *buf, size_t size)
{
	size_t count;
	const struct region *table = region_table(&count);

	snprintf(buf, size, "%s %s %s", table[row].code, table[row].name,
	    lang_in(LANG_JA, table[row].name));
}

static void
region_code(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, region_table(&count)[row].code, size);
}

static void
region_name(size_t row, char *buf, size_t size)
{
	size_t count;

	strlcpy(buf, _(region_table(&count)[row].name), size);
}

struct list_rows
rows_regions(void)
{
	struct list_rows r = {
		.search = region_search,
		.left = region_code,
		.right = region_name,
		.title = N_("In which region is your Amazon SES? AWS's page "
		    "shows it at the top right."),
		.none = N_("No region of that name. Backspace takes letters "
		    "back."),
	};

	region_table(&r.count);
	return r;
}

#include "model/rows.h"

#include "base/lang.h"
#include "company/provider.h"
#include "model/steps.h"
#include "ses/region.h"

static void
company_search(size_t row, struct text *t)
{
	size_t count;
	const struct provider *p = provider_table(&count)[row];

	text_addf(t, "%s %s %s %s", p->id, p->name,
	    p->name_ja != NULL ? p->name_ja : "",
	    p->also != NULL ? p->also : "");
}

static const char *
company_name(size_t row)
{
	size_t count;

	return provider_name(provider_table(&count)[row]);
}

static const char *
company_note(size_t row)
{
	size_t count;

	return provider_rules(provider_table(&count)[row])->as_most ?
	    _("the fields most forms have") : "";
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
region_search(size_t row, struct text *t)
{
	size_t count;
	const struct region *table = region_table(&count);

	text_addf(t, "%s %s %s", table[row].code, table[row].name,
	    lang_in(LANG_JA, table[row].name));
}

static const char *
region_code(size_t row)
{
	size_t count;

	return region_table(&count)[row].code;
}

static const char *
region_name(size_t row)
{
	size_t count;

	return _(region_table(&count)[row].name);
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

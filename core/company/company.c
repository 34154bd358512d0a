#include "company/company.h"

const struct provider *
company_behind(const struct delegation *delegation, size_t *evidence,
    bool *parked)
{
	struct name servers[DELEGATION_SERVERS];
	size_t at[DELEGATION_SERVERS], count = 0, told = 0;
	const struct provider *found;

	/* What the registry lists counts; the zone may still name others. */
	for (int pass = 0; pass < 2 && count == 0; pass++) {
		for (size_t i = 0; i < delegation->servers; i++) {
			if (pass == 0 && !delegation->server[i].at_parent)
				continue;
			servers[count] = delegation->server[i].name;
			at[count++] = i;
		}
	}
	found = provider_detect(servers, count, &told, parked);
	if (found != NULL && evidence != NULL)
		*evidence = at[told];
	return found;
}

const struct provider *
company_of_part(const struct delegation *delegation,
    const struct delegation_part *part)
{
	struct name servers[DELEGATION_SERVERS];
	const struct provider *found;

	for (size_t i = part->first; i < part->end; i++)
		servers[i - part->first] = delegation->server[i].name;
	found = provider_detect(servers, part->end - part->first, NULL, NULL);
	return found != NULL ? found : provider_generic();
}

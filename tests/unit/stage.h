/*
 * For tests of what is told: a check of a domain with SES values, over a
 * network without answers.
 */
#ifndef DNSESAME_TEST_STAGE_H
#define DNSESAME_TEST_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/lang.h"
#include "diagnose/check.h"
#include "dns/world.h"

struct stage {
	struct observe_log nothing;
	struct world *world;
	struct identity identity;
	struct check check;
	size_t dmarc;		/* its place in the plan */
};

static inline void
must(int rc, const char *why)
{
	if (rc == -1)
		fail_msg("%s", why != NULL ? why : "");
}

/* more: the older TXT proof and MAIL FROM, too. */
static inline int
stage_set_up(void **state, const char *domain, bool more)
{
	struct stage *stage = calloc(1, sizeof *stage);
	struct identity *identity = &stage->identity;
	const char *why = NULL;

	identity_init(identity);
	must(identity_set_domain(identity, domain, &why), why);
	must(identity_set_region(identity, "ap-northeast-1", &why), why);
	must(identity_add_token(identity, "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2",
	    &why), why);
	if (more) {
		must(identity_set_verification(identity,
		    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why),
		    why);
		must(identity_set_mail_from(identity, "bounce", &why), why);
	}
	observe_init(&stage->nothing);
	stage->world = world_replay(&stage->nothing);
	check_init(&stage->check, stage->world, identity, "w3k9x2m7q4");
	while (stage->check.plan.wanted[stage->dmarc].kind != WANTED_DMARC)
		stage->dmarc++;
	*state = stage;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct stage *stage = *state;

	lang_set(LANG_EN);
	check_release(&stage->check);
	stage->world->ops->free(stage->world);
	free(stage);
	return 0;
}

#endif

/*
 * What a record as it came out teaches of the company's form.  Pure.
 */
#ifndef DNSESAME_LESSON_H
#define DNSESAME_LESSON_H

#include "company/company.h"
#include "diagnose/diagnose.h"
#include "ses/plan.h"

/*
 * What is sure of the form stands: then it was typed in another way than it is
 * shown.
 */
void
lesson_learn(struct company *company, const struct plan *plan,
    const struct diagnosis *diagnosis);

#endif

/*
 * What a record as it came out teaches of the company's form.  Pure.
 */
#ifndef DNSESAME_LESSON_H
#define DNSESAME_LESSON_H

#include "company/provider.h"
#include "diagnose/diagnose.h"
#include "ses/plan.h"

/*
 * PROVIDER_LEARNT_*, against the form's row.  What is sure of the form
 * stands: then it was typed in another way than it is shown.
 */
unsigned
lesson_of(const struct provider *row, const struct wanted *wanted,
    const struct record_diagnosis *record);

#endif

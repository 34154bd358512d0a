/* What the answers of a command line hold, on standard error. */
#ifndef DNSESAME_TELL_H
#define DNSESAME_TELL_H

#include "model/answers.h"

/*
 * What was understood of a document and what was left, which value holds where
 * two differ, and what is odd but not refused.
 */
void
tell_answers(const struct answers *answers);

#endif

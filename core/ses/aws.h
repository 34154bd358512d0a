/*
 * What the user does at AWS, and how long AWS goes on looking (AWS SES
 * Developer Guide: 72 hours from the creation of an identity).
 */
#ifndef DNSESAME_AWS_H
#define DNSESAME_AWS_H

#include <stddef.h>
#include <stdint.h>

#include "ses/identity.h"

enum {
	AWS_WINDOW = 72 * 60 * 60 * 1000	/* ms */
};

/*
 * When AWS stops looking, ms since 1970; 0 when it is not looking or nobody
 * knows since when.
 */
int64_t
aws_window_end(const struct identity *identity);

/*
 * "AWS goes on looking until ... at the latest"; "" when aws_window_end is 0.
 * It may have begun before the user said so.
 */
void
aws_window_text(const struct identity *identity, int64_t now, char *dst,
    size_t size);

/*
 * The line for CloudShell that creates the identity and prints its values; in
 * parts that a shell joins, so that it can be copied from a narrow screen.
 * CloudShell has a region of its own, the console's, if none is known.
 */
void
aws_create_line(const struct identity *identity, char *dst, size_t size);

#endif

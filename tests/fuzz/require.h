/*
 * For fuzz targets: what must hold whatever comes in.
 */
#ifndef DNSESAME_TEST_REQUIRE_H
#define DNSESAME_TEST_REQUIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
require(bool truth)
{
	if (!truth)
		abort();
}

#endif

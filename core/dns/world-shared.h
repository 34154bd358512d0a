/*
 * One network for many checks at once: one recursion, one engine of questions
 * with its limits per address.  What several checks ask at the same time is
 * asked once.  (The other worlds: world.h.)
 */
#ifndef DNSESAME_WORLD_SHARED_H
#define DNSESAME_WORLD_SHARED_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dns/world.h"

enum {
	SHARE_RECURSION = 128	/* questions under way there; see resolver.c */
};

struct share;

/* network is borrowed and must outlive the share. */
struct share *
share_new(struct world *network);
/* Its worlds must be freed before. */
void
share_free(struct share *share);

/*
 * A world for one check; its refresh drops the questions of this check alone.
 * Its step hands over what share_step() got.
 */
struct world *
share_world(struct share *share);

/*
 * Sends what was asked, takes in what was answered.  Returns the time of the
 * next thing due, as a world's step does.  Once the checks have made their
 * step, call it again if share_asked().
 */
int64_t
share_step(struct share *share, int64_t now);

/* Something was asked since the last step. */
bool
share_asked(const struct share *share);

size_t
share_fds(struct share *share, struct pollfd *fds, size_t max);

#endif

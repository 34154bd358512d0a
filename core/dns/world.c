#include "dns/world.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <bsd/string.h>

#include "dns/address.h"
#include "dns/query.h"
#include "dns/resolver.h"
#include "base/xalloc.h"

enum {
	TURN = 400		/* us of processor time of our recursion */
};

struct network {
	struct world world;
	struct query_engine *engine;
	struct resolver *resolver;
};

static void
network_ask(struct world *world, const struct question *question, int64_t now)
{
	struct network *network = (struct network *)world;

	if (question->vantage.kind == VANTAGE_RECURSIVE)
		resolver_ask(network->resolver, question, now);
	else
		query_ask(network->engine, question, now);
}

static size_t
network_fds(struct world *world, struct pollfd *fds, size_t max)
{
	struct network *network = (struct network *)world;
	int fd = resolver_fd(network->resolver);
	size_t n = 0;

	if (max > 0 && fd != -1) {
		fds[n].fd = fd;
		fds[n].events = POLLIN;
		fds[n++].revents = 0;
	}
	return n + query_fds(network->engine, fds + n, max - n);
}

static int64_t
network_step(struct world *world, struct observe_log *log, int64_t now)
{
	struct network *network = (struct network *)world;
	struct turn turn = turn_begin(TURN);
	int64_t recursion = resolver_step(network->resolver, log, now);
	int64_t direct;

	/* What the library takes at once may be a turn already. */
	if (turn_is_over(&turn))
		return now;
	direct = query_step(network->engine, log, now);
	return recursion < direct ? recursion : direct;
}

static void
network_refresh(struct world *world)
{
	struct network *network = (struct network *)world;

	query_drop(network->engine);
	resolver_refresh(network->resolver);
}

/* Read anew each time: a network that comes back may bring other ones. */
static size_t
network_system(struct world *world, struct vantage out[static RESOLVCONF_MAX])
{
	FILE *in = fopen("/etc/resolv.conf", "re");
	size_t count;

	(void)world;
	if (in == NULL)
		return 0;
	count = resolvconf_read(in, out);
	fclose(in);
	return count;
}

static void
network_free(struct world *world)
{
	struct network *network = (struct network *)world;

	query_engine_free(network->engine);
	resolver_free(network->resolver);
	free(network);
}

static const struct world_ops network_ops = {
	.ask = network_ask,
	.fds = network_fds,
	.step = network_step,
	.refresh = network_refresh,
	.system = network_system,
	.free = network_free,
};

struct world *
world_network(const struct world_options *options, struct text *why)
{
	enum resolver_mode mode = RESOLVER_RECURSIVE;
	struct network *network;
	struct resolver *resolver;

	if (options->resolver != NULL)
		mode = strcmp(options->resolver, "system") == 0 ?
		    RESOLVER_SYSTEM : RESOLVER_FORWARD;
	resolver = resolver_new(mode, options->resolver,
	    options->unbound_conf, options->private, why);
	if (resolver == NULL)
		return NULL;
	network = xcalloc(1, sizeof *network);
	network->world.ops = &network_ops;
	network->world.private = resolver_is_private(resolver);
	network->world.forwards = mode != RESOLVER_RECURSIVE;
	if (mode == RESOLVER_FORWARD && address_parse(options->resolver, 0,
	    &(struct sockaddr_storage){ 0 }) > 0)
		strlcpy(network->world.forward, options->resolver,
		    sizeof network->world.forward);
	network->resolver = resolver;
	network->engine = query_engine_new();
	return &network->world;
}

static int64_t
milliseconds(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* CLOCK_BOOTTIME goes on while the machine sleeps, as deadlines should. */
int64_t
clock_now(void)
{
	static int64_t start;

	if (start == 0)
		start = milliseconds(CLOCK_REALTIME) -
		    milliseconds(CLOCK_BOOTTIME);
	return start + milliseconds(CLOCK_BOOTTIME);
}

#include "dns/resolver.h"

#include <err.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <bsd/string.h>
#include <unbound.h>

#include "base/lang.h"
#include "base/plain.h"
#include "base/text.h"
#include "base/xalloc.h"
#include "dns/address.h"
#include "dns/packet.h"

enum {
	DEADLINE = 6000,	/* ms for one question */
	DEADLINE_ROOT = 3000,	/* the root answers soon, or the way is shut */
	TURN = 400,		/* us of processor time in one step */
	TYPE_TEXT = 16,
	CLASS_IN = 1
};

/* One question under way; the context's callback writes result into it. */
struct query {
	struct resolver *resolver;
	struct question question;
	int64_t asked;
	int id;			/* libunbound's */
	bool open;		/* libunbound still knows it */
	struct ub_result *result;
	/* The answer, read turn by turn; NULL: not begun. */
	struct observation *answer;
	struct packet_reader *reader;
};

struct resolver {
	enum resolver_mode mode;
	char *address, *conf;
	bool private;		/* asks at private addresses, too */
	struct ub_ctx *ctx;	/* NULL until a question needs one */
	bool asked;		/* the context may remember something */
	struct turn turn;	/* of the step under way */
	/* Of the context; see process(). */
	int mouth;		/* its pipe, once more; -1: none */
	int empty[2];		/* a pipe with nothing in it */
	bool shut;		/* that one stands in its place */
	struct query **query;
	size_t queries, capacity;
};

struct option {
	const char *name, *value;
};

/*
 * What we ask of every context: answers of now, not of a memory, and no long
 * patience with the dead.  No minimised names: a server that denies the empty
 * name _domainkey would hide what stands below it, and all names asked are
 * public anyway.  No answers made up from NSEC ranges seen before.  One retry
 * must be left: with none, a server that lost its signatures is not asked the
 * second time that tells bogus from SERVFAIL.  The library's 16 questions at
 * a time are too few for thirteen name servers, or for many domains at once;
 * with 128, zones of two servers get 64 at one address, as from query.h.  Over
 * TCP it has two, and what finds none free fails instead of waiting.  Each
 * question under way holds all of a message: no more than what we keep of one.
 */
static const struct option common[] = {
	{ "cache-max-negative-ttl:", "0" },
	{ "infra-host-ttl:", "1" },
	{ "infra-cache-max-rtt:", "1000" },
	{ "outbound-msg-retry:", "2" },
	{ "qname-minimisation:", "no" },
	{ "aggressive-nsec:", "no" },
	{ "harden-glue:", "yes" },
	{ "harden-short-bufsize:", "yes" },
	{ "harden-dnssec-stripped:", "yes" },
	{ "edns-buffer-size:", "1232" },
	{ "outgoing-range:", "128" },
	{ "outgoing-num-tcp:", "32" },
	{ "msg-buffer-size:", "16384" },
	{ NULL, NULL }
};

static const struct option recursive[] = {
	{ "module-config:", "validator iterator" },
	/* As a library it would ask there; a "no" is the user's own then. */
	{ "do-not-query-localhost:", "yes" },
	{ NULL, NULL }
};

static const struct option forward[] = {
	{ "module-config:", "iterator" },
	{ NULL, NULL }
};

static const struct option local[] = {
	{ "module-config:", "iterator" },
	{ "do-ip4:", "no" },
	{ "do-ip6:", "no" },
	{ "do-udp:", "no" },
	{ "do-tcp:", "no" },
	{ NULL, NULL }
};

static const struct option *const options[] = {
	[RESOLVER_RECURSIVE] = recursive,
	[RESOLVER_SYSTEM] = forward,
	[RESOLVER_FORWARD] = forward,
	[RESOLVER_LOCAL] = local,
};

/* The root's key-signing keys, https://data.iana.org/root-anchors/ */
static const char *const anchors[] = {
	". DS 20326 8 2 "
	"E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
	". DS 38696 8 2 "
	"683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
};

static int
set_options(struct ub_ctx *ctx, const struct option *o)
{
	for (; o->name != NULL; o++)
		if (ub_ctx_set_option(ctx, o->name, o->value) != 0)
			return -1;
	return 0;
}

/* Connecting a datagram socket sends nothing; it only asks for a route. */
static bool
has_ipv6(void)
{
	const struct sockaddr_in6 root = {
		.sin6_family = AF_INET6,
		.sin6_port = htons(53),
		/* l.root-servers.net, 2001:500:9f::42 */
		.sin6_addr.s6_addr = { 0x20, 0x01, 0x05, 0x00, 0x00, 0x9f,
		    [15] = 0x42 },
	};
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool yes;

	if (fd == -1)
		return false;
	yes = connect(fd, (const struct sockaddr *)&root, sizeof root) == 0;
	close(fd);
	return yes;
}

/*
 * libunbound 1.17 does not survive ub_ctx_delete() after a module that it does
 * not know, so the file's modules are looked at before it does.
 */
static bool
modules_known(struct ub_ctx *ctx)
{
	char *modules, *rest, *word;
	bool known = true;

	if (ub_ctx_get_option(ctx, "module-config", &modules) != 0)
		return false;
	for (word = strtok_r(modules, " ", &rest); word != NULL;
	    word = strtok_r(NULL, " ", &rest))
		known &= strcmp(word, "validator") == 0 ||
		    strcmp(word, "iterator") == 0;
	free(modules);
	return known;
}

/*
 * Whom the context may ask, once the user's options are in it.  Resolvers that
 * somebody configured are always asked, and often they are on this machine;
 * from the root down, nobody sends us into a network inside.
 */
static int
set_reach(struct ub_ctx *ctx, struct resolver *resolver)
{
	const struct address_range *range;
	char *localhost;

	if (ub_ctx_get_option(ctx, "do-not-query-localhost", &localhost) != 0)
		return -1;
	resolver->private |= strcmp(localhost, "no") == 0;
	free(localhost);
	if (resolver->private || resolver->mode != RESOLVER_RECURSIVE)
		return ub_ctx_set_option(ctx, "do-not-query-localhost:",
		    "no");
	for (size_t i = 0; (range = address_special(i)) != NULL; i++)
		if (ub_ctx_set_option(ctx, "do-not-query-address:",
		    range->text) != 0)
			return -1;
	return 0;
}

/* Where its answers come from; -1 and *reason. */
static int
set_source(struct ub_ctx *ctx, const struct resolver *resolver,
    const char **reason)
{
	switch (resolver->mode) {
	case RESOLVER_RECURSIVE:
		for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++)
			if (ub_ctx_add_ta(ctx, anchors[i]) != 0)
				return -1;
		return 0;
	case RESOLVER_SYSTEM:
		*reason = N_("The list of resolvers in /etc/resolv.conf could "
		    "not be read.");
		return ub_ctx_resolvconf(ctx, NULL) != 0 ? -1 : 0;
	case RESOLVER_FORWARD:
		*reason = N_("\"{address}\" is not an IP address.");
		return ub_ctx_set_fwd(ctx, resolver->address) != 0 ? -1 : 0;
	case RESOLVER_LOCAL:
		return ub_ctx_zone_add(ctx, ".", "static") != 0 ? -1 : 0;
	}
	return -1;
}

/* The user's options, applied last; -1 and *reason. */
static int
set_conf(struct ub_ctx *ctx, const char *conf, const char **reason)
{
	if (conf == NULL)
		return 0;
	*reason = N_("The resolver options in {file} could not be read.");
	if (access(conf, R_OK) == -1)
		return -1;
	*reason = N_("{file} is no resolver options: a plain text file of at "
	    "most 1 MB is wanted.");
	if (!plain_file(conf))
		return -1;
	*reason = N_("The resolver options in {file} could not be understood; "
	    "see unbound.conf(5).");
	return ub_ctx_config(ctx, conf) != 0 || !modules_known(ctx) ? -1 : 0;
}

/* Adds the reason; what the user named may be anything. */
static void
complain(const struct resolver *resolver, const char *reason,
    struct text *why)
{
	struct text file = TEXT_INIT, address = TEXT_INIT;

	if (resolver->conf != NULL)
		text_add_safe(&file, resolver->conf, strlen(resolver->conf));
	text_add_safe(&address, resolver->address, strlen(resolver->address));
	text_add_filled(why, _(reason), (const struct text_place[]){
		{ "file", file.s }, { "address", address.s },
		{ NULL, NULL } });
	text_release(&file);
	text_release(&address);
}

/* A complete context: it cannot be changed after the first question. */
static struct ub_ctx *
context_new(struct resolver *resolver, struct text *why)
{
	struct ub_ctx *ctx = ub_ctx_create();
	const char *reason = N_("The DNS resolver library could not be "
	    "started.");

	if (ctx == NULL)
		goto out;
	ub_ctx_debugout(ctx, NULL);
	if (ub_ctx_async(ctx, 1) != 0 || set_options(ctx, common) == -1 ||
	    set_options(ctx, options[resolver->mode]) == -1)
		goto out;
	if (resolver->mode != RESOLVER_LOCAL && ub_ctx_set_option(ctx,
	    "do-ip6:", has_ipv6() ? "yes" : "no") != 0)
		goto out;
	if (set_source(ctx, resolver, &reason) == -1 ||
	    set_conf(ctx, resolver->conf, &reason) == -1 ||
	    set_reach(ctx, resolver) == -1)
		goto out;
	/*
	 * Removing what is not there makes the library take in its options:
	 * bad ones are told now, and files are read before any sandbox.
	 */
	if (ub_ctx_zone_remove(ctx, "nothing.invalid.") != 0)
		goto out;
	return ctx;
out:
	if (ctx != NULL)
		ub_ctx_delete(ctx);
	complain(resolver, reason, why);
	return NULL;
}

/* False: it does not stand, and why. */
static bool
context_open(struct resolver *resolver, struct text *why)
{
	resolver->ctx = context_new(resolver, why);
	if (resolver->ctx == NULL)
		return false;
	resolver->mouth = -1;
	if (pipe2(resolver->empty, O_NONBLOCK | O_CLOEXEC) == -1)
		return true;
	resolver->mouth = fcntl(ub_fd(resolver->ctx), F_DUPFD_CLOEXEC, 0);
	if (resolver->mouth == -1) {
		close(resolver->empty[0]);
		close(resolver->empty[1]);
	}
	return true;
}

static void
context_close(struct resolver *resolver)
{
	if (resolver->ctx == NULL)
		return;
	ub_ctx_delete(resolver->ctx);
	resolver->ctx = NULL;
	if (resolver->mouth == -1)
		return;
	close(resolver->mouth);
	close(resolver->empty[0]);
	close(resolver->empty[1]);
}

struct resolver *
resolver_new(enum resolver_mode mode, const char *address, const char *conf,
    bool private, struct text *why)
{
	struct resolver *resolver = xcalloc(1, sizeof *resolver);

	resolver->mode = mode;
	resolver->private = private;
	resolver->address = xstrdup(address == NULL ? "" : address);
	resolver->conf = conf == NULL ? NULL : xstrdup(conf);
	/*
	 * What the user named may be wrong, and is told now.  Else the first
	 * screen need not wait for a library to start.
	 */
	if (mode == RESOLVER_RECURSIVE && conf == NULL)
		return resolver;
	if (!context_open(resolver, why)) {
		resolver_free(resolver);
		return NULL;
	}
	return resolver;
}

static void
query_free(struct query *query)
{
	if (query->open)
		ub_cancel(query->resolver->ctx, query->id);
	packet_end(query->reader);
	observation_free(query->answer);
	if (query->result != NULL)
		ub_resolve_free(query->result);
	free(query);
}

static void
drop_all(struct resolver *resolver)
{
	for (size_t i = 0; i < resolver->queries; i++)
		query_free(resolver->query[i]);
	resolver->queries = 0;
}

void
resolver_free(struct resolver *resolver)
{
	if (resolver == NULL)
		return;
	drop_all(resolver);
	context_close(resolver);
	free(resolver->query);
	free(resolver->address);
	free(resolver->conf);
	free(resolver);
}

bool
resolver_is_private(const struct resolver *resolver)
{
	return resolver->private;
}

/* Local data is never cached, and it must outlive the round. */
void
resolver_refresh(struct resolver *resolver)
{
	drop_all(resolver);
	if (resolver->mode == RESOLVER_LOCAL || !resolver->asked)
		return;
	context_close(resolver);
	resolver->asked = false;
}

/* Called from ub_process() in our own thread. */
static void
collect(void *arg, int error, struct ub_result *result)
{
	struct query *query = arg;
	struct resolver *resolver = query->resolver;

	query->open = false;
	query->result = error == 0 ? result : NULL;
	if (resolver->mouth == -1 || resolver->shut ||
	    !turn_is_over(&resolver->turn))
		return;
	resolver->shut = dup3(resolver->empty[0], ub_fd(resolver->ctx),
	    O_CLOEXEC) != -1;
}

void
resolver_ask(struct resolver *resolver, const struct question *question,
    int64_t now)
{
	struct query *query = xcalloc(1, sizeof *query);
	char name[NAME_TEXT];
	struct text why = TEXT_INIT;
	sigset_t all, before;

	query->resolver = resolver;
	query->question = *question;
	query->asked = now;
	if (resolver->queries == resolver->capacity) {
		resolver->capacity = resolver->capacity == 0 ? 32 :
		    resolver->capacity * 2;
		resolver->query = xreallocarray(resolver->query,
		    resolver->capacity, sizeof *resolver->query);
	}
	resolver->query[resolver->queries++] = query;
	if (resolver->ctx == NULL && !context_open(resolver, &why)) {
		text_release(&why);
		return;
	}
	resolver->asked = true;

	/*
	 * The first question starts libunbound's thread, which inherits the
	 * mask: signals are for the thread that owns the terminal.
	 */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	query->open = ub_resolve_async(resolver->ctx,
	    name_text(&question->name, name), question->type, CLASS_IN, query,
	    collect, &query->id) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int
resolver_fd(const struct resolver *resolver)
{
	return resolver->ctx == NULL ? -1 : ub_fd(resolver->ctx);
}

/* What came of it but for the records, which are still to be read. */
static void
begin_answer(struct query *query, const struct observe_keep *keep, int64_t now)
{
	struct observation *o = observation_new(&query->question);
	const struct ub_result *result = query->result;

	query->answer = o;
	o->when = now;
	o->rtt = (int)(now - query->asked);
	if (result == NULL) {
		o->outcome = OUTCOME_SILENT;
	} else if (result->bogus) {
		o->outcome = OUTCOME_BOGUS;
		o->rcode = RCODE_SERVFAIL;
		if (result->why_bogus != NULL)
			text_safe(o->reason, sizeof o->reason,
			    result->why_bogus, strlen(result->why_bogus));
	} else if (result->answer_packet != NULL && result->answer_len > 0) {
		query->reader = packet_begin(o, result->answer_packet,
		    (size_t)result->answer_len, keep);
	} else {
		o->outcome = OUTCOME_ANSWER;
		o->rcode = (uint8_t)result->rcode;
	}
}

/* The observation, once it is read to its end, or NULL. */
static struct observation *
end_answer(struct query *query, const struct turn *turn)
{
	struct observation *o = query->answer;

	if (query->reader != NULL) {
		if (!packet_go_on(query->reader, turn))
			return NULL;
		o->secure = query->result->secure;
	}
	query->answer = NULL;
	return o;
}

/*
 * libunbound hands over all answers that have come, each of them as long as a
 * message can be.  When the turn is over it is shown an empty pipe in the
 * place of its own (see collect), and the rest waits for the next.
 */
static void
process(struct resolver *resolver)
{
	resolver->turn = turn_begin(TURN);
	if (resolver->ctx == NULL)
		return;
	ub_process(resolver->ctx);
	if (!resolver->shut)
		return;
	dup3(resolver->mouth, ub_fd(resolver->ctx), O_CLOEXEC);
	resolver->shut = false;
}

/*
 * A question that libunbound refused waits for its deadline all the same, so
 * that nobody asks again in a loop.
 */
int64_t
resolver_step(struct resolver *resolver, struct observe_log *log, int64_t now)
{
	int64_t due = INT64_MAX;
	size_t kept = 0;

	process(resolver);
	for (size_t i = 0; i < resolver->queries; i++) {
		struct query *query = resolver->query[i];
		int64_t deadline = query->asked +
		    (name_labels(&query->question.name) == 0 ?
		    DEADLINE_ROOT : DEADLINE);
		struct observation *o = NULL;

		if (query->result != NULL || now >= deadline) {
			deadline = now;
			if (query->answer == NULL &&
			    !turn_is_over(&resolver->turn))
				begin_answer(query, &log->keep, now);
			if (query->answer != NULL)
				o = end_answer(query, &resolver->turn);
		}
		if (o != NULL) {
			observe_add(log, o);
			query_free(query);
			continue;
		}
		if (deadline < due)
			due = deadline;
		resolver->query[kept++] = query;
	}
	resolver->queries = kept;
	return due;
}

static void
text_of(const struct name *name, char buf[static NAME_TEXT + 1])
{
	name_text(name, buf);
	if (strcmp(buf, ".") != 0)
		strlcat(buf, ".", NAME_TEXT + 1);
}

int
resolver_local_add(struct resolver *resolver, const struct rr *rr)
{
	char owner[NAME_TEXT + 1], type[TYPE_TEXT], *text;
	char *rdata = rr_rdata_new(rr);
	int result;

	text_of(rr->owner, owner);
	if (asprintf(&text, "%s %u IN %s %s", owner, rr->ttl,
	    rr_type_text(rr->type, type), rdata) == -1)
		err(EX_OSERR, "asprintf");
	result = ub_ctx_data_add(resolver->ctx, text);
	free(text);
	free(rdata);
	return result == 0 ? 0 : -1;
}

int
resolver_local_remove(struct resolver *resolver, const struct name *owner)
{
	char name[NAME_TEXT + 1];

	text_of(owner, name);
	return ub_ctx_data_remove(resolver->ctx, name) == 0 ? 0 : -1;
}

const char *
resolver_version(void)
{
	return ub_version();
}

#include "session/sandbox.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <bsd/string.h>

#include "base/plain.h"
#include "session/calls.h"

enum {
	PORT_DNS = 53,
	WORD = 4096
};

/*
 * The kernel's interface, linux/landlock.h: written out here, for the headers
 * of a system are often older than its kernel.
 */
enum {
	CREATE_RULESET = 444,
	ADD_RULE = 445,
	RESTRICT_SELF = 446,
	ASK_VERSION = 1,
	RULE_PATH = 1,
	RULE_PORT = 2,
	BIND_TCP = 1,
	CONNECT_TCP = 2,
	SCOPE_ABSTRACT_SOCKETS = 1
};

enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	REMOVE_FILE = 1 << 5,
	MAKE_REG = 1 << 8,
	REFER = 1 << 13,
	TRUNCATE = 1 << 14,
	IOCTL_DEV = 1 << 15,
	OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
};

struct ruleset {
	uint64_t files, ports, scopes;
};

struct path_rule {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

struct port_rule {
	uint64_t allowed, port;
};

/* Version i of the interface knows these rights. */
static const uint64_t known[] = {
	0, REFER - 1, 2 * REFER - 1, 2 * TRUNCATE - 1, 2 * TRUNCATE - 1,
	2 * IOCTL_DEV - 1
};

static const struct {
	uint64_t rights;
	bool folder;
} means[] = {
	[SANDBOX_READ] = { READ_FILE, false },
	[SANDBOX_READ_NAMED] = { READ_FILE, false },
	[SANDBOX_READ_BELOW] = { READ_FILE | READ_DIR, true },
	[SANDBOX_READ_TERMINFO] = { READ_FILE, false },
	[SANDBOX_WRITE] = { WRITE_FILE | TRUNCATE, false },
	[SANDBOX_TERMINAL] = { READ_FILE | WRITE_FILE | IOCTL_DEV, false },
	[SANDBOX_KEEP] = { READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE |
	    MAKE_REG | REMOVE_FILE, true },
};

/*
 * Libraries read these when they please: another language, a resolver context
 * made afresh.  The process's own folder of /proc is for the sanitizers.
 */
static const struct sandbox_path always[] = {
	{ SANDBOX_READ_BELOW, "/lib" },
	{ SANDBOX_READ_BELOW, "/lib64" },
	{ SANDBOX_READ_BELOW, "/usr/lib" },
	{ SANDBOX_READ_BELOW, "/usr/lib64" },
	{ SANDBOX_READ_BELOW, "/usr/share" },
	{ SANDBOX_READ_BELOW, "/etc/terminfo" },
	{ SANDBOX_READ_BELOW, "/proc/self" },
	/* Where resolv.conf is a link to, and is replaced when it changes. */
	{ SANDBOX_READ_BELOW, "/run/resolvconf" },
	{ SANDBOX_READ_BELOW, "/run/systemd/resolve" },
	{ SANDBOX_READ, "/etc/gai.conf" },
	{ SANDBOX_READ, "/etc/host.conf" },
	{ SANDBOX_READ, "/etc/hosts" },
	{ SANDBOX_READ, "/etc/ld.so.cache" },
	{ SANDBOX_READ, "/etc/localtime" },
	{ SANDBOX_READ, "/etc/nsswitch.conf" },
	{ SANDBOX_READ, "/etc/passwd" },
	{ SANDBOX_READ, "/etc/pki/tls/openssl.cnf" },
	{ SANDBOX_READ, "/etc/resolv.conf" },
	{ SANDBOX_READ, "/etc/ssl/openssl.cnf" },
	{ SANDBOX_READ, "/dev/null" },
	{ SANDBOX_READ, "/dev/random" },
	{ SANDBOX_READ, "/dev/urandom" },
};

static void
allow(int ruleset, uint64_t handled, enum sandbox_right right,
    const char *path)
{
	struct path_rule rule = { .allowed = means[right].rights & handled };
	struct stat st;

	rule.fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.fd == -1)
		return;
	/* Rights to a folder hold for all below it. */
	if (fstat(rule.fd, &st) == 0 &&
	    S_ISDIR(st.st_mode) == means[right].folder)
		(void)syscall(ADD_RULE, ruleset, RULE_PATH, &rule, 0);
	close(rule.fd);
}

/* Options of libunbound may name root hints, keys and further options. */
static void
allow_named(int ruleset, uint64_t handled, const char *path)
{
	char word[WORD];
	size_t len = 0;
	FILE *in = plain_file(path) ? fopen(path, "re") : NULL;
	int c;

	if (in == NULL)
		return;
	do {
		c = getc(in);
		if (c != EOF && !isspace(c) && c != '"' && c != '\'') {
			if (len < sizeof word - 1)
				word[len++] = (char)c;
			continue;
		}
		word[len] = '\0';
		if (strchr(word, '/') != NULL)
			allow(ruleset, handled, SANDBOX_READ, word);
		len = 0;
	} while (c != EOF);
	fclose(in);
}

/* A compiled description begins so, term(5); else anything could be read. */
static bool
is_terminfo(const char *path)
{
	unsigned char magic[2] = { 0, 0 };
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	bool is = fd != -1 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    read(fd, magic, sizeof magic) == sizeof magic &&
	    ((magic[0] == 0x1a && magic[1] == 0x01) ||
	    (magic[0] == 0x1e && magic[1] == 0x02));

	if (fd != -1)
		close(fd);
	return is;
}

/* Below a folder for its first letter, or for the number of that. */
static void
allow_terminfo(int ruleset, uint64_t handled, const char *folder)
{
	const char *type = getenv("TERM");
	char path[WORD];
	int len;

	if (type == NULL || type[0] == '\0' || strchr(type, '/') != NULL)
		return;
	for (int number = 0; number < 2; number++) {
		len = snprintf(path, sizeof path, number ? "%s/%x/%s" :
		    "%s/%c/%s", folder, (unsigned char)type[0], type);
		if (len > 0 && (size_t)len < sizeof path && is_terminfo(path))
			allow(ruleset, handled, SANDBOX_READ_TERMINFO, path);
	}
}

static void
allow_all(int ruleset, uint64_t handled, const struct sandbox_path path[],
    size_t paths)
{
	for (size_t i = 0; i < paths; i++) {
		if (path[i].path == NULL)
			continue;
		if (path[i].right == SANDBOX_READ_TERMINFO) {
			allow_terminfo(ruleset, handled, path[i].path);
			continue;
		}
		allow(ruleset, handled, path[i].right, path[i].path);
		if (path[i].right == SANDBOX_READ_NAMED)
			allow_named(ruleset, handled, path[i].path);
	}
}

/* The version of the interface in force, 0 without. */
static int
landlock(const struct sandbox_path path[], size_t paths, bool any_port)
{
	/* With any_port the library may be told whom to ask from where. */
	const struct port_rule port = any_port ?
	    (struct port_rule){ BIND_TCP, 0 } :
	    (struct port_rule){ CONNECT_TCP, PORT_DNS };
	long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
	struct ruleset rules = { 0 };
	size_t size = sizeof rules;
	int ruleset, result = 0;

	if (version <= 0)
		return 0;
	rules.files = known[version < 5 ? version : 5];
	if (version < 4)
		size = offsetof(struct ruleset, ports);
	else if (version < 6)
		size = offsetof(struct ruleset, scopes);
	if (version >= 4)
		rules.ports = any_port ? BIND_TCP : BIND_TCP | CONNECT_TCP;
	if (version >= 6)
		rules.scopes = SCOPE_ABSTRACT_SOCKETS;
	ruleset = (int)syscall(CREATE_RULESET, &rules, size, 0);
	if (ruleset == -1)
		return 0;
	allow_all(ruleset, rules.files, always,
	    sizeof always / sizeof *always);
	allow_all(ruleset, rules.files, path, paths);
	if (rules.ports != 0)
		(void)syscall(ADD_RULE, ruleset, RULE_PORT, &port, 0);
	if (syscall(RESTRICT_SELF, ruleset, 0) == 0)
		result = (int)version;
	close(ruleset);
	return result;
}

struct sandbox
sandbox_enter(const struct sandbox_path path[], size_t paths, bool any_port)
{
	struct sandbox got = { 0 };

	/* The others may be entered only without the right to gain rights. */
	got.no_new_privs = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	if (!got.no_new_privs)
		return got;
	got.landlock = landlock(path, paths, any_port);
	got.seccomp = calls_refuse();
	/* By seccomp: what reaches a port by another way than connect(2). */
	got.files = got.landlock > 0;
	got.programs = got.seccomp;
	got.ports = got.landlock >= 4 && got.seccomp && !any_port;
	return got;
}

const char *
sandbox_text(const struct sandbox *sandbox, char buf[static SANDBOX_TEXT])
{
	size_t len;

	if (!sandbox->no_new_privs) {
		strlcpy(buf, "none", SANDBOX_TEXT);
		return buf;
	}
	strlcpy(buf, "no-new-privs", SANDBOX_TEXT);
	len = strlen(buf);
	if (sandbox->landlock > 0)
		snprintf(buf + len, SANDBOX_TEXT - len, ", landlock %d",
		    sandbox->landlock);
	if (sandbox->seccomp)
		strlcat(buf, ", seccomp", SANDBOX_TEXT);
	return buf;
}

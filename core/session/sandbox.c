#include "session/sandbox.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

#include <bsd/string.h>

enum {
	PORT_DNS = 53,
	X32 = 0x40000000,	/* the x86-64 calls of 32-bit pointers */
	FILTER = 24,		/* instructions, at most */
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
	FILE *in = fopen(path, "re");
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

static void
allow_all(int ruleset, uint64_t handled, const struct sandbox_path path[],
    size_t paths)
{
	for (size_t i = 0; i < paths; i++) {
		if (path[i].path == NULL)
			continue;
		allow(ruleset, handled, path[i].right, path[i].path);
		if (path[i].right == SANDBOX_READ_NAMED)
			allow_named(ruleset, handled, path[i].path);
	}
}

/* The version of the interface in force, 0 without. */
static int
landlock(const struct sandbox_path path[], size_t paths, bool any_port)
{
	const struct port_rule dns = { CONNECT_TCP, PORT_DNS };
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
	if (version >= 4 && !any_port)
		rules.ports = CONNECT_TCP;
	if (version >= 6)
		rules.scopes = SCOPE_ABSTRACT_SOCKETS;
	ruleset = (int)syscall(CREATE_RULESET, &rules, size, 0);
	if (ruleset == -1)
		return 0;
	allow_all(ruleset, rules.files, always,
	    sizeof always / sizeof *always);
	allow_all(ruleset, rules.files, path, paths);
	if (rules.ports != 0)
		(void)syscall(ADD_RULE, ruleset, RULE_PORT, &dns, 0);
	if (syscall(RESTRICT_SELF, ruleset, 0) == 0)
		result = (int)version;
	close(ruleset);
	return result;
}

/* What the kernel calls the calls of this program; 0: not known here. */
static uint32_t
architecture(void)
{
	static const struct {
		const char *machine;
		uint32_t architecture;
	} row[] = {
		{ "x86_64", AUDIT_ARCH_X86_64 },
		{ "aarch64", AUDIT_ARCH_AARCH64 },
		{ "riscv64", AUDIT_ARCH_RISCV64 },
	};
	struct utsname name;

	/* A program of 32 bits on such a kernel has other calls. */
	if (sizeof(void *) < sizeof(uint64_t) || uname(&name) == -1)
		return 0;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
		if (strcmp(row[i].machine, name.machine) == 0)
			return row[i].architecture;
	return 0;
}

/*
 * The last row is for kernels without Landlock, which already keeps a process
 * from tracing others.  The leak sanitizer needs to trace itself.
 */
static const struct {
	uint32_t call, error;
} refused[] = {
	{ SYS_execve, EPERM },
	{ SYS_execveat, EPERM },
	{ SYS_process_vm_writev, EPERM },
	{ SYS_ptrace, EPERM },
};

static bool
seccomp(bool fenced)
{
	size_t rows = sizeof refused / sizeof refused[0] - fenced, n = 0;
	struct sock_filter filter[FILTER];
	struct sock_fprog program = { .filter = filter };
	uint32_t native = architecture();

	if (native == 0)
		return false;
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, arch));
	filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    native, 1, 0);
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_ERRNO | ENOSYS);
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, nr));
	filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K,
	    X32, 0, 1);
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_ERRNO | ENOSYS);
	for (size_t i = 0; i < rows; i++) {
		filter[n++] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, refused[i].call, 0, 1);
		filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
		    SECCOMP_RET_ERRNO | refused[i].error);
	}
	filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_ALLOW);
	program.len = (unsigned short)n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
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
	got.seccomp = seccomp(got.landlock > 0);
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

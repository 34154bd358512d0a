#include "session/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/utsname.h>

enum {
	VALUES = 3,
	/* A row: call, argument, mask, values, error, call again. */
	ROW = 5 + VALUES,
	/* Nothing after mseal(2) is needed here; nor is x32, above it all. */
	LATER = 463,
	NAMESPACES = CLONE_NEWCGROUP | CLONE_NEWIPC | CLONE_NEWNET |
	    CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUSER | CLONE_NEWUTS
};

/* One number everywhere, and missing in the headers of older systems. */
#ifndef SYS_fchmodat2
#define SYS_fchmodat2 452
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool watched = true;
#else
static const bool watched = false;
#endif

enum when { CALL_ALWAYS, CALL_WITH, CALL_BUT };

struct row {
	uint32_t call, error;
	enum when when;
	uint32_t argument, mask, values, value[VALUES];
};

#define BY(when, argument, mask, ...) when, argument, (uint32_t)(mask), \
	sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t), { __VA_ARGS__ }
#define ALL UINT32_MAX
#define ME 0x80000000U	/* nobody's number, so it can stand for ours */
#define ALWAYS CALL_ALWAYS, 0, 0, 0, { 0 }
#define WITH(...) BY(CALL_WITH, __VA_ARGS__)
#define BUT(...) BY(CALL_BUT, __VA_ARGS__)
#define CALL(name, error, when, reason) { SYS_##name, error, when },

static const struct row refused[] = {
#include "session/calls.def"
};

enum {
	ROWS = sizeof refused / sizeof refused[0]
};

struct filter {
	struct sock_filter step[8 + ROWS * ROW];
	unsigned short steps;
};

static void
add(struct filter *filter, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
	filter->step[filter->steps++] =
	    (struct sock_filter){ code, yes, no, k };
}

static void
load(struct filter *filter, size_t offset)
{
	add(filter, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* Goes on `yes` steps further where it is k, else `no`. */
static void
compare(struct filter *filter, uint32_t k, size_t yes, size_t no)
{
	add(filter, BPF_JMP | BPF_JEQ | BPF_K, k, (uint8_t)yes, (uint8_t)no);
}

static void
answer(struct filter *filter, uint32_t error)
{
	add(filter, BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error, 0, 0);
}

/* The low half of an argument: the machines known here have it first. */
static size_t
offset_of(uint32_t argument)
{
	return offsetof(struct seccomp_data, args) +
	    argument * sizeof(uint64_t);
}

/* Begins and ends with the number of the call loaded. */
static void
refuse(struct filter *filter, const struct row *row, uint32_t me)
{
	size_t values = row->values;
	bool with = row->when == CALL_WITH;

	if (row->when == CALL_ALWAYS) {
		compare(filter, row->call, 0, 1);
		answer(filter, row->error);
		return;
	}
	compare(filter, row->call, 0, values + 4);
	load(filter, offset_of(row->argument));
	add(filter, BPF_ALU | BPF_AND | BPF_K, row->mask, 0, 0);
	for (size_t i = 0; i < values; i++) {
		uint32_t value = row->value[i] == ME ? me : row->value[i];
		size_t left = values - 1 - i;

		/* To the answer, or past it. */
		compare(filter, value, with ? left : left + 1,
		    with && left == 0);
	}
	answer(filter, row->error);
	load(filter, offsetof(struct seccomp_data, nr));
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

bool
calls_refuse(void)
{
	struct filter filter = { .steps = 0 };
	struct sock_fprog program = { .filter = filter.step };
	uint32_t native = architecture(), self = (uint32_t)getpid();

	if (watched || native == 0)
		return false;
	load(&filter, offsetof(struct seccomp_data, arch));
	compare(&filter, native, 1, 0);
	answer(&filter, ENOSYS);
	load(&filter, offsetof(struct seccomp_data, nr));
	add(&filter, BPF_JMP | BPF_JGE | BPF_K, LATER, 0, 1);
	answer(&filter, ENOSYS);
	for (size_t i = 0; i < ROWS; i++)
		refuse(&filter, &refused[i], self);
	add(&filter, BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	program.len = filter.steps;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

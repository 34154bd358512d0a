#include "base/output.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <sysexits.h>

#include <bsd/err.h>

#include "base/lang.h"

/* The other end of a pipe was closed. */
static bool
reader_gone(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	int before = errno;
	bool gone = fd != -1 && poll(&p, 1, 0) == 1 &&
	    (p.revents & POLLERR) != 0;

	errno = before;
	return gone;
}

int
output_finish(FILE *out)
{
	bool written = fflush(out) != EOF && !ferror(out);

	/* Whoever reads has read enough: head(1) and its like. */
	if (!written && !reader_gone(fileno(out)))
		warn("%s", _("the output could not be written"));
	return written ? 0 : EX_IOERR;
}

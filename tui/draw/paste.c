#include "draw/paste.h"

#include <string.h>
#include <unistd.h>

#include <sys/ioctl.h>

#include "base/xalloc.h"
#include "ses/import.h"

enum {
	GROW = 4096,
	READS = 64,		/* between two looks at the turn */
	TYPED = 64		/* octets: more than the keys behind a burst */
};

static const char end[] = "\033[201~";

void
paste_begin(struct paste *paste)
{
	paste->len = paste->matched = 0;
}

/* More than any SES document is not kept; import says that it is too long. */
void
paste_add(struct paste *paste, const char *text, size_t len)
{
	size_t room = IMPORT_MAX + 1 - paste->len;

	if (len > room)
		len = room;
	if (paste->len + len >= paste->size) {
		paste->size += GROW + len;
		paste->text = xreallocarray(paste->text, paste->size, 1);
	}
	memcpy(paste->text + paste->len, text, len);
	paste->len += len;
	paste->text[paste->len] = '\0';
}

static void
add_octet(struct paste *paste, char octet)
{
	if (octet == '\r')
		octet = '\n';
	if (octet != '\0')
		paste_add(paste, &octet, 1);
}

/*
 * Of a terminal nothing can be given back.  So each read is as long as what
 * is left of the mark, and never goes beyond it.
 */
bool
paste_read(struct paste *paste, int fd, int octets, const struct turn *turn)
{
	char block[sizeof end - 1];

	for (size_t reads = 1; octets > 0; reads++) {
		ssize_t n = read(fd, block, sizeof block - paste->matched);

		if (n <= 0)
			return false;
		octets -= (int)n;
		for (ssize_t i = 0; i < n; i++) {
			if (block[i] == end[paste->matched]) {
				paste->matched++;
				continue;
			}
			paste_add(paste, end, paste->matched);
			paste->matched = block[i] == end[0];
			if (paste->matched == 0)
				add_octet(paste, block[i]);
		}
		if (paste->matched == sizeof block)
			return true;
		if (reads % READS == 0 && turn_is_over(turn))
			return false;
	}
	return false;
}

void
paste_skip(const struct paste *paste, int fd)
{
	char block[GROW];
	int octets = 0;

	while (paste->len > IMPORT_MAX && ioctl(fd, FIONREAD, &octets) == 0 &&
	    octets > TYPED) {
		size_t most = (size_t)(octets - TYPED);

		if (read(fd, block, most < sizeof block ? most :
		    sizeof block) <= 0)
			return;
	}
}

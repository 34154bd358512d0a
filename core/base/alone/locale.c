/*
 * UTF-8 for the program that stands alone.  setlocale(3) knows a locale only
 * as a file, and which one a machine has, or whether it fits this libc, is not
 * known.  So libc's own way to open a file (ld --wrap) gives it a copy in
 * memory of the one that is carried, in whatever folder it looks.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <sys/mman.h>

#include "base/inside.h"

/* As libc declares it for itself: no cancellation, errno as open(2). */
int
__real___open_nocancel(const char *path, int flags, ...);
int
__wrap___open_nocancel(const char *path, int flags, ...);

static int
open_inside(const struct inside *file)
{
	int fd = memfd_create(file->name, MFD_CLOEXEC);

	if (fd != -1 && write(fd, file->bytes, file->size) !=
	    (ssize_t)file->size) {
		close(fd);
		return -1;
	}
	return fd;
}

int
__wrap___open_nocancel(const char *path, int flags, ...)
{
	static const char utf8[] = "/C.UTF-8/LC_CTYPE";
	size_t len = strlen(path);
	va_list rest;
	int mode = 0;

	if (len >= sizeof utf8 &&
	    strcmp(path + len - (sizeof utf8 - 1), utf8) == 0)
		return open_inside(inside_find(INSIDE_CTYPE, ""));
	if (flags & O_CREAT) {
		va_start(rest, flags);
		mode = va_arg(rest, int);
		va_end(rest);
	}
	return __real___open_nocancel(path, flags, mode);
}

#include "session.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <bsd/string.h>
#include <jansson.h>

#include "lang.h"
#include "text.h"

enum {
	SESSION_FILE = 1024 * 1024,	/* octets; ours are a few hundred */
	SESSION_STEPS = 6
};

void
session_init(struct session *session)
{
	memset(session, 0, sizeof *session);
	identity_init(&session->identity);
	session->step = 1;
}

/* Writes reason with {path} and {error} filled, escaped; returns -1. */
static int
complain(char why[static SESSION_WHY], const char *reason, const char *path,
    int error)
{
	char safe[SESSION_WHY];
	const struct text_place places[] = {
		{ "path", safe },
		{ "error", strerror(error) },
		{ NULL, NULL },
	};

	text_safe(safe, sizeof safe, path, strlen(path));
	text_fill(why, SESSION_WHY, _(reason), places);
	return -1;
}

static int
complain_unreadable(char why[static SESSION_WHY], const char *path, int error)
{
	return complain(why, N_("The saved answers in {path} cannot be read: "
	    "{error}. Correct the permissions, or move the file away to "
	    "start anew."), path, error);
}

static int
complain_unwritable(char why[static SESSION_WHY], const char *path, int error)
{
	return complain(why, N_("Your answers cannot be saved in {path}: "
	    "{error}. Everything else works; set XDG_STATE_HOME to a folder "
	    "you may write to."), path, error);
}

static int
complain_broken(char why[static SESSION_WHY], const char *path)
{
	return complain(why, N_("The saved answers in {path} are damaged. "
	    "The file stays as it is; move it away to start anew."), path, 0);
}

/* What the XDG Base Directory specification says; -1 when nobody is home. */
static int
directory(char path[static SESSION_PATH])
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	const struct passwd *user;
	int len;

	if (state != NULL && state[0] == '/') {
		len = snprintf(path, SESSION_PATH, "%s/dnsesame", state);
	} else {
		if ((home == NULL || home[0] != '/') &&
		    (user = getpwuid(getuid())) != NULL)
			home = user->pw_dir;
		if (home == NULL || home[0] != '/')
			return -1;
		len = snprintf(path, SESSION_PATH,
		    "%s/.local/state/dnsesame", home);
	}
	return len < 0 || len >= SESSION_PATH ? -1 : 0;
}

int
session_directory(char path[static SESSION_PATH],
    char why[static SESSION_WHY])
{
	if (directory(path) == -1)
		return complain(why, N_("There is no home folder to save your "
		    "answers in. Everything else works; set XDG_STATE_HOME "
		    "to a folder you may write to."), "", 0);
	for (char *c = path + 1; *c != '\0'; c++) {
		if (*c != '/')
			continue;
		*c = '\0';
		(void)mkdir(path, 0700);
		*c = '/';
	}
	/* What failed above is told by this last one. */
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return complain_unwritable(why, path, errno);
	return 0;
}

/* "DOMAIN.json"; -1 when it would be no plain file in the directory. */
static int
file_name(char name[static NAME_TEXT], const struct name *domain)
{
	char text[NAME_TEXT];

	name_text(domain, text);
	if (text[0] == '.' || text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "0123456789-_.")] != '\0')
		return -1;
	return snprintf(name, NAME_TEXT, "%s.json", text) > NAME_MAX ? -1 : 0;
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * Reads a whole file of ours.  1 and *root, 0 when there is none, -1 and why.
 * *modified is set as soon as the file is known.
 */
static int
read_root(json_t **root, int dir, const char *name, const char *path,
    int64_t *modified, char why[static SESSION_WHY])
{
	json_t *json = NULL;
	struct stat st;
	json_int_t version;
	int fd, rc = -1;

	*root = NULL;
	/* Non-blocking, lest a FIFO of that name holds us. */
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		if (errno == ENOENT)
			return 0;
		return complain_unreadable(why, path, errno);
	}
	if (fstat(fd, &st) == -1) {
		complain_unreadable(why, path, errno);
		goto out;
	}
	*modified = (int64_t)st.st_mtim.tv_sec * 1000 +
	    st.st_mtim.tv_nsec / 1000000;
	if (!S_ISREG(st.st_mode) || st.st_size > SESSION_FILE ||
	    (json = json_loadfd(fd, 0, NULL)) == NULL ||
	    !json_is_integer(json_object_get(json, "version"))) {
		complain_broken(why, path);
		goto out;
	}
	version = json_integer_value(json_object_get(json, "version"));
	if (version > SESSION_VERSION) {
		complain(why, N_("The saved answers in {path} were written by "
		    "a newer dnsesame. Use that one, or move the file away "
		    "to start anew."), path, 0);
		goto out;
	}
	if (version < 1 ||
	    !json_is_array(json_object_get(json, "identities"))) {
		complain_broken(why, path);
		goto out;
	}
	*root = json;
	json = NULL;
	rc = 1;
out:
	json_decref(json);
	close(fd);
	return rc;
}

/* A member that may be absent, but must be a string if it is there. */
static int
get_text(const json_t *from, const char *key, const char **out)
{
	const json_t *value = json_object_get(from, key);

	*out = value == NULL ? "" : json_string_value(value);
	return *out == NULL ? -1 : 0;
}

static int
get_field(const json_t *from, const char *key, char *dst, size_t size)
{
	const char *text;

	if (get_text(from, key, &text) == -1)
		return -1;
	/* What is not printable was not written by us. */
	return text_safe(dst, size, text, strlen(text)) >= size ||
	    strcmp(dst, text) != 0 ? -1 : 0;
}

static int
get_time(const json_t *value, int64_t *out)
{
	*out = json_integer_value(value);
	return value != NULL && (!json_is_integer(value) || *out < 0) ? -1 : 0;
}

/* Every value passes its setter again: the file may be another's work. */
static int
get_identity(struct identity *identity, const char *domain,
    const json_t *from)
{
	const char *zone, *region, *value, *mail_from, *status, *why;
	const json_t *ses = json_object_get(from, "ses");
	const json_t *token, *tokens = json_object_get(from, "tokens");
	size_t i;

	identity_init(identity);
	if (identity_set_domain(identity, domain, &why) == -1 ||
	    get_text(from, "dkim_zone", &zone) == -1 ||
	    get_text(from, "region", &region) == -1 ||
	    get_text(from, "verification", &value) == -1 ||
	    get_text(from, "mail_from", &mail_from) == -1 ||
	    get_text(ses, "status", &status) == -1)
		return -1;
	if (identity_set_dkim_zone(identity, zone, &why) == -1 ||
	    (region[0] != '\0' &&
	    identity_set_region(identity, region, &why) == -1) ||
	    identity_set_verification(identity, value, &why) == -1 ||
	    identity_set_mail_from(identity, mail_from, &why) == -1)
		return -1;
	json_array_foreach(tokens, i, token) {
		if (!json_is_string(token) || identity_add_token(identity,
		    json_string_value(token), &why) == -1)
			return -1;
	}
	if (status[0] != '\0' &&
	    ses_status_parse(status, &identity->status) == -1)
		return -1;
	identity->status_imported =
	    json_is_true(json_object_get(ses, "imported"));
	if (get_field(ses, "error", identity->error,
	    sizeof identity->error) == -1 ||
	    get_field(ses, "soa", identity->soa, sizeof identity->soa) == -1)
		return -1;
	return get_time(json_object_get(ses, "checked_at"),
	    &identity->checked_at);
}

static int
get_session(struct session *session, const char *domain, const json_t *from)
{
	const json_t *time, *entered = json_object_get(from, "entered");
	const json_t *step = json_object_get(from, "step");
	size_t i;

	session_init(session);
	if (get_identity(&session->identity, domain, from) == -1 ||
	    get_field(from, "provider", session->provider,
	    sizeof session->provider) == -1 ||
	    get_field(from, "lang", session->lang,
	    sizeof session->lang) == -1 ||
	    get_time(json_object_get(from, "saved_at"),
	    &session->saved_at) == -1)
		return -1;
	json_array_foreach(entered, i, time) {
		if (i >= PLAN_RECORDS ||
		    get_time(time, &session->entered[i]) == -1)
			return -1;
	}
	session->step = (int)json_integer_value(step);
	return session->step < 1 || session->step > SESSION_STEPS ? -1 : 0;
}

/*
 * The newest identity in root, read from a file of this name; 1, 0 when none
 * is of this region, -1 when anything in it is not understood.
 */
static int
pick(struct session *out, const json_t *root, const char *name,
    const char *region)
{
	const char *domain =
	    json_string_value(json_object_get(root, "domain"));
	const json_t *from;
	struct session session;
	char own[NAME_TEXT];
	const char *why;
	size_t i;
	int found = 0;

	/* A file under another domain's name would be saved elsewhere. */
	session_init(&session);
	if (domain == NULL || identity_set_domain(&session.identity, domain,
	    &why) == -1 || file_name(own, &session.identity.domain) == -1 ||
	    strcmp(own, name) != 0)
		return -1;
	json_array_foreach(json_object_get(root, "identities"), i, from) {
		if (get_session(&session, domain, from) == -1)
			return -1;
		if (region[0] != '\0' &&
		    strcasecmp(session.identity.region, region) != 0)
			continue;
		if (!found || session.saved_at > out->saved_at)
			*out = session;
		found = 1;
	}
	return found;
}

/* 1, 0 or -1 as session_load; *modified as read_root. */
static int
load_file(struct session *session, int dir, const char *dirpath,
    const char *name, const char *region, int64_t *modified,
    char why[static SESSION_WHY])
{
	char path[SESSION_PATH + NAME_TEXT + 2];
	json_t *root;
	int rc;

	snprintf(path, sizeof path, "%s/%s", dirpath, name);
	if ((rc = read_root(&root, dir, name, path, modified, why)) != 1)
		return rc;
	if ((rc = pick(session, root, name, region)) == -1)
		complain_broken(why, path);
	json_decref(root);
	return rc;
}

/* The directory opened; -1 and *absent when there is none yet. */
static int
open_directory(char path[static SESSION_PATH], bool *absent,
    char why[static SESSION_WHY])
{
	int dir;

	*absent = true;
	if (directory(path) == -1)
		return -1;
	dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1 && errno != ENOENT) {
		*absent = false;
		return complain_unreadable(why, path, errno);
	}
	return dir;
}

int
session_load(struct session *session, const struct name *domain,
    const char *region, char why[static SESSION_WHY])
{
	char path[SESSION_PATH], name[NAME_TEXT];
	int64_t modified;
	bool absent;
	int dir, rc;

	if (file_name(name, domain) == -1)
		return 0;
	if ((dir = open_directory(path, &absent, why)) == -1)
		return absent ? 0 : -1;
	rc = load_file(session, dir, path, name, region, &modified, why);
	close(dir);
	return rc;
}

int
session_load_last(struct session *session, char why[static SESSION_WHY])
{
	char path[SESSION_PATH], reason[SESSION_WHY];
	const struct dirent *entry;
	struct session one;
	int64_t newest = -1;
	bool absent;
	DIR *list;
	int fd, rc = 0;

	if ((fd = open_directory(path, &absent, why)) == -1)
		return absent ? 0 : -1;
	if ((list = fdopendir(fd)) == NULL)
		err(1, "fdopendir");
	while ((entry = readdir(list)) != NULL) {
		size_t len = strlen(entry->d_name);
		int64_t at = 0;
		int got;

		if (entry->d_name[0] == '.' || len < 5 ||
		    strcmp(entry->d_name + len - 5, ".json") != 0)
			continue;
		got = load_file(&one, fd, path, entry->d_name, "", &at,
		    reason);
		/* A damaged file matters only if it is the last one. */
		if (got == 1)
			at = one.saved_at;
		if (got == 0 || at <= newest)
			continue;
		newest = at;
		rc = got;
		if (got == 1)
			*session = one;
		else
			strlcpy(why, reason, SESSION_WHY);
	}
	closedir(list);
	return rc;
}

/* jansson gives NULL, or fails to store it, only when memory is out. */
static void
put(json_t *to, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) == -1)
		err(1, "json");
}

static void
put_text(json_t *to, const char *key, const char *text)
{
	put(to, key, json_string(text));
}

static void
put_name(json_t *to, const char *key, const struct name *name, bool has)
{
	char text[NAME_TEXT];

	put_text(to, key, has ? name_text(name, text) : "");
}

/* Sets what we know; keys of a later dnsesame stay as they are. */
static void
put_session(json_t *to, const struct session *session)
{
	const struct identity *identity = &session->identity;
	json_t *tokens = json_array(), *entered = json_array();
	json_t *ses = json_object_get(to, "ses");

	put_text(to, "region", identity->region);
	for (size_t i = 0; i < identity->tokens; i++)
		json_array_append_new(tokens, json_string(identity->token[i]));
	put(to, "tokens", tokens);
	put_name(to, "dkim_zone", &identity->dkim_zone,
	    identity->has_dkim_zone);
	put_text(to, "verification", identity->verification);
	put_name(to, "mail_from", &identity->mail_from,
	    identity->has_mail_from);
	if (!json_is_object(ses)) {
		ses = json_object();
		put(to, "ses", ses);
	}
	put_text(ses, "status", ses_status_text(identity->status));
	put(ses, "imported", json_boolean(identity->status_imported));
	put_text(ses, "error", identity->error);
	put(ses, "checked_at", json_integer(identity->checked_at));
	put_text(ses, "soa", identity->soa);
	put_text(to, "provider", session->provider);
	put(to, "step", json_integer(session->step));
	for (size_t i = 0; i < PLAN_RECORDS; i++)
		json_array_append_new(entered,
		    json_integer(session->entered[i]));
	put(to, "entered", entered);
	put_text(to, "lang", session->lang);
	put(to, "saved_at", json_integer(now_ms()));
}

/* The object to write to: of this region, or of none yet, or a new one. */
static json_t *
slot(json_t *identities, const char *region)
{
	json_t *entry, *nowhere = NULL;
	size_t i;

	json_array_foreach(identities, i, entry) {
		const char *its =
		    json_string_value(json_object_get(entry, "region"));

		if (its != NULL && strcmp(its, region) == 0)
			return entry;
		if (its != NULL && its[0] == '\0')
			nowhere = entry;
	}
	if (nowhere != NULL)
		return nowhere;
	entry = json_object();
	if (json_array_append_new(identities, entry) == -1)
		err(1, "json");
	return entry;
}

/* Beside, synced, renamed: a reader sees the old file or the new one. */
static int
replace(json_t *root, int dir, const char *dirpath, const char *name)
{
	char path[SESSION_PATH + 32], target[SESSION_PATH + NAME_TEXT + 2];
	int error, fd;

	snprintf(path, sizeof path, "%s/.new-XXXXXX", dirpath);
	snprintf(target, sizeof target, "%s/%s", dirpath, name);
	if ((fd = mkostemp(path, O_CLOEXEC)) == -1)
		return -1;
	if (json_dumpfd(root, fd, JSON_INDENT(2)) == -1 ||
	    write(fd, "\n", 1) != 1 || fsync(fd) == -1 ||
	    rename(path, target) == -1) {
		error = errno;
		unlink(path);
		close(fd);
		errno = error;
		return -1;
	}
	close(fd);
	/* Some file systems cannot sync a directory; the file stands. */
	(void)fsync(dir);
	return 0;
}

/* The new contents on top of what stands in the file; NULL and why. */
static json_t *
merged(const struct session *session, int dir, const char *name,
    const char *path, char why[static SESSION_WHY])
{
	struct session old;
	json_t *root;
	int64_t modified;
	int got;

	got = read_root(&root, dir, name, path, &modified, why);
	if (got == -1)
		return NULL;
	if (got == 1 && pick(&old, root, name, "") == -1) {
		complain_broken(why, path);
		json_decref(root);
		return NULL;
	}
	if (got == 0) {
		root = json_object();
		put(root, "version", json_integer(SESSION_VERSION));
		put(root, "identities", json_array());
	}
	put_name(root, "domain", &session->identity.domain, true);
	put_session(slot(json_object_get(root, "identities"),
	    session->identity.region), session);
	return root;
}

int
session_save(const struct session *session, char why[static SESSION_WHY])
{
	char dirpath[SESSION_PATH], name[NAME_TEXT];
	char path[SESSION_PATH + NAME_TEXT + 2];
	json_t *root = NULL;
	int dir, rc = -1;

	if (!session->identity.has_domain ||
	    file_name(name, &session->identity.domain) == -1)
		return complain(why, N_("There is no domain to save yet."),
		    "", 0);
	if (session_directory(dirpath, why) == -1)
		return -1;
	snprintf(path, sizeof path, "%s/%s", dirpath, name);
	dir = open(dirpath, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* The lock goes with the descriptor. */
	if (dir == -1 || TEMP_FAILURE_RETRY(flock(dir, LOCK_EX)) == -1) {
		complain_unwritable(why, dirpath, errno);
		goto out;
	}
	if ((root = merged(session, dir, name, path, why)) == NULL)
		goto out;
	if (replace(root, dir, dirpath, name) == -1) {
		complain_unwritable(why, dirpath, errno);
		goto out;
	}
	rc = 0;
out:
	json_decref(root);
	if (dir != -1)
		close(dir);
	return rc;
}

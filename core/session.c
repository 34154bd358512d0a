#include "session.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <bsd/string.h>
#include <jansson.h>

#include "lang.h"
#include "rr.h"
#include "session-internal.h"
#include "text.h"

void
session_init(struct session *session)
{
	memset(session, 0, sizeof *session);
	identity_init(&session->identity);
	session->step = 1;
}

int
session_complain(char why[static SESSION_WHY], const char *reason,
    const char *path, int error)
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
complain_unwritable(char why[static SESSION_WHY], const char *path, int error)
{
	/* The reason first: a narrow line cuts the end. */
	return session_complain(why, N_("Your answers cannot be saved: "
	    "{error} ({path}). Everything else works; set XDG_STATE_HOME to "
	    "a folder you may write to."), path, error);
}

int
session_complain_broken(char why[static SESSION_WHY], const char *path)
{
	return session_complain(why, N_("The saved answers in {path} are damaged. "
	    "The file stays as it is; move it away to start anew."), path, 0);
}

int
session_folder(char path[static SESSION_PATH])
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
	if (session_folder(path) == -1)
		return session_complain(why, N_("There is no home folder to save your "
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

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* jansson gives NULL, or fails to store it, only when memory is out. */
static void
put(json_t *to, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) == -1)
		err(EX_OSERR, "json");
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
	put_text(ses, "mail_from_status",
	    ses_status_text(identity->mail_from_status));
	put_text(ses, "on_mx_failure", identity->on_mx_failure);
	put_text(ses, "origin", identity->origin);
	put_text(to, "provider", session->provider);
	put(to, "step", json_integer(session->step));
	for (size_t i = 0; i < PLAN_RECORDS; i++)
		json_array_append_new(entered,
		    json_integer(session->entered[i]));
	put(to, "entered", entered);
	put_text(to, "lang", session->lang);
	put(to, "saved_at", json_integer(now_ms()));
}

/* As first seen: what stands in the file already is not touched. */
static void
put_noted(json_t *root, const struct noted *noted)
{
	json_t *object = json_object(), *rows = json_array();
	char type[16];

	if (noted->at == 0 || json_object_get(root, "noted") != NULL) {
		json_decref(object);
		json_decref(rows);
		return;
	}
	for (size_t i = 0; i < noted->count; i++) {
		const struct noted_row *row = &noted->row[i];
		json_t *to = json_object();

		put_name(to, "owner", &row->owner, true);
		put_text(to, "type", rr_type_text(row->type, type));
		put_text(to, "value", row->value);
		json_array_append_new(rows, to);
	}
	put(object, "version", json_integer(SESSION_NOTED));
	put(object, "at", json_integer(noted->at));
	put(object, "rows", rows);
	put(root, "noted", object);
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
		err(EX_OSERR, "json");
	return entry;
}

static bool
write_all(int fd, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		ssize_t n = TEMP_FAILURE_RETRY(write(fd, text, left));

		if (n <= 0)
			return false;
		text += n;
		left -= (size_t)n;
	}
	return true;
}

/* Beside, synced, renamed: a reader sees the old file or the new one. */
static int
replace(const char *text, int dir, const char *dirpath, const char *name)
{
	char path[SESSION_PATH + 32], target[SESSION_PATH + NAME_TEXT + 2];
	int error, fd;

	snprintf(path, sizeof path, "%s/.new-XXXXXX", dirpath);
	snprintf(target, sizeof target, "%s/%s", dirpath, name);
	if ((fd = mkostemp(path, O_CLOEXEC)) == -1)
		return -1;
	if (!write_all(fd, text) || fsync(fd) == -1 || rename(path, target) == -1) {
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

	got = session_read_root(&root, dir, name, path, &modified, why);
	if (got == -1)
		return NULL;
	if (got == 1 && session_pick(&old, root, name, "") == -1) {
		session_complain_broken(why, path);
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
	put_noted(root, &session->noted);
	return root;
}

int
session_save(const struct session *session, char why[static SESSION_WHY])
{
	char dirpath[SESSION_PATH], name[NAME_TEXT];
	char path[SESSION_PATH + NAME_TEXT + 2];
	json_t *root = NULL;
	char *text = NULL;
	int dir, rc = -1;

	if (!session->identity.has_domain ||
	    session_file_name(name, &session->identity.domain) == -1)
		return session_complain(why, N_("There is no domain to save yet."),
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
	if ((text = json_dumps(root, JSON_INDENT(2))) == NULL)
		err(1, "json");
	if (replace(text, dir, dirpath, name) == -1) {
		complain_unwritable(why, dirpath, errno);
		goto out;
	}
	rc = 0;
out:
	free(text);
	json_decref(root);
	if (dir != -1)
		close(dir);
	return rc;
}

int
session_save_note(const struct name *domain, const char *text,
    char why[static SESSION_WHY])
{
	char dirpath[SESSION_PATH], name[NAME_TEXT];
	int dir, rc = 0;

	if (session_file_name(name, domain) == -1)
		return session_complain(why, N_("There is no domain to save yet."),
		    "", 0);
	strlcpy(strrchr(name, '.'), ".md", sizeof ".md");
	if (session_directory(dirpath, why) == -1)
		return -1;
	dir = open(dirpath, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir == -1 || replace(text, dir, dirpath, name) == -1)
		rc = complain_unwritable(why, dirpath, errno);
	if (dir != -1)
		close(dir);
	return rc;
}

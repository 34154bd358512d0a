#include "session/session.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include <bsd/string.h>
#include <jansson.h>

#include "base/lang.h"
#include "dns/rr.h"
#include "ses/identity-field.h"
#include "session/session-internal.h"
#include "base/text.h"

/* How the name of a file that is being written begins. */
#define SESSION_NEW ".new-"

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

int
session_complain_broken(char why[static SESSION_WHY], const char *path)
{
	return session_complain(why, N_("The saved answers in {path} are "
	    "damaged. The file stays as it is; move it away to start anew."),
	    path, 0);
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

static void
put_field(json_t *to, const struct identity *identity,
    const struct identity_field *field)
{
	char text[IDENTITY_FIELD] = "";
	json_t *list;

	switch (field->how) {
	case IDENTITY_LIST:
		list = json_array();
		for (size_t i = 0; field->get(identity, i, text); i++)
			json_array_append_new(list, json_string(text));
		put(to, field->name, list);
		break;
	case IDENTITY_TIME:
		field->get(identity, 0, text);
		put(to, field->name, json_integer(strtoll(text, NULL, 10)));
		break;
	case IDENTITY_FLAG:
		put(to, field->name,
		    json_boolean(field->get(identity, 0, text)));
		break;
	case IDENTITY_TEXT:
		put_text(to, field->name,
		    field->get(identity, 0, text) ? text : "");
		break;
	}
}

static void
put_session(json_t *to, const struct session *session)
{
	json_t *entered = json_object(), *ses = json_object();

	put(to, "ses", ses);
	for (size_t i = 0; i < identity_field_count; i++)
		put_field(identity_fields[i].part == IDENTITY_OF_SES ? ses :
		    to, &session->identity, &identity_fields[i]);
	put_text(to, "provider", session->provider);
	put(to, "step", json_integer(session->step));
	for (size_t i = 0; i < session->entered.count; i++)
		put(entered, session->entered.tick[i].id,
		    json_integer(session->entered.tick[i].at));
	put(to, "entered", entered);
	put_text(to, "lang", session->lang);
	put_text(to, "arrived", session->arrived);
	put(to, "arrived_at", json_integer(session->arrived_at));
	put(to, "saved_at", json_integer(now_ms()));
}

/*
 * As first seen, unless the domain was entered anew since.  What a later
 * program noted is not touched.
 */
static void
put_noted(json_t *root, const struct noted *noted)
{
	const json_t *old = json_object_get(root, "noted");
	json_t *object, *rows;
	char type[16];

	if (noted == NULL || noted->at == 0 || (old != NULL && (noted->at <=
	    json_integer_value(json_object_get(old, "at")) ||
	    json_integer_value(json_object_get(old, "version")) !=
	    SESSION_NOTED)))
		return;
	object = json_object();
	rows = json_array();
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

static json_t *
find_slot(json_t *identities, const char *region)
{
	json_t *entry;
	size_t i;

	json_array_foreach(identities, i, entry) {
		const char *its =
		    json_string_value(json_object_get(entry, "region"));

		if (strcasecmp(its != NULL ? its : "", region) == 0)
			return entry;
	}
	return NULL;
}

/*
 * The object to write to: of this region, or of none yet, or a new one.  A
 * region that was corrected takes its object along.
 */
static json_t *
slot(json_t *identities, const struct session *session,
    const struct session *base)
{
	json_t *entry = find_slot(identities, session->identity.region);

	if (entry == NULL)
		entry = find_slot(identities, "");
	/* Its region was corrected; else it is another one, beside it. */
	if (entry == NULL && base != NULL &&
	    (!identity_signs(&base->identity) ||
	    identity_signs_alike(&base->identity, &session->identity)))
		entry = find_slot(identities, base->identity.region);
	if (entry != NULL)
		return entry;
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

	snprintf(path, sizeof path, "%s/" SESSION_NEW "XXXXXX", dirpath);
	snprintf(target, sizeof target, "%s/%s", dirpath, name);
	if ((fd = mkostemp(path, O_CLOEXEC)) == -1)
		return -1;
	if (!write_all(fd, text) || fsync(fd) == -1 ||
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

static int
replace_json(const json_t *root, int dir, const char *dirpath,
    const char *name)
{
	char *text = json_dumps(root, JSON_INDENT(2));
	int rc;

	if (text == NULL)
		err(1, "json");
	rc = replace(text, dir, dirpath, name);
	free(text);
	return rc;
}

/* Keys in which two processes need not agree. */
static bool
is_own(const char *key)
{
	return strcmp(key, "saved_at") == 0 || strcmp(key, "step") == 0 ||
	    strcmp(key, "lang") == 0;
}

/*
 * Three ways: what ours changed since base wins, what another process changed
 * meanwhile stays.  Keys of a later dnsesame are not touched.  True when
 * something of another process stayed.
 */
static bool
merge(json_t *file, const json_t *base, json_t *ours)
{
	const char *key;
	json_t *mine;
	bool kept = false;

	json_object_foreach(ours, key, mine) {
		json_t *theirs = json_object_get(file, key);
		const json_t *before = json_object_get(base, key);

		if (json_is_object(mine) && json_is_object(theirs)) {
			kept |= merge(theirs, before, mine);
			continue;
		}
		if (base != NULL && theirs != NULL && !is_own(key) &&
		    !json_equal(theirs, before) && json_equal(mine, before)) {
			kept = true;
			continue;
		}
		if (json_object_set(file, key, mine) == -1)
			err(1, "json");
	}
	return kept;
}

/*
 * The new contents on top of what stands in the file; NULL and why.  *kept:
 * another process's answers are among them.
 */
static json_t *
merged(const struct session *session, const struct session *base,
    const struct noted *noted, int dir, const char *name, const char *path,
    bool *kept, char why[static SESSION_WHY])
{
	json_t *ours = json_object(), *before = NULL, *root;
	struct session old;
	int64_t modified;
	int got;

	got = session_read_root(&root, dir, name, path, &modified, why);
	if (got == 1 && session_pick(&old, root, name, "") == -1) {
		session_complain_broken(why, path);
		json_decref(root);
		got = -1;
	}
	if (got == -1) {
		json_decref(ours);
		return NULL;
	}
	if (got == 0) {
		root = json_object();
		put(root, "version", json_integer(SESSION_VERSION));
		put(root, "identities", json_array());
	}
	put_name(root, "domain", &session->identity.domain, true);
	put_session(ours, session);
	if (base != NULL) {
		before = json_object();
		put_session(before, base);
	}
	*kept = merge(slot(json_object_get(root, "identities"), session, base),
	    before, ours);
	json_decref(before);
	json_decref(ours);
	put_noted(root, noted);
	return root;
}

/* The directory opened and locked; -1 and why.  how: of flock(2). */
static int
lock_directory(char dirpath[static SESSION_PATH], int how,
    char why[static SESSION_WHY])
{
	int dir = -1;

	if (session_directory(dirpath, why) == -1)
		return -1;
	dir = open(dirpath, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* The lock goes with the descriptor. */
	if (dir != -1 && TEMP_FAILURE_RETRY(flock(dir, how)) == 0)
		return dir;
	session_complain_unwritable(why, dirpath, errno);
	if (dir != -1)
		close(dir);
	return -1;
}

/*
 * What a process that was killed while it saved left behind.  Whoever holds
 * the lock knows that nobody is writing.
 */
static void
tidy(int dir)
{
	int fd = dup(dir);
	DIR *list = fd == -1 ? NULL : fdopendir(fd);
	const struct dirent *entry;

	if (list == NULL)
		return;
	while ((entry = readdir(list)) != NULL)
		if (strncmp(entry->d_name, SESSION_NEW, strlen(SESSION_NEW)) ==
		    0)
			(void)unlinkat(dir, entry->d_name, 0);
	rewinddir(list);
	closedir(list);
}

void
session_tidy(void)
{
	char dirpath[SESSION_PATH], why[SESSION_WHY];
	int dir;

	if (session_folder(dirpath) == -1 || access(dirpath, F_OK) == -1)
		return;
	dir = lock_directory(dirpath, LOCK_EX | LOCK_NB, why);
	if (dir == -1)
		return;
	tidy(dir);
	close(dir);
}

int
session_sync(struct session *session, const struct session *base,
    const struct noted *noted, char why[static SESSION_WHY])
{
	char dirpath[SESSION_PATH], name[NAME_TEXT];
	char path[SESSION_PATH + NAME_TEXT + 2];
	json_t *root = NULL;
	bool kept = false;
	int dir, rc = -1;

	if (!session->identity.has_domain ||
	    session_file_name(name, &session->identity.domain) == -1)
		return session_complain(why,
		    N_("There is no domain to save yet."), "", 0);
	if ((dir = lock_directory(dirpath, LOCK_EX, why)) == -1)
		return -1;
	tidy(dir);
	snprintf(path, sizeof path, "%s/%s", dirpath, name);
	root = merged(session, base, noted, dir, name, path, &kept, why);
	if (root == NULL)
		goto out;
	if (replace_json(root, dir, dirpath, name) == -1) {
		session_complain_unwritable(why, dirpath, errno);
		goto out;
	}
	/* The newest is the one just written. */
	rc = kept && session_pick(session, root, name, "") == 1;
out:
	json_decref(root);
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
		return session_complain(why,
		    N_("There is no domain to save yet."), "", 0);
	strlcpy(strrchr(name, '.'), ".md", sizeof ".md");
	if ((dir = lock_directory(dirpath, LOCK_EX, why)) == -1)
		return -1;
	if (replace(text, dir, dirpath, name) == -1)
		rc = session_complain_unwritable(why, dirpath, errno);
	close(dir);
	return rc;
}

int
session_save(const struct session *session, const struct noted *noted,
    char why[static SESSION_WHY])
{
	struct session copy = *session;

	return session_sync(&copy, NULL, noted, why);
}

/* All identities but that of the region; true when none is left. */
static bool
drop_slot(json_t *identities, const char *region)
{
	for (size_t i = json_array_size(identities); i-- > 0;) {
		const char *its = json_string_value(json_object_get(
		    json_array_get(identities, i), "region"));

		if (its != NULL && strcmp(its, region) == 0)
			json_array_remove(identities, i);
	}
	return json_array_size(identities) == 0;
}

int
session_forget(const struct name *domain, const char *region,
    char why[static SESSION_WHY])
{
	char dirpath[SESSION_PATH], name[NAME_TEXT];
	char path[SESSION_PATH + NAME_TEXT + 2];
	json_t *root = NULL;
	int64_t modified;
	int dir, rc = -1;

	if (session_file_name(name, domain) == -1)
		return 0;
	if ((dir = lock_directory(dirpath, LOCK_EX, why)) == -1)
		return -1;
	snprintf(path, sizeof path, "%s/%s", dirpath, name);
	rc = session_read_root(&root, dir, name, path, &modified, why);
	if (rc != 1)
		goto out;
	if (!drop_slot(json_object_get(root, "identities"), region))
		rc = replace_json(root, dir, dirpath, name);
	else if ((rc = unlinkat(dir, name, 0)) == 0) {
		strlcpy(strrchr(name, '.'), ".md", sizeof ".md");
		(void)unlinkat(dir, name, 0);
	}
	if (rc == -1)
		session_complain_unwritable(why, dirpath, errno);
out:
	json_decref(root);
	close(dir);
	return rc == -1 ? -1 : 0;
}

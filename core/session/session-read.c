#include "ses/identity-field.h"
#include "session/session-internal.h"

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <bsd/string.h>

#include "base/lang.h"
#include "dns/rr.h"
#include "ses/plan.h"
#include "base/text.h"

enum {
	SESSION_FILE = 1024 * 1024,	/* octets; ours are a few hundred */
	SESSION_STEPS = 6
};

static int
complain_unreadable(char why[static SESSION_WHY], const char *path, int error)
{
	return session_complain(why, N_("The saved answers in {path} cannot "
	    "be read: {error}. Correct the permissions, or move the file away "
	    "to start anew."), path, error);
}

int
session_file_name(char name[static NAME_TEXT], const struct name *domain)
{
	char text[NAME_TEXT];

	name_text(domain, text);
	if (text[0] == '.' || text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
	    "0123456789-_.")] != '\0')
		return -1;
	return snprintf(name, NAME_TEXT, "%s.json", text) > NAME_MAX ? -1 : 0;
}

int
session_read_root(json_t **root, int dir, const char *name, const char *path,
    int64_t *modified, char why[static SESSION_WHY])
{
	json_t *json = NULL;
	struct stat st;
	json_int_t version;
	FILE *file;
	int fd, rc = -1;

	*root = NULL;
	/* Non-blocking, lest a FIFO of that name holds us. */
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1) {
		if (errno == ENOENT)
			return 0;
		return complain_unreadable(why, path, errno);
	}
	/* A stream: json_loadfd asks the kernel for every octet. */
	if ((file = fdopen(fd, "r")) == NULL)
		err(EX_OSERR, "fdopen");
	if (fstat(fd, &st) == -1) {
		complain_unreadable(why, path, errno);
		goto out;
	}
	*modified = (int64_t)st.st_mtim.tv_sec * 1000 +
	    st.st_mtim.tv_nsec / 1000000;
	if (!S_ISREG(st.st_mode) || st.st_size > SESSION_FILE ||
	    (json = json_loadf(file, 0, NULL)) == NULL ||
	    !json_is_integer(json_object_get(json, "version"))) {
		session_complain_broken(why, path);
		goto out;
	}
	version = json_integer_value(json_object_get(json, "version"));
	if (version > SESSION_VERSION) {
		session_complain(why, N_("The saved answers in {path} "
		    "were written by a newer dnsesame. Use that one, or move "
		    "the file away to start anew."), path, 0);
		goto out;
	}
	if (version < 1 ||
	    !json_is_array(json_object_get(json, "identities"))) {
		session_complain_broken(why, path);
		goto out;
	}
	*root = json;
	json = NULL;
	rc = 1;
out:
	json_decref(json);
	fclose(file);
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

/* The text that a field's setter takes; -1 when it is of another kind. */
static int
get_value(const struct identity_field *field, const json_t *value,
    char text[static IDENTITY_FIELD])
{
	text[0] = '\0';
	if (value == NULL)
		return 0;
	switch (field->how) {
	case IDENTITY_TIME:
		snprintf(text, IDENTITY_FIELD, "%lld",
		    (long long)json_integer_value(value));
		return json_is_integer(value) ? 0 : -1;
	case IDENTITY_FLAG:
		strlcpy(text, json_is_true(value) ? "1" : "", IDENTITY_FIELD);
		return 0;
	default:
		return json_is_string(value) && strlcpy(text,
		    json_string_value(value), IDENTITY_FIELD) <
		    IDENTITY_FIELD ? 0 : -1;
	}
}

/* Every value passes its setter again: the file may be another's work. */
static int
get_identity(struct identity *identity, const char *domain,
    const json_t *root)
{
	const json_t *ses = json_object_get(root, "ses");
	const json_t *value, *item;
	char text[IDENTITY_FIELD];
	const char *why;

	identity_init(identity);
	if (identity_set_domain(identity, domain, &why) == -1)
		return -1;
	for (size_t i = 0; i < identity_field_count; i++) {
		const struct identity_field *field = &identity_fields[i];
		size_t k;

		value = json_object_get(field->part == IDENTITY_OF_SES ? ses :
		    root, field->name);
		if (field->how != IDENTITY_LIST) {
			if (get_value(field, value, text) == -1 ||
			    field->set(identity, text, &why) == -1)
				return -1;
			continue;
		}
		json_array_foreach(value, k, item)
			if (get_value(field, item, text) == -1 ||
			    field->set(identity, text, &why) == -1)
				return -1;
	}
	return 0;
}

/* Of each record by its id; once, it was by its place in the plan. */
static int
get_ticks(struct session *session, json_t *entered)
{
	struct plan plan;
	json_t *value;
	const char *id;
	int64_t at;
	size_t i;
	int rc = 0;

	json_object_foreach(entered, id, value)
		if (get_time(value, &at) == -1 ||
		    ticks_set(&session->entered, id, at) == -1)
			return -1;
	plan_init(&plan);
	plan_make(&plan, &session->identity, "");
	json_array_foreach(entered, i, value) {
		rc |= get_time(value, &at);
		if (i < plan.count)
			ticks_set(&session->entered, plan.wanted[i].id, at);
	}
	plan_release(&plan);
	return rc;
}

static int
get_session(struct session *session, const char *domain, const json_t *from)
{
	const json_t *step = json_object_get(from, "step");

	session_init(session);
	if (get_identity(&session->identity, domain, from) == -1 ||
	    get_field(from, "provider", session->provider,
	    sizeof session->provider) == -1 ||
	    get_field(from, "lang", session->lang,
	    sizeof session->lang) == -1 ||
	    get_field(from, "arrived", session->arrived,
	    sizeof session->arrived) == -1 ||
	    get_time(json_object_get(from, "arrived_at"),
	    &session->arrived_at) == -1 ||
	    get_time(json_object_get(from, "saved_at"),
	    &session->saved_at) == -1 ||
	    get_ticks(session, json_object_get(from, "entered")) == -1)
		return -1;
	session->step = (int)json_integer_value(step);
	return session->step < 1 || session->step > SESSION_STEPS ? -1 : 0;
}

static int
get_noted_row(struct noted *out, const json_t *from)
{
	const char *owner = json_string_value(json_object_get(from, "owner"));
	const char *type = json_string_value(json_object_get(from, "type"));
	const char *value = json_string_value(json_object_get(from, "value"));
	size_t backslashes = 0;
	struct name name;
	const char *why;

	if (owner == NULL || type == NULL || value == NULL ||
	    name_parse(&name, owner, &why) == -1 || rr_type_parse(type) == 0)
		return -1;
	/* Printable, as we write it: a backslash is an escape already. */
	for (const char *c = value; *c != '\0'; c++)
		backslashes += *c == '\\';
	if (text_safe(NULL, 0, value, strlen(value)) != strlen(value) +
	    backslashes)
		return -1;
	noted_add(out, &name, rr_type_parse(type), value);
	return 0;
}

static void
get_noted(struct noted *out, const json_t *root)
{
	const json_t *noted = json_object_get(root, "noted"), *row;
	size_t i;

	if (json_integer_value(json_object_get(noted, "version")) !=
	    SESSION_NOTED ||
	    get_time(json_object_get(noted, "at"), &out->at) == -1)
		return;
	json_array_foreach(json_object_get(noted, "rows"), i, row) {
		if (get_noted_row(out, row) == -1) {
			noted_clear(out);
			return;
		}
	}
}

static const char *
region_of(const json_t *from)
{
	const char *region = json_string_value(json_object_get(from, "region"));

	return region != NULL ? region : "";
}

/* Does an identity before this one say the same region? */
static bool
is_twice(const json_t *identities, size_t index)
{
	const char *region = region_of(json_array_get(identities, index));

	for (size_t i = 0; i < index; i++)
		if (strcasecmp(region, region_of(json_array_get(identities,
		    i))) == 0)
			return true;
	return false;
}

int
session_pick(struct session *out, const json_t *root, const char *name,
    const char *region)
{
	const json_t *identities = json_object_get(root, "identities");
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
	    &why) == -1 ||
	    session_file_name(own, &session.identity.domain) == -1 ||
	    strcmp(own, name) != 0)
		return -1;
	json_array_foreach(identities, i, from) {
		/* Of two for one region only one would be saved again. */
		if (get_session(&session, domain, from) == -1 ||
		    is_twice(identities, i))
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
	rc = session_read_root(&root, dir, name, path, modified, why);
	if (rc != 1)
		return rc;
	if ((rc = session_pick(session, root, name, region)) == -1)
		session_complain_broken(why, path);
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
	if (session_folder(path) == -1)
		return -1;
	if (session_trust(path, why) == -1) {
		*absent = false;
		return -1;
	}
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

	if (session_file_name(name, domain) == -1)
		return 0;
	if ((dir = open_directory(path, &absent, why)) == -1)
		return absent ? 0 : -1;
	rc = load_file(session, dir, path, name, region, &modified, why);
	close(dir);
	return rc;
}

/* Every identity of one file, once the whole of it is understood. */
static void
each_of_file(session_each_fn *each, void *arg, int dir, const char *dirpath,
    const char *name)
{
	char path[SESSION_PATH + NAME_TEXT + 2], why[SESSION_WHY];
	struct session session;
	json_t *root = NULL, *from;
	int64_t modified = 0;
	const char *domain;
	size_t i;
	int rc;

	snprintf(path, sizeof path, "%s/%s", dirpath, name);
	rc = session_read_root(&root, dir, name, path, &modified, why);
	if (rc == 1 && session_pick(&session, root, name, "") == -1)
		rc = session_complain_broken(why, path);
	if (rc == -1)
		each(arg, NULL, modified, why);
	domain = json_string_value(json_object_get(root, "domain"));
	json_array_foreach(json_object_get(root, "identities"), i, from) {
		if (rc == 1 && get_session(&session, domain, from) == 0)
			each(arg, &session, session.saved_at, "");
	}
	json_decref(root);
}

int
session_each(session_each_fn *each, void *arg, char why[static SESSION_WHY])
{
	char path[SESSION_PATH];
	const struct dirent *entry;
	bool absent;
	DIR *list;
	int dir;

	if ((dir = open_directory(path, &absent, why)) == -1)
		return absent ? 0 : -1;
	if ((list = fdopendir(dir)) == NULL)
		err(EX_OSERR, "fdopendir");
	while ((entry = readdir(list)) != NULL) {
		size_t len = strlen(entry->d_name);

		if (entry->d_name[0] != '.' && len >= 5 &&
		    strcmp(entry->d_name + len - 5, ".json") == 0)
			each_of_file(each, arg, dir, path, entry->d_name);
	}
	closedir(list);
	return 0;
}

struct last {
	struct session *session;
	char *why;
	int64_t at;
	int rc;
};

/* A damaged file matters only if it is the last one. */
static void
keep_last(void *arg, const struct session *session, int64_t at,
    const char *why)
{
	struct last *last = arg;

	if (at <= last->at)
		return;
	last->at = at;
	last->rc = session != NULL ? 1 : -1;
	if (session != NULL)
		*last->session = *session;
	else
		strlcpy(last->why, why, SESSION_WHY);
}

int
session_load_last(struct session *session, char why[static SESSION_WHY])
{
	struct last last = { session, why, -1, 0 };

	return session_each(keep_last, &last, why) == -1 ? -1 : last.rc;
}

struct others {
	const struct identity *own;
	struct known *known;
};

static void
keep_known(void *arg, const struct session *session, int64_t at,
    const char *why)
{
	struct others *others = arg;
	struct known *known = others->known;
	const struct identity *own = others->own;

	(void)at;
	(void)why;
	if (session == NULL || known->count == KNOWN_VALUES ||
	    strcmp(session->identity.region, own->region) == 0 ||
	    session->identity.verification[0] == '\0' ||
	    strcmp(session->identity.verification, own->verification) == 0)
		return;
	strlcpy(known->value[known->count++], session->identity.verification,
	    IDENTITY_VERIFICATION);
}

void
session_known(const struct identity *identity, struct known *out)
{
	struct others others = { identity, out };
	char path[SESSION_PATH], name[NAME_TEXT], why[SESSION_WHY];
	bool absent;
	int dir;

	memset(out, 0, sizeof *out);
	if (session_file_name(name, &identity->domain) == -1 ||
	    (dir = open_directory(path, &absent, why)) == -1)
		return;
	each_of_file(keep_known, &others, dir, path, name);
	close(dir);
}

void
session_noted(const struct name *domain, struct noted *out)
{
	char path[SESSION_PATH], name[NAME_TEXT], why[SESSION_WHY];
	int64_t modified;
	json_t *root;
	bool absent;
	int dir;

	noted_clear(out);
	if (session_file_name(name, domain) == -1 ||
	    (dir = open_directory(path, &absent, why)) == -1)
		return;
	if (session_read_root(&root, dir, name, path, &modified, why) == 1)
		get_noted(out, root);
	json_decref(root);
	close(dir);
}

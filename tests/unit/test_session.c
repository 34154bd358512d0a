#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dns/rr.h"
#include "session/session.h"
#include "named.h"

#define TOKEN_A "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2"
#define TOKEN_B "zdqttidvz7ora35tlm64k2ciqh3pvksq"

enum {
	ROUNDS = 20		/* of saving by two processes at once */
};

/* A state directory of its own for each test, two levels not there yet. */
struct place {
	char root[64], file[256];
};

static int
setup(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	char path[128];

	strcpy(place->root, "/tmp/dnsesame-session-XXXXXX");
	if (mkdtemp(place->root) == NULL)
		return -1;
	snprintf(path, sizeof path, "%s/a/b", place->root);
	snprintf(place->file, sizeof place->file, "%s/dnsesame/example.jp.json",
	    path);
	setenv("XDG_STATE_HOME", path, 1);
	*state = place;
	return 0;
}

static int
teardown(void **state)
{
	struct place *place = *state;
	char command[128];

	snprintf(command, sizeof command, "rm -r %s", place->root);
	free(place);
	return system(command) == 0 ? 0 : -1;
}

static struct session
example(const char *domain, const char *region)
{
	struct session session;
	const char *why;

	session_init(&session);
	assert_int_equal(identity_set_domain(&session.identity, domain, &why),
	    0);
	if (region[0] != '\0')
		assert_int_equal(identity_set_region(&session.identity,
		    region, &why), 0);
	return session;
}

static void
save(const struct session *session)
{
	char why[SESSION_WHY] = "";

	if (session_save(session, NULL, why) == -1)
		fail_msg("%s", why);
}

static int
load(struct session *session, const char *domain, const char *region)
{
	struct name name = named(domain);
	char why[SESSION_WHY];

	return session_load(session, &name, region, why);
}

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
read_file(const char *path, char text[static 4096])
{
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	text[fread(text, 1, 4095, file)] = '\0';
	fclose(file);
}

static void
what_was_saved_comes_back(void **state)
{
	struct session saved = example("example.jp", "ap-northeast-1"), got;
	struct identity *identity = &saved.identity;
	const char *why;

	(void)state;
	identity_add_token(identity, TOKEN_A, &why);
	identity_add_token(identity, TOKEN_B, &why);
	identity_set_dkim_zone(identity, "dkim.eu-south-1.amazonses.com",
	    &why);
	identity_set_verification(identity,
	    "fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=", &why);
	identity_set_mail_from(identity, "bounce", &why);
	identity->status = SES_FAILED;
	identity->status_imported = true;
	strcpy(identity->error, "HOST_NOT_FOUND");
	identity->checked_at = 1763600000123;
	identity->pending_since = 1763500000123;
	strcpy(identity->soa, "ns1.example.net");
	identity->mail_from_status = SES_FAILED;
	strcpy(identity->on_mx_failure, "REJECT_MESSAGE");
	strcpy(identity->origin, "AWS_SES");
	strcpy(saved.provider, "muumuu");
	strcpy(saved.lang, "ja");
	saved.step = 5;
	assert_int_equal(ticks_set(&saved.entered, "dkim-1",
	    1763600000456), 0);
	assert_int_equal(ticks_set(&saved.entered, "dmarc", 1), 0);
	save(&saved);
	assert_int_equal(load(&got, "EXAMPLE.jp.", ""), 1);
	assert_true(got.saved_at > 1700000000000);
	assert_true(name_equal(&got.identity.domain, &identity->domain));
	assert_true(name_equal(&got.identity.dkim_zone,
	    &identity->dkim_zone));
	assert_true(name_equal(&got.identity.mail_from,
	    &identity->mail_from));
	assert_string_equal(got.identity.region, "ap-northeast-1");
	assert_int_equal(got.identity.tokens, 2);
	assert_string_equal(got.identity.token[0], TOKEN_A);
	assert_string_equal(got.identity.token[1], TOKEN_B);
	assert_string_equal(got.identity.verification,
	    identity->verification);
	assert_int_equal(got.identity.status, SES_FAILED);
	assert_true(got.identity.status_imported);
	assert_string_equal(got.identity.error, "HOST_NOT_FOUND");
	assert_int_equal(got.identity.checked_at, identity->checked_at);
	assert_int_equal(got.identity.pending_since, identity->pending_since);
	assert_string_equal(got.identity.soa, "ns1.example.net");
	assert_int_equal(got.identity.mail_from_status, SES_FAILED);
	assert_string_equal(got.identity.on_mx_failure, "REJECT_MESSAGE");
	assert_string_equal(got.identity.origin, "AWS_SES");
	assert_string_equal(got.provider, "muumuu");
	assert_string_equal(got.lang, "ja");
	assert_int_equal(got.step, 5);
	assert_memory_equal(&got.entered, &saved.entered, sizeof got.entered);
}

static void
nothing_saved_is_no_error_and_makes_no_folder(void **state)
{
	const struct place *place = *state;
	struct session session;
	char path[128], why[SESSION_WHY];
	struct stat st;

	assert_int_equal(load(&session, "example.jp", ""), 0);
	assert_int_equal(session_load_last(&session, why), 0);
	snprintf(path, sizeof path, "%s/a", place->root);
	assert_int_equal(stat(path, &st), -1);
}

static void
files_are_for_the_user_alone_and_leave_no_litter(void **state)
{
	const struct place *place = *state;
	struct session session = example("example.jp", "");
	char path[SESSION_PATH], why[SESSION_WHY];
	const struct dirent *entry;
	struct stat st;
	size_t files = 0;
	DIR *dir;

	umask(0);
	save(&session);
	save(&session);
	assert_int_equal(session_directory(path, why), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(place->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	dir = opendir(path);
	while ((entry = readdir(dir)) != NULL)
		files++;
	closedir(dir);
	assert_int_equal(files, 3);	/* ".", ".." and the file */
}

static void
each_region_keeps_its_identity(void **state)
{
	struct session tokyo = example("example.jp", "ap-northeast-1");
	struct session ohio = example("example.jp", "us-east-2"), got;

	(void)state;
	tokyo.step = 4;
	save(&tokyo);
	usleep(2000);
	save(&ohio);
	assert_int_equal(load(&got, "example.jp", ""), 1);
	assert_string_equal(got.identity.region, "us-east-2");
	assert_int_equal(load(&got, "example.jp", "ap-northeast-1"), 1);
	assert_int_equal(got.step, 4);
	assert_int_equal(load(&got, "example.jp", "eu-west-1"), 0);
}

/* Once a tick was kept by the place of its record in the plan. */
static void
ticks_by_place_are_understood(void **state)
{
	const struct place *place = *state;
	struct session got = example("example.jp", "");

	save(&got);
	write_file(place->file, "{\"version\": 1, \"domain\": "
	    "\"example.jp\", \"identities\": [{\"step\": 4, "
	    "\"verification\": "
	    "\"fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=\", "
	    "\"entered\": [7, 0, 0, 0, 0, 0, 0, 0]}]}");
	assert_int_equal(load(&got, "example.jp", ""), 1);
	assert_int_equal(ticks_at(&got.entered, "verification"), 7);
	assert_int_equal(ticks_at(&got.entered, "dmarc"), 0);
}

static void
a_session_is_small(void **state)
{
	(void)state;
	assert_true(sizeof(struct session) <= 8192);
}

static void
what_was_noted_first_stays_and_is_of_all_regions(void **state)
{
	struct session tokyo = example("example.jp", "ap-northeast-1");
	struct session ohio = example("example.jp", "us-east-2");
	static struct noted first, second, got = { .take = true };
	struct name domain = tokyo.identity.domain;
	const struct place *place = *state;
	char text[4096], why[SESSION_WHY];

	first.at = second.at = 1763600000123;
	noted_add(&first, &domain, RR_MX, "10 mail.example.jp");
	noted_add(&first, &domain, RR_TXT, "v=spf1 \\007\"\\\\ ~all");
	noted_add(&second, &domain, RR_MX, "1 other.example.net");
	assert_int_equal(session_save(&tokyo, &first, why), 0);
	assert_int_equal(session_save(&ohio, &second, why), 0);
	session_noted(&domain, &got);
	assert_true(got.at == first.at && got.take);
	assert_int_equal(got.count, 2);
	assert_true(name_equal(&got.row[0].owner, &domain));
	assert_int_equal(got.row[0].type, RR_MX);
	assert_string_equal(got.row[0].value, "10 mail.example.jp");
	assert_string_equal(got.row[1].value, first.row[1].value);

	second.at++;
	assert_int_equal(session_save(&ohio, &second, why), 0);
	session_noted(&domain, &got);
	assert_true(got.at == second.at);
	assert_int_equal(got.count, 1);
	assert_string_equal(got.row[0].value, "1 other.example.net");
	/* Who knows nothing of it takes nothing away. */
	save(&tokyo);
	session_noted(&domain, &got);
	assert_true(got.at == second.at);

	/* Of a later program: nothing of it is believed, nothing lost. */
	write_file(place->file, "{\"version\": 1, \"domain\": "
	    "\"example.jp\", \"identities\": [], \"noted\": "
	    "{\"version\": 2, \"at\": 5}}");
	assert_int_equal(session_save(&tokyo, &first, why), 0);
	session_noted(&domain, &got);
	assert_int_equal(got.at, 0);
	read_file(place->file, text);
	assert_non_null(strstr(text, "\"at\": 5"));
}

static void
a_region_that_becomes_known_replaces_none(void **state)
{
	struct session session = example("example.jp", ""), got;
	const char *why;
	char text[4096];
	const struct place *place = *state;

	save(&session);
	identity_set_region(&session.identity, "us-east-2", &why);
	save(&session);
	assert_int_equal(load(&got, "example.jp", "us-east-2"), 1);
	read_file(place->file, text);
	assert_null(strstr(text, "\"region\": \"\""));
}

static void
the_last_saved_domain_is_found(void **state)
{
	struct session one = example("example.jp", "");
	struct session two = example("news.example.co.jp", ""), got;
	char why[SESSION_WHY], text[NAME_TEXT];

	(void)state;
	save(&one);
	usleep(2000);
	save(&two);
	assert_int_equal(session_load_last(&got, why), 1);
	assert_string_equal(name_text(&got.identity.domain, text),
	    "news.example.co.jp");
	usleep(2000);
	save(&one);
	assert_int_equal(session_load_last(&got, why), 1);
	assert_string_equal(name_text(&got.identity.domain, text),
	    "example.jp");
}

/* Not understood: named, left as it is, and not written over. */
static void
assert_left_alone(const struct place *place, const char *text,
    const char *word)
{
	struct session session = example("example.jp", "");
	char why[SESSION_WHY], after[4096];

	save(&session);
	write_file(place->file, text);
	assert_int_equal(session_load(&session, &session.identity.domain, "",
	    why), -1);
	assert_non_null(strstr(why, place->file));
	assert_non_null(strstr(why, word));
	assert_int_equal(session_load_last(&session, why), -1);
	assert_non_null(strstr(why, place->file));
	session = example("example.jp", "");
	assert_int_equal(session_save(&session, NULL, why), -1);
	assert_non_null(strstr(why, place->file));
	read_file(place->file, after);
	assert_string_equal(after, text);
	unlink(place->file);
}

static void
a_file_from_the_future_is_left_alone(void **state)
{
	assert_left_alone(*state, "{\"version\": 2, \"domain\": "
	    "\"example.jp\", \"identities\": []}", "newer");
}

static void
a_damaged_file_is_left_alone(void **state)
{
	static const char *const texts[] = {
		"",
		"{\"version\": 1, \"domain\": \"example.jp\", \"ident",
		"[]",
		"{\"version\": \"1\", \"identities\": []}",
		"{\"version\": 0, \"identities\": []}",
		"{\"version\": 1, \"identities\": [{}]}",
		"{\"version\": 1, \"domain\": \"example.jp\"}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[{\"step\": 9}]}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[{\"step\": 1, \"tokens\": [\"a b\"]}]}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[{\"step\": 1, \"region\": 7}]}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[{\"step\": 1, \"lang\": \"\\u001b[2J\"}]}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[{\"step\": 1, \"entered\": {\"dkim-1\": \"x\"}}]}",
		"{\"version\": 1, \"domain\": \"example.jp\", \"identities\": "
		    "[7]}",
		/* Another domain's, copied by hand. */
		"{\"version\": 1, \"domain\": \"example.com\", \"identities\": "
		    "[{\"step\": 1}]}",
		"{\"version\": 1, \"domain\": \"example.com\", \"identities\": "
		    "[]}",
	};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_left_alone(*state, texts[i], "damaged");
}

static void
an_old_damaged_file_does_not_hide_the_last_one(void **state)
{
	const struct place *place = *state;
	struct session session = example("example.jp", ""), got;
	char why[SESSION_WHY], text[NAME_TEXT];

	save(&session);
	write_file(place->file, "{");
	usleep(20000);
	session = example("example.com", "");
	save(&session);
	assert_int_equal(session_load_last(&got, why), 1);
	assert_string_equal(name_text(&got.identity.domain, text),
	    "example.com");
}

static void
keys_of_a_later_program_survive(void **state)
{
	const struct place *place = *state;
	struct session session = example("example.jp", "us-east-2");
	char text[4096];

	save(&session);
	write_file(place->file, "{\"version\": 1, \"domain\": \"example.jp\", "
	    "\"later\": 1, \"identities\": [{\"region\": \"us-east-2\", "
	    "\"step\": 1, \"later\": \"kept\", \"ses\": {\"odd\": 5}}]}");
	save(&session);
	read_file(place->file, text);
	assert_non_null(strstr(text, "\"later\": 1"));
	assert_non_null(strstr(text, "\"later\": \"kept\""));
	assert_non_null(strstr(text, "\"odd\": 5"));
}

static void
a_name_never_leaves_the_directory(void **state)
{
	static const char *const names[] = {
		"../../etc/passwd", "..\\.", "a\\/b.jp", "\\.\\./x.jp", ".",
	};
	struct session session = example("example.jp", "");

	(void)state;
	save(&session);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct session bad = session;
		char why[SESSION_WHY];
		const char *reason;

		if (name_parse(&bad.identity.domain, names[i], &reason) == -1)
			continue;
		assert_int_equal(session_save(&bad, NULL, why), -1);
		assert_int_equal(load(&bad, names[i], ""), 0);
	}
}

/* As in a service of systemd: the folder of /etc/passwd. */
static void
without_a_home_it_is_the_account_s(void **state)
{
	const struct passwd *user = getpwuid(getuid());
	char want[SESSION_PATH + 32], path[SESSION_PATH];

	(void)state;
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
	assert_int_equal(session_folder(path), 0);
	snprintf(want, sizeof want, "%s/.local/state/dnsesame", user->pw_dir);
	assert_string_equal(path, want);
	setenv("HOME", "/somewhere", 1);
	assert_int_equal(session_folder(path), 0);
	assert_string_equal(path, "/somewhere/.local/state/dnsesame");
}

static void
says_where_it_cannot_write(void **state)
{
	const struct place *place = *state;
	struct session session = example("example.jp", "");
	char path[128], why[SESSION_WHY];

	/* A file where the folder should be refuses even root. */
	snprintf(path, sizeof path, "%s/a", place->root);
	write_file(path, "");
	assert_int_equal(session_save(&session, NULL, why), -1);
	assert_non_null(strstr(why, place->root));
	assert_non_null(strstr(why, "XDG_STATE_HOME"));
}

/* Each changed something else: both are kept, and both are told. */
static void
two_processes_on_one_domain_keep_both_changes(void **state)
{
	struct session base = example("example.jp", "us-east-2");
	struct session mine, other, got;
	char why[SESSION_WHY];
	const char *reason;

	(void)state;
	save(&base);
	assert_int_equal(load(&base, "example.jp", ""), 1);
	mine = other = base;
	identity_add_token(&other.identity, TOKEN_A, &reason);
	other.step = 4;
	assert_int_equal(session_sync(&other, &base, NULL, why), 0);
	mine.identity.status = SES_PENDING;
	assert_int_equal(session_sync(&mine, &base, NULL, why), 1);
	assert_string_equal(mine.identity.token[0], TOKEN_A);
	assert_int_equal(mine.identity.status, SES_PENDING);
	assert_int_equal(load(&got, "example.jp", ""), 1);
	assert_string_equal(got.identity.token[0], TOKEN_A);
	assert_int_equal(got.identity.status, SES_PENDING);
	/* Nobody else since then; and what both changed is ours. */
	base = mine;
	assert_int_equal(session_sync(&mine, &base, NULL, why), 0);
	strcpy(other.provider, "xserver");
	save(&other);
	strcpy(mine.provider, "muumuu");
	assert_int_equal(session_sync(&mine, &base, NULL, why), 1);
	assert_string_equal(mine.provider, "muumuu");
	assert_int_equal(mine.identity.status, SES_UNKNOWN);
}

static void
a_corrected_region_leaves_no_second_identity(void **state)
{
	struct session base = example("example.jp", "us-east-2"), next, got;
	char why[SESSION_WHY];
	const char *reason;

	(void)state;
	save(&base);
	next = base;
	identity_set_region(&next.identity, "us-east-1", &reason);
	assert_int_equal(session_sync(&next, &base, NULL, why), 0);
	assert_int_equal(load(&got, "example.jp", "us-east-2"), 0);
	assert_int_equal(load(&got, "example.jp", "us-east-1"), 1);
}

static struct session
with_text(const char *region, const char *value)
{
	struct session session = example("example.jp", region);
	const char *why;

	assert_int_equal(identity_set_verification(&session.identity, value,
	    &why), 0);
	return session;
}

/* Of TXT values alone, too: nothing but the value tells the two apart. */
static void
another_region_s_values_stand_beside_the_first(void **state)
{
	static const char *const value[] = {
		"fJHGmR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=",
		"AAAAR4HZCx5D+O8VKFmU8l8L+8gk3FhzaoSgfuOdsA=" };
	struct session base = with_text("us-east-2", value[0]);
	struct session next = with_text("us-east-1", value[1]), got;
	char why[SESSION_WHY];
	const char *reason;

	(void)state;
	save(&base);
	assert_int_equal(session_sync(&next, &base, NULL, why), 0);
	assert_int_equal(load(&got, "example.jp", "us-east-2"), 1);
	assert_string_equal(got.identity.verification, value[0]);
	assert_int_equal(load(&got, "example.jp", "us-east-1"), 1);
	assert_string_equal(got.identity.verification, value[1]);

	/* The same value: its region was wrong and is corrected. */
	base = next;
	identity_set_region(&next.identity, "eu-north-1", &reason);
	assert_int_equal(session_sync(&next, &base, NULL, why), 0);
	assert_int_equal(load(&got, "example.jp", "us-east-1"), 0);
	assert_int_equal(load(&got, "example.jp", "eu-north-1"), 1);
	assert_int_equal(load(&got, "example.jp", "us-east-2"), 1);
}

static void
forgets_one_region_then_the_file(void **state)
{
	const struct place *place = *state;
	struct session tokyo = example("example.jp", "ap-northeast-1"), got;
	struct session ohio = example("example.jp", "us-east-2");
	char why[SESSION_WHY];
	struct stat st;

	save(&tokyo);
	save(&ohio);
	assert_int_equal(session_forget(&ohio.identity.domain, "us-east-2",
	    why), 0);
	assert_int_equal(load(&got, "example.jp", ""), 1);
	assert_string_equal(got.identity.region, "ap-northeast-1");
	assert_int_equal(session_forget(&ohio.identity.domain,
	    "ap-northeast-1", why), 0);
	assert_int_equal(stat(place->file, &st), -1);
	assert_int_equal(session_forget(&ohio.identity.domain, "", why), 0);
}

/* A half-written file of a killed process goes, that of a live one stays. */
static void
tidies_only_when_nobody_writes(void **state)
{
	struct session session = example("example.jp", "");
	char folder[SESSION_PATH], path[SESSION_PATH + 16], why[SESSION_WHY];
	struct stat st;
	int dir;

	(void)state;
	session_tidy();
	save(&session);
	assert_int_equal(session_directory(folder, why), 0);
	snprintf(path, sizeof path, "%s/.new-abcdef", folder);
	write_file(path, "{");
	dir = open(folder, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(dir, LOCK_EX), 0);
	session_tidy();
	assert_int_equal(stat(path, &st), 0);
	close(dir);
	session_tidy();
	assert_int_equal(stat(path, &st), -1);
	assert_int_equal(load(&session, "example.jp", ""), 1);
}

static void
two_processes_do_not_lose_each_others_regions(void **state)
{
	static const char *const regions[] = {
		"us-east-1", "us-east-2", "eu-west-1", "eu-west-2",
	};
	enum { WRITERS = sizeof regions / sizeof regions[0] };
	struct session got;
	int status;

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		struct session session = example("example.jp", regions[i]);
		char why[SESSION_WHY];

		if (fork() != 0)
			continue;
		for (int round = 1; round <= ROUNDS; round++) {
			ticks_set(&session.entered, "dkim-1", round);
			if (session_save(&session, NULL, why) == -1)
				_exit(1);
		}
		_exit(0);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(load(&got, "example.jp", regions[i]), 1);
		assert_int_equal(ticks_at(&got.entered, "dkim-1"), ROUNDS);
	}
}

struct seen {
	int tokyo, seoul, other, damaged;
};

static void
count(void *arg, const struct session *session, int64_t at, const char *why)
{
	struct seen *seen = arg;

	assert_true(at > 0);
	if (session == NULL) {
		seen->damaged++;
		assert_non_null(strstr(why, "cut.jp.json"));
	} else if (strcmp(session->identity.region, "ap-northeast-1") == 0) {
		seen->tokyo++;
	} else if (strcmp(session->identity.region, "ap-northeast-2") == 0) {
		seen->seoul++;
	} else {
		seen->other++;
	}
}

static void
each_identity_is_told_once(void **state)
{
	const struct place *place = *state;
	struct seen seen = { 0 };
	struct session session;
	char path[300], why[SESSION_WHY];

	assert_int_equal(session_each(count, &seen, why), 0);
	session = example("example.jp", "ap-northeast-1");
	save(&session);
	session = example("example.jp", "ap-northeast-2");
	save(&session);
	session = example("example.com", "");
	save(&session);
	snprintf(path, sizeof path, "%.*scut.jp.json",
	    (int)(strrchr(place->file, '/') + 1 - place->file), place->file);
	write_file(path, "{\"version\": 1, \"domain\": \"cut");
	assert_int_equal(session_each(count, &seen, why), 0);
	assert_int_equal(seen.tokyo, 1);
	assert_int_equal(seen.seoul, 1);
	assert_int_equal(seen.other, 1);
	assert_int_equal(seen.damaged, 1);
}

static void
the_note_stands_beside_the_answers(void **state)
{
	struct session session = example("example.jp", "ap-northeast-1");
	char text[4096], why[SESSION_WHY] = "", file[4096];

	(void)state;
	save(&session);
	assert_int_equal(session_save_note(&session.identity.domain,
	    "# A note\n", why), 0);
	assert_int_equal(session_save_note(&session.identity.domain,
	    "# Another\n", why), 0);
	snprintf(file, sizeof file, "%s/dnsesame/example.jp.md",
	    getenv("XDG_STATE_HOME"));
	read_file(file, text);
	assert_string_equal(text, "# Another\n");
	assert_int_equal(load(&session, "example.jp", ""), 1);
}

/* b of a/b is a link to a folder of ours; a is as open as its mode says. */
static int
save_through_link(const struct place *place, mode_t mode, uid_t owner,
    char why[static SESSION_WHY])
{
	const struct session session = example("example.jp", "");
	char path[128], target[128];

	snprintf(target, sizeof target, "%s/elsewhere", place->root);
	(void)mkdir(target, 0700);
	snprintf(path, sizeof path, "%s/a", place->root);
	(void)mkdir(path, 0700);
	assert_int_equal(chmod(path, mode), 0);
	strcat(path, "/b");
	(void)unlink(path);
	assert_int_equal(symlink(target, path), 0);
	assert_int_equal(lchown(path, owner, (gid_t)-1), 0);
	return session_save(&session, NULL, why);
}

static void
a_link_that_others_can_change_is_refused(void **state)
{
	const struct place *place = *state;
	const mode_t open[] = { 0770, 0707, 01777 };
	struct session session;
	char why[SESSION_WHY] = "", path[SESSION_PATH];

	assert_int_equal(save_through_link(place, 0755, getuid(), why), 0);
	assert_int_equal(load(&session, "example.jp", ""), 1);
	for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
		assert_int_equal(save_through_link(place, open[i], getuid(),
		    why), -1);
		assert_non_null(strstr(why, "/a/b is a link"));
		assert_int_equal(load(&session, "example.jp", ""), -1);
	}
	assert_int_equal(save_through_link(place, 0700, getuid(), why), 0);
	if (getuid() != 0)
		return;
	assert_int_equal(save_through_link(place, 0700, 65534, why), -1);
	assert_int_equal(save_through_link(place, 0700, 0, why), 0);
	snprintf(path, sizeof path, "%s/a", place->root);
	assert_int_equal(chown(path, 65534, (gid_t)-1), 0);
	assert_int_equal(load(&session, "example.jp", ""), -1);
}

int
main(void)
{
#define SESSION_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		SESSION_TEST(what_was_saved_comes_back),
		SESSION_TEST(nothing_saved_is_no_error_and_makes_no_folder),
		SESSION_TEST(files_are_for_the_user_alone_and_leave_no_litter),
		SESSION_TEST(a_link_that_others_can_change_is_refused),
		SESSION_TEST(each_region_keeps_its_identity),
		SESSION_TEST(ticks_by_place_are_understood),
		SESSION_TEST(a_session_is_small),
		SESSION_TEST(what_was_noted_first_stays_and_is_of_all_regions),
		SESSION_TEST(a_region_that_becomes_known_replaces_none),
		SESSION_TEST(the_last_saved_domain_is_found),
		SESSION_TEST(a_file_from_the_future_is_left_alone),
		SESSION_TEST(a_damaged_file_is_left_alone),
		SESSION_TEST(an_old_damaged_file_does_not_hide_the_last_one),
		SESSION_TEST(keys_of_a_later_program_survive),
		SESSION_TEST(a_name_never_leaves_the_directory),
		SESSION_TEST(without_a_home_it_is_the_account_s),
		SESSION_TEST(says_where_it_cannot_write),
		SESSION_TEST(each_identity_is_told_once),
		SESSION_TEST(the_note_stands_beside_the_answers),
		SESSION_TEST(two_processes_on_one_domain_keep_both_changes),
		SESSION_TEST(a_corrected_region_leaves_no_second_identity),
		SESSION_TEST(another_region_s_values_stand_beside_the_first),
		SESSION_TEST(forgets_one_region_then_the_file),
		SESSION_TEST(tidies_only_when_nobody_writes),
		SESSION_TEST(two_processes_do_not_lose_each_others_regions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "mail/received.h"

#include <string.h>
#include <strings.h>

#include "mail/header.h"
#include "base/lang.h"
#include "dns/suffix.h"
#include "mail/tags.h"
#include "base/text.h"

/* What stands in no mail's body by itself and in no page's table. */
static const char *const strong[] = {
	"Received", "Delivered-To", "Return-Path", "Authentication-Results",
	"DKIM-Signature", "ARC-Seal", "X-Received", "X-SES-Outgoing",
	"Feedback-ID", "MIME-Version", "Received-SPF", "X-Apparently-To",
	"X-Originating-IP", "X-Gm-Message-State",
	"X-MS-Exchange-Organization-SCL",
	"ARC-Authentication-Results", "ARC-Message-Signature"
};

/* Fields that somebody adds who passes a mail on. */
static const char *const forwarding[] = {
	"Resent-From", "Resent-To", "Resent-Sender", "X-Forwarded-To",
	"X-Forwarded-For", "X-BeenThere", "X-Google-Group-Id"
};

static bool
is_one_of(const struct header_field *field, const char *const *names,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (header_field_is(field, names[i]))
			return true;
	return false;
}

#define IS_ONE_OF(field, names) \
	is_one_of(field, names, sizeof(names) / sizeof(names)[0])

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_host(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* The first word with a dot that ends in letters: no address of a machine. */
static void
find_host(struct auth_said *said, const char *text, size_t len)
{
	char host[NAME_TEXT];
	const char *why;

	for (size_t at = 0, begin; at < len && !said->has_domain; at++) {
		for (begin = at; at < len && is_host(text[at]); at++)
			continue;
		while (at > begin && text[at - 1] == '.')
			at--;
		if (at == begin || at - begin >= sizeof host ||
		    !is_letter(text[at - 1]))
			continue;
		memcpy(host, text + begin, at - begin);
		host[at - begin] = '\0';
		said->has_domain = strchr(host, '.') != NULL &&
		    name_parse(&said->domain, host, &why) == 0;
	}
}

/*
 * "DKIM: 'PASS' with domain example.jp", in whatever language: the result is
 * the first word in Latin letters, and what looks like a host is the domain.
 */
static bool
line_result(struct auth_said *out, const char *text, size_t len)
{
	size_t begin = 0, end;

	while (begin < len && !is_letter(text[begin]))
		begin++;
	for (end = begin; end < len && is_letter(text[end]); end++)
		continue;
	out->result = auth_result_parse(text + begin, end - begin);
	if (out->result == AUTH_UNSAID)
		return false;
	if (out->method == AUTH_DKIM)
		find_host(out, text + end, len - end);
	return true;
}

/* The name of a method and a colon, full-width ones too, or a tab. */
static size_t
line_begins(const struct header_line *line, enum auth_method *method)
{
	size_t at = 0, begin;

	while (at < line->len && (line->text[at] == ' ' ||
	    line->text[at] == '\t'))
		at++;
	for (begin = at; at < line->len && is_letter(line->text[at]); at++)
		continue;
	if (auth_method_parse(line->text + begin, at - begin, method) == -1)
		return 0;
	while (at < line->len && line->text[at] == ' ')
		at++;
	if (at == line->len)
		return 0;
	if (line->text[at] == ':' || line->text[at] == '\t')
		return at + 1;
	return line->len - at >= 3 && memcmp(line->text + at, "\xef\xbc\x9a",
	    3) == 0 ? at + 3 : 0;
}

/* One of the three lines of Gmail's page; its value may be on the next. */
static bool
take_line(struct received *out, const char *text, size_t len,
    const struct header_line *line, size_t *at)
{
	struct authres *results = &out->results;
	struct header_line value;
	struct auth_said said = { 0 };
	size_t next = *at, begin = line_begins(line, &said.method);

	if (begin == 0 || results->count == AUTH_METHODS)
		return false;
	value = (struct header_line){ line->text + begin, line->len - begin };
	while (header_line_is_blank(&value) &&
	    header_line_next(&value, text, len, &next))
		continue;
	if (!line_result(&said, value.text, value.len))
		return false;
	*at = next;
	results->said[results->count++] = said;
	out->lines = results->count;
	return true;
}

/* Where the header begins, and what the page above it says. */
struct start {
	size_t at;
	struct name from;	/* of a row of the page, not of the header */
	size_t froms;
	bool found;
};

static void
find_start(struct start *start, struct received *out, const char *text,
    size_t len)
{
	struct header_field field;
	struct header_line line;
	size_t at = 0, before = 0, run = 0, run_at = 0;
	bool rows = false;

	memset(start, 0, sizeof *start);
	for (; header_line_next(&line, text, len, &at); before = at) {
		if (take_line(out, text, len, &line, &at)) {
			rows = true;
			run = 0;
		} else if (header_line_is_blank(&line)) {
			/* A header that ends here: below it is the mail. */
			if (run >= 2 && !rows)
				break;
			run = 0;
		} else if (header_field_begins(&field, &line)) {
			bool row = memchr(line.text, '\t', line.len) != NULL;

			if (header_field_is(&field, "From") &&
			    start->froms == 0)
				start->froms = header_addresses(&start->from,
				    field.value, field.value_len);
			rows = rows || (row && run == 0);
			if (run++ == 0)
				run_at = before;
			if (!IS_ONE_OF(&field, strong))
				continue;
			start->found = true;
			start->at = run_at;
			return;
		} else if (run > 0 && line.text[0] != ' ' &&
		    line.text[0] != '\t') {
			run = 0;
		}
	}
	start->found = run >= 2;
	start->at = run_at;
}

static void
take_signature(struct received *out, const struct header_field *field)
{
	struct received_signature *signature =
	    &out->signature[out->signatures];
	const uint8_t *text = (const uint8_t *)field->value;
	char domain[NAME_TEXT];
	struct tag tag;
	size_t at = 0;
	const char *why;
	bool named = false;

	if (out->signatures == RECEIVED_SIGNATURES)
		return;
	memset(signature, 0, sizeof *signature);
	while (tag_next(&tag, text, field->value_len, &at)) {
		if (tag_is(&tag, "d") && tag.value_len < sizeof domain) {
			memcpy(domain, tag.value, tag.value_len);
			domain[tag.value_len] = '\0';
			named = name_parse_idn(&signature->domain, domain,
			    &why) == 0;
		} else if (tag_is(&tag, "s") && text_safe(signature->selector,
		    AUTHRES_SELECTOR, tag.value, tag.value_len) >=
		    AUTHRES_SELECTOR) {
			signature->selector[0] = '\0';
		}
	}
	out->signatures += named;
}

static bool
below_ses(const struct name *name)
{
	struct name ses;
	const char *why;

	return name_parse(&ses, "amazonses.com", &why) == 0 &&
	    name_is_below(name, &ses);
}

/* "1.ap-northeast-1.KEY=:AmazonSES": the part that looks like a region. */
static void
take_feedback(struct received *out, const struct header_field *field)
{
	size_t begin = 0, end, dashes;

	for (; begin < field->value_len; begin = end + 1) {
		const char *part = field->value + begin;

		dashes = 0;
		for (end = begin; end < field->value_len &&
		    strchr(".: \t\r\n", field->value[end]) == NULL; end++)
			dashes += field->value[end] == '-';
		if (end - begin == 9 && strncasecmp(part, "AmazonSES", 9) == 0)
			out->ses = true;
		if (dashes < 2 || end - begin >= RECEIVED_REGION ||
		    out->region[0] != '\0')
			continue;
		for (size_t i = 0; i < end - begin; i++)
			if (!(part[i] >= 'a' && part[i] <= 'z') &&
			    !(part[i] >= '0' && part[i] <= '9') &&
			    part[i] != '-')
				dashes = 0;
		if (dashes >= 2 && part[end - begin - 1] >= '0' &&
		    part[end - begin - 1] <= '9' && is_letter(part[0]))
			memcpy(out->region, part, end - begin);
	}
}

/* SRS, and Gmail's own way to forward, rewrite who the mail comes from. */
static bool
is_rewritten(const char *value, size_t len)
{
	const char *at = memchr(value, '@', len);
	size_t begin = 0;

	if (at == NULL)
		return false;
	len = (size_t)(at - value);
	begin = len > 0 && value[0] == '<';
	if (len - begin > 5 && strncasecmp(value + begin, "SRS", 3) == 0)
		return true;
	return memmem(value, len, "+caf_=", 6) != NULL;
}

/* Two seals of those who handled it: one passed it to the other. */
static bool
is_resealed(const struct header_field *field)
{
	struct tag tag;
	size_t at = 0;

	while (tag_next(&tag, (const uint8_t *)field->value, field->value_len,
	    &at))
		if (tag_is(&tag, "i"))
			return tag.value_len > 1 || (tag.value_len == 1 &&
			    *tag.value > '1');
	return false;
}

/* Machines of one mailbox: "dkim.example.com" and "spf.example.com". */
static bool
is_sibling(const char *a, const char *b)
{
	struct name x, y;
	const char *why;

	if (name_parse(&x, a, &why) == -1 || name_parse(&y, b, &why) == -1)
		return false;
	suffix_registered(&x, &x);
	suffix_registered(&y, &y);
	return name_equal(&x, &y);
}

/*
 * The topmost field is the mailbox's own, and those right below it that its
 * sister machines wrote of other methods; anybody may have written the rest.
 */
static void
take_results(struct received *out, const struct header_field *field)
{
	struct authres *results = &out->results, more = { 0 };
	bool said[AUTH_METHODS] = { false };

	authres_parse(&more, field->value, field->value_len);
	if (out->topmost == 0) {
		memcpy(results->server, more.server, sizeof more.server);
		out->topmost = out->fields;
	} else if (out->fields == out->topmost + 1 &&
	    is_sibling(results->server, more.server)) {
		out->topmost = out->fields;
	} else {
		out->below++;
		return;
	}
	for (size_t i = out->lines; i < results->count; i++)
		said[results->said[i].method] = true;
	for (size_t i = 0; i < more.count; i++)
		if (results->count < AUTHRES_SAID && !said[more.said[i].method])
			results->said[results->count++] = more.said[i];
}

static void
take_field(struct received *out, const struct header_field *field)
{
	struct name name;
	int64_t at;

	out->fields++;
	out->joined = out->joined || field->joined;
	if (header_field_is(field, "Authentication-Results")) {
		take_results(out, field);
	} else if (header_field_is(field, "DKIM-Signature")) {
		take_signature(out, field);
	} else if (header_field_is(field, "From")) {
		out->froms += header_addresses(out->froms == 0 ? &out->from :
		    &name, field->value, field->value_len);
	} else if (header_field_is(field, "Return-Path")) {
		if (!out->has_envelope)
			out->has_envelope = header_addresses(&out->envelope,
			    field->value, field->value_len) > 0;
		out->passed_on = out->passed_on ||
		    is_rewritten(field->value, field->value_len);
	} else if (header_field_is(field, "X-SES-Outgoing")) {
		out->ses = true;
	} else if (header_field_is(field, "Feedback-ID")) {
		take_feedback(out, field);
	} else if (header_field_is(field, "Message-ID")) {
		out->ses = out->ses || (header_addresses(&name, field->value,
		    field->value_len) > 0 && below_ses(&name));
	} else if (header_field_is(field, "ARC-Seal")) {
		out->passed_on = out->passed_on || is_resealed(field);
	} else if (IS_ONE_OF(field, forwarding)) {
		out->passed_on = true;
	} else if ((header_field_is(field, "Received") ||
	    header_field_is(field, "Date")) && out->at == 0 &&
	    (at = header_date(field->value, field->value_len)) > 0) {
		out->at = at;
	}
}

static bool
is_page(const char *text, size_t len)
{
	while (len > 0 && strchr(" \t\r\n", *text) != NULL) {
		text++;
		len--;
	}
	return len > 1 && text[0] == '<' && (text[1] == '!' ||
	    is_letter(text[1])) && memchr(text, '@', len < 64 ? len : 64) ==
	    NULL;
}

static const char *
skip_mark(const char *text, size_t *len)
{
	if (*len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		*len -= 3;
		return text + 3;
	}
	return text;
}

static const char received_no_mail[] =
    N_("This is not the source of a mail. That has lines like \"Received: "
       "...\" and \"From: ...\" at its top.");

int
received_read(struct received *out, const char *text, size_t len,
    const char **why)
{
	struct header_field field;
	struct start start;
	bool more = len > RECEIVED_MAX;
	size_t at;

	memset(out, 0, sizeof *out);
	text = skip_mark(text, &len);
	if (more)
		len = RECEIVED_MAX;
	if (is_page(text, len)) {
		*why = N_("This is the code of a web page. Select the text "
		    "that the page shows, copy it and paste that.");
		return -1;
	}
	find_start(&start, out, text, len);
	if (!start.found && out->lines == 0) {
		*why = received_no_mail;
		return -1;
	}
	for (at = start.at; start.found &&
	    header_field_next(&field, text, len, &at);)
		take_field(out, &field);
	if (more && at >= len) {
		*why = N_("The header of this mail does not end within 1 MB. "
		    "No mailbox makes such a one; copy the source again.");
		return -1;
	}
	if (out->froms == 0 && start.froms > 0) {
		out->from = start.from;
		out->froms = start.froms;
	}
	if (out->lines == 0 && out->topmost == 0 && out->froms == 0 &&
	    out->signatures == 0) {
		*why = received_no_mail;
		return -1;
	}
	for (size_t i = 0; i < out->signatures; i++)
		out->ses = out->ses || below_ses(&out->signature[i].domain);
	return 0;
}

/* Any octets as a received mail, and judged against an identity. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diagnose/arrival.h"
#include "diagnose/exit-status.h"
#include "mail/header.h"
#include "mail/received.h"
#include "require.h"

static void
check_arrival(const struct received *mail, const struct identity *identity)
{
	struct arrival arrival;
	enum state worst = STATE_PASS;

	arrival_judge(&arrival, mail, identity);
	require(arrival.causes <= ARRIVAL_CAUSES);
	for (size_t i = 0; i < arrival.causes; i++) {
		require(arrival.cause[i].id < ARRIVAL_COUNT);
		require(i == 0 || arrival.cause[i - 1].state >=
		    arrival.cause[i].state);
		if (arrival.cause[i].state > worst)
			worst = arrival.cause[i].state;
	}
	require(arrival.verdict == worst);
	require(exit_status(arrival.verdict) >= 0 &&
	    exit_status(arrival.verdict) <= 3);
	/* Nobody is told "passed" of what no mailbox said. */
	require(arrival.verdict != STATE_PASS ||
	    (arrival.line[AUTH_DKIM].result == AUTH_PASS &&
	    arrival.line[AUTH_DMARC].result == AUTH_PASS));
}

static void
check_text(const char *text)
{
	for (; *text != '\0'; text++)
		require((unsigned char)*text >= ' ' && *text != 0x7f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *why = NULL;
	struct received mail;
	struct identity identity;
	struct name name;

	if (received_read(&mail, text, size, &why) == -1) {
		require(why != NULL);
		return 0;
	}
	require(mail.results.count <= AUTHRES_SAID);
	require(mail.lines <= AUTH_METHODS && mail.lines <=
	    mail.results.count);
	require(mail.signatures <= RECEIVED_SIGNATURES);
	require(mail.at >= 0);
	check_text(mail.results.server);
	for (size_t i = 0; i < mail.results.count; i++) {
		require(mail.results.said[i].result != AUTH_UNSAID);
		check_text(mail.results.said[i].reason);
		check_text(mail.results.said[i].selector);
	}
	identity_init(&identity);
	require(identity_set_domain(&identity, "example.jp", &why) == 0);
	require(identity_add_token(&identity,
	    "7klfyylbeg3rhdsv5ucdrd6pm6hu2zx2", &why) == 0);
	require(identity_set_mail_from(&identity, "bounce", &why) == 0);
	check_arrival(&mail, NULL);
	check_arrival(&mail, &identity);
	(void)header_addresses(&name, text, size);
	(void)header_date(text, size);
	return 0;
}

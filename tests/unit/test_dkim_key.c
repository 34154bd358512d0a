#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "mail/dkim-key.h"

/* Made for these tests; the private halves are gone. */
static const char rsa768[] =
    "MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhAJ9rWLY25hyYoMyRBSmW5qpt7Kj7YL1L"
    "UyDL9pQXlodSSSIGjy/GtBTwcjwwMFwjByBNSDZqzaaEuwDNDqr5Y7RuoGLBFjEb"
    "pBsnepAAJ7/VSg2JQZ5FVzMMDJq3c6T0dQIDAQAB";
static const char rsa1024[] =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDWfMyXvKPTfB+9QX9c3zoQQMuR"
    "v01uKgQrHErcZWUu1HcsAhEqIpnJbcgHlGHcoVKSdIPbZ8IMixXbM1b87SGqFzzu"
    "xk2NYoVoAOUcD8y121JQuHvZjRpVkyCaVHcsKIdPKIEqOo/YnNO5WZslQ795ju4J"
    "yvL8QfFPq0FaoRPktwIDAQAB";
static const char rsa2048[] =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsxK73PhnFtQLPDio9LwT"
    "ZbA2McEI2dwPY6v0s7tAKJmdwpLVkpymPAp7i+3IpdMXziVYdG9AITEockF3bB0M"
    "SX1jmYcLpi1PmjQyTMVuT1ic0sKejRsoe07oBFT92Z5j8i8pnSCBC07KduabndZx"
    "edh2ASswiluHRMJ6fDytCvWf+oCE/Xv22ZqtUKZEwHAktC6PHd39n2dZb9YlDnCC"
    "Tf1qtyGOkg28GBU2VC5HryB1hCYXYLo/pm7zcDb30/Fk9taclIifoscIPI6vo9qn"
    "yOuLuSFWKcdMuXCUktXZila4/ViHVHKjUPexL8+3lgJH++kkuICLdbTDu8wdRPcm"
    "qwIDAQAB";
static const char rsa2048_bare[] =
    "MIIBCgKCAQEAsxK73PhnFtQLPDio9LwTZbA2McEI2dwPY6v0s7tAKJmdwpLVkpym"
    "PAp7i+3IpdMXziVYdG9AITEockF3bB0MSX1jmYcLpi1PmjQyTMVuT1ic0sKejRso"
    "e07oBFT92Z5j8i8pnSCBC07KduabndZxedh2ASswiluHRMJ6fDytCvWf+oCE/Xv2"
    "2ZqtUKZEwHAktC6PHd39n2dZb9YlDnCCTf1qtyGOkg28GBU2VC5HryB1hCYXYLo/"
    "pm7zcDb30/Fk9taclIifoscIPI6vo9qnyOuLuSFWKcdMuXCUktXZila4/ViHVHKj"
    "UPexL8+3lgJH++kkuICLdbTDu8wdRPcmqwIDAQAB";
static const char rsa3072[] =
    "MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAxhNAY+YXHVaRFAOHE4fI"
    "YFjMhJXYUGEfJAxiCYEDHBokC0v6AcnFF1TngkmxbeDeqRWyjpTXS0BzpjZUcbid"
    "j/8CjZTDOYwhB7vGoVKSjBrYYGUAKplbWEB4BUQWrkY7nUopIIgJWp+VVJabJXWR"
    "MKlDaXbeoGvcJcoFqv/3fySbiQ8p61NqAKLaFA83bGqWPWLn+ccTUyGbnuX9pqxM"
    "ddzeJbxPZ3AjqliHpMj8IR6JrFWGA1KvIyGuat9IYyXc1FLBjNdmU6Uiy0nmdXX2"
    "tQBz+99gUWOVbeiCGH6sa8ktVd5rlIwLY2WvZm/8O97/BjMLsQlVBMTrLDv/df2/"
    "8TKgxGzg8UtioCHOzrWNig4gauaIJay7puAly51wLuLyYVtSZMBRsPL88ZlFP4v8"
    "K1COcAQvrJH+um4A0U3ZS6ulCkrOBf0Hs2THxOwAfxZLG2Z6JSqI0GQ5LQT6tuh4"
    "4zEe4/LKpUzd5T8Rp9ad0mBP8NQYAB6yX6HLllSXaQ2HAgMBAAE=";
static const char elliptic[] =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEPhVvRLuAv/KsYn7vSJnI603Y+Zrs"
    "Hyo25fkBXpxCmVa1XtOMH/h8AHtDLTgpMmUzyHjxrMyxJtvV86ZgsEmJ/w==";
static const char ed25519[] = "2tsxA6eaGj7KzPiHoCZZP7zHJaU7xFyHpq5AgdoVzGg=";

static struct dkim_key
parse(const char *text)
{
	struct dkim_key key;
	int rc = dkim_key_parse(&key, (const uint8_t *)text, strlen(text));

	assert_int_equal(rc, key.result == DKIM_KEY_GOOD ? 0 : -1);
	assert_int_equal(key.why == NULL, key.result == DKIM_KEY_GOOD);
	return key;
}

/* A record of these tags and this key. */
static struct dkim_key
parse_key(const char *tags, const char *key)
{
	char text[1024];

	snprintf(text, sizeof text, "%sp=%s", tags, key);
	return parse(text);
}

static void
assert_result(const char *text, enum dkim_key_result result)
{
	struct dkim_key key = parse(text);

	if (key.result != result)
		fail_msg("%s: %d %s", text, key.result,
		    key.why == NULL ? "" : key.why);
}

static void
rsa_keys_are_measured(void **state)
{
	struct dkim_key key = parse_key("v=DKIM1; k=rsa; ", rsa2048);

	(void)state;
	assert_int_equal(key.result, DKIM_KEY_GOOD);
	assert_int_equal(key.bits, 2048);
	assert_false(key.ed25519 || key.testing || key.strict || key.spaced);
	assert_int_equal(parse_key("", rsa1024).bits, 1024);
	assert_int_equal(parse_key("", rsa1024).result, DKIM_KEY_GOOD);
	assert_int_equal(parse_key("", rsa2048_bare).bits, 2048);
}

static void
keys_of_the_wrong_length_are_told(void **state)
{
	struct dkim_key key = parse_key("", rsa768);

	(void)state;
	assert_int_equal(key.result, DKIM_KEY_SHORT);
	assert_int_equal(key.bits, 768);
	key = parse_key("", rsa3072);
	assert_int_equal(key.result, DKIM_KEY_LONG);
	assert_int_equal(key.bits, 3072);
}

static void
ed25519_is_known(void **state)
{
	struct dkim_key key = parse_key("v=DKIM1; k=ed25519; ", ed25519);

	(void)state;
	assert_int_equal(key.result, DKIM_KEY_GOOD);
	assert_true(key.ed25519);
	assert_int_equal(key.bits, 256);
	assert_int_equal(parse_key("k=ed25519;", rsa1024).result,
	    DKIM_KEY_BROKEN);
	assert_int_equal(parse_key("k=ed25519;", "AAAA").result,
	    DKIM_KEY_CUT);
}

static void
flags_are_read(void **state)
{
	struct dkim_key key = parse_key(
	    "v=DKIM1; t=y : s; h=sha1:sha256; s=email; n=note; x=1; ",
	    rsa1024);

	(void)state;
	assert_int_equal(key.result, DKIM_KEY_GOOD);
	assert_true(key.testing && key.strict);
	assert_int_equal(parse_key("h=sha1; ", rsa1024).result,
	    DKIM_KEY_HASH);
	assert_int_equal(parse_key("s=tlsrpt; ", rsa1024).result,
	    DKIM_KEY_SERVICE);
	assert_int_equal(parse_key("k=dsa; ", rsa1024).result, DKIM_KEY_TYPE);
	assert_int_equal(parse_key("v=dkim1; ", rsa1024).result,
	    DKIM_KEY_VERSION);
	assert_int_equal(parse_key("k=rsa; v=DKIM1; ", rsa1024).result,
	    DKIM_KEY_VERSION);
}

static void
nothing_and_almost_nothing_differ(void **state)
{
	(void)state;
	assert_result("", DKIM_KEY_EMPTY);
	assert_result("  ", DKIM_KEY_EMPTY);
	assert_result("v=DKIM1; p=", DKIM_KEY_REVOKED);
	assert_result("p=;", DKIM_KEY_REVOKED);
	assert_result("v=DKIM1; k=rsa", DKIM_KEY_NO_KEY);
	assert_result(rsa1024, DKIM_KEY_NO_KEY);
	assert_result("p=customerProvidedPublicKey", DKIM_KEY_PLACEHOLDER);
	assert_result("v=DKIM1; k=rsa; p=AAAA; p=AAAA", DKIM_KEY_SYNTAX);
	assert_result("v=DKIM1; rsa; p=AAAA", DKIM_KEY_SYNTAX);
}

static void
wrong_pastes_are_named(void **state)
{
	char lower[sizeof rsa1024];

	(void)state;
	assert_result("p=-----BEGIN PUBLIC KEY-----MIG=", DKIM_KEY_PEM);
	assert_result("-----BEGIN RSA PRIVATE KEY-----", DKIM_KEY_PRIVATE);
	assert_result("p=MAYCAQACAQM=", DKIM_KEY_PRIVATE);
	assert_result("v=DKIM1\\; p=AAAA", DKIM_KEY_QUOTED);
	assert_result("p=AAAA\" \"AAAA", DKIM_KEY_QUOTED);
	for (size_t i = 0; i < sizeof lower; i++)
		lower[i] = (char)(rsa1024[i] >= 'A' && rsa1024[i] <= 'Z' ?
		    rsa1024[i] + 32 : rsa1024[i]);
	assert_int_equal(parse_key("", lower).result, DKIM_KEY_CASE);
}

static void
blanks_inside_are_allowed_and_told(void **state)
{
	char text[512];
	struct dkim_key key;

	(void)state;
	snprintf(text, sizeof text, "%.100s \r\n\t%s", rsa1024,
	    rsa1024 + 100);
	key = parse_key("", text);
	assert_int_equal(key.result, DKIM_KEY_GOOD);
	assert_true(key.spaced);
}

static void
a_key_cut_anywhere_is_told(void **state)
{
	char text[sizeof rsa2048];

	(void)state;
	for (size_t len = 1; len < sizeof rsa2048 - 1; len++) {
		struct dkim_key key;

		memcpy(text, rsa2048, len);
		text[len] = '\0';
		key = parse_key("", text);
		assert_int_equal(key.result, DKIM_KEY_CUT);
	}
}

static void
what_is_no_key_is_told(void **state)
{
	char text[2 * sizeof rsa2048];

	(void)state;
	assert_result("p=AAAA", DKIM_KEY_BROKEN);
	assert_result("p=AA-_", DKIM_KEY_BASE64);
	assert_result("p=A=AA", DKIM_KEY_BASE64);
	assert_result("p=AAA===", DKIM_KEY_BASE64);
	assert_int_equal(parse_key("", elliptic).result, DKIM_KEY_BROKEN);
	/* The second half of a key pasted behind the whole. */
	snprintf(text, sizeof text, "%s%s", rsa2048, rsa2048 + 200);
	assert_int_equal(parse_key("", text).result, DKIM_KEY_BROKEN);
	snprintf(text, sizeof text, "%s", rsa2048);
	text[20] = text[20] == 'A' ? 'B' : 'A';
	assert_int_equal(parse_key("", text).result, DKIM_KEY_BROKEN);
}

static void
missing_padding_is_told(void **state)
{
	char text[] = "2tsxA6eaGj7KzPiHoCZZP7zHJaU7xFyHpq5AgdoVzGg";
	struct dkim_key key = parse_key("k=ed25519; ", text);

	(void)state;
	assert_int_equal(key.result, DKIM_KEY_BASE64);
	assert_int_equal(key.at, 11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rsa_keys_are_measured),
		cmocka_unit_test(keys_of_the_wrong_length_are_told),
		cmocka_unit_test(ed25519_is_known),
		cmocka_unit_test(flags_are_read),
		cmocka_unit_test(nothing_and_almost_nothing_differ),
		cmocka_unit_test(wrong_pastes_are_named),
		cmocka_unit_test(blanks_inside_are_allowed_and_told),
		cmocka_unit_test(a_key_cut_anywhere_is_told),
		cmocka_unit_test(what_is_no_key_is_told),
		cmocka_unit_test(missing_padding_is_told),
	};

	return cmocka_run_group_tests_name("dkim_key", tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <string.h>

#include "model/wrap.h"

/* The lines of a text, one after the other. */
static void
assert_lines(const char *text, int width, const char *const *lines)
{
	while (text != NULL) {
		size_t len;
		const char *next = wrap_next(text, width, &len);

		assert_non_null(*lines);
		assert_int_equal(len, strlen(*lines));
		assert_memory_equal(text, *lines, len);
		assert_true(wrap_width_of(text, len) <= width);
		text = next;
		lines++;
	}
	assert_null(*lines);
}

static void
width_is_columns(void **state)
{
	(void)state;
	assert_int_equal(wrap_width("abc"), 3);
	assert_int_equal(wrap_width("日本"), 4);
	assert_int_equal(wrap_width("e\xcc\x81"), 1);
	assert_int_equal(wrap_width("a\xff"), 2);
	assert_int_equal(wrap_fit("日本", 3), 3);
}

static void
english_breaks_at_blanks(void **state)
{
	const char *const lines[] = { "one two", "three", "four", NULL };

	(void)state;
	assert_lines("one two three four", 8, lines);
}

static void
a_newline_ends_a_line(void **state)
{
	const char *const lines[] = { "a", "", "b", NULL };

	(void)state;
	assert_lines("a\n\nb\n", 10, lines);
}

static void
a_word_is_cut_only_when_it_is_longer_than_a_line(void **state)
{
	const char *const lines[] = { "a", "bcdefghi", "jk", NULL };
	const char *const whole[] = { "see", "12345678", NULL };

	(void)state;
	assert_lines("a bcdefghijk", 8, lines);
	assert_lines("see 12345678", 8, whole);
}

static void
japanese_breaks_anywhere_but_where_it_must_not(void **state)
{
	const char *const plain[] = { "日本", "語の", "文", NULL };
	const char *const stop[] = { "あい", "う。", NULL };
	const char *const open[] = { "あ", "「い", "う」", NULL };

	(void)state;
	assert_lines("日本語の文", 4, plain);
	assert_lines("あいう。", 6, stop);
	assert_lines("あ「いう」", 5, open);
}

static void
a_name_in_japanese_stays_whole(void **state)
{
	const char *const lines[] = { "名前を", "a.b.jpに", "する", NULL };

	(void)state;
	assert_lines("名前をa.b.jpにする", 8, lines);
}

/* Where a comma or a particle is near, no word is cut for some columns. */
static void
japanese_breaks_between_phrases(void **state)
{
	const char *const particle[] = { "行を保存しても", "反映されません。",
		NULL };
	const char *const comma[] = { "入力したあとは、", "確認だけします。",
		NULL };
	const char *const far[] = { "反映確認画面表示内容", "説明", NULL };
	const char *const tell[] = { "どこを直すかを", "お知らせします。",
		NULL };
	const char *const please[] = { "もう一度起動して", "ください。",
		NULL };
	const char *const half[] = { "その行が正しい", "値にありません。",
		NULL };

	(void)state;
	assert_lines("行を保存しても反映されません。", 20, particle);
	assert_lines("入力したあとは、確認だけします。", 20, comma);
	assert_lines("反映確認画面表示内容説明", 20, far);
	/* Before hiragana, too, where it can be nothing else. */
	assert_lines("どこを直すかをお知らせします。", 22, tell);
	assert_lines("もう一度起動してください。", 20, please);
	/* Half of a line may stay empty for it. */
	assert_lines("その行が正しい値にありません。", 22, half);
}

/* A button is looked for by its name: it stays in one piece if it can. */
static void
what_is_quoted_stays_whole(void **state)
{
	const char *const button[] = { "最後に", "「設定を追加」を",
		"押します。", NULL };
	const char *const menu[] = { "「Add new record」", "を押す", NULL };
	const char *const longer[] = { "「とても長い", "名前の",
		"ボタン」", NULL };

	(void)state;
	assert_lines("最後に「設定を追加」を押します。", 18, button);
	assert_lines("「Add new record」を押す", 19, menu);
	assert_lines("「とても長い名前のボタン」", 12, longer);
}

static void
a_label_stays_with_its_text(void **state)
{
	const char *const label[] = { "other: something.", "-: not answered.",
		NULL };
	const char *const value[] = { "name:", "a.example.jp", NULL };
	const char *const phrase[] = { "いまの名前:", "a.example.jp", NULL };

	(void)state;
	assert_lines("other: something. -: not answered.", 20, label);
	assert_lines("name: a.example.jp", 12, value);
	assert_lines("いまの名前: a.example.jp", 22, phrase);
}

static void
any_width_comes_to_an_end(void **state)
{
	(void)state;
	for (int width = 1; width < 30; width++)
		assert_true(wrap_lines("「あ」、、、 abc\xff\xfe x\n。。", width) <
		    40);
	assert_int_equal(wrap_lines("", 10), 1);
}

static void
words_are_what_is_read(void **state)
{
	(void)state;
	assert_int_equal(wrap_words(""), 0);
	assert_int_equal(wrap_words("  - \n"), 0);
	assert_int_equal(wrap_words("Do not add .example.jp to \"Host\"."), 6);
	/* Five letters are two words, what begins counts as whole. */
	assert_int_equal(wrap_words("入力します"), 2);
	assert_int_equal(wrap_words("入力します。ね"), 3);
	assert_int_equal(wrap_words("「サブドメイン」に入力"), 3);
	assert_int_equal(wrap_words("最後の amazonses.com まで"), 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_what_is_read),
		cmocka_unit_test(width_is_columns),
		cmocka_unit_test(english_breaks_at_blanks),
		cmocka_unit_test(japanese_breaks_between_phrases),
		cmocka_unit_test(a_newline_ends_a_line),
		cmocka_unit_test(
		    a_word_is_cut_only_when_it_is_longer_than_a_line),
		cmocka_unit_test(
		    japanese_breaks_anywhere_but_where_it_must_not),
		cmocka_unit_test(a_name_in_japanese_stays_whole),
		cmocka_unit_test(what_is_quoted_stays_whole),
		cmocka_unit_test(a_label_stays_with_its_text),
		cmocka_unit_test(any_width_comes_to_an_end),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
}

# budget.pl HOW: how many words there are to read, by the rule of wrap_words
# (tui/model/wrap.h).  A menu is a word a step: it is looked for.  HOW: card: of each "N / M" card in a dump, its sentences,
# below the fields; panel: of a failed record's story in a dump; records: of
# each of "records", what is to be minded, a line each.
use strict;
use warnings;
use open qw(:std :utf8);
use utf8;

sub words {
	my ($text) = @_;
	$text =~ s/「[^」]*」/ x /g;
	$text =~ s/^.* > .*$/join ' ', map { 'x' } split ' > ', $&/gem;
	my $wide = () = $text =~ /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー]/g;
	$text =~ s/[^\x00-\xff]/ /g;
	my $words = grep { /[[:alnum:]]/ } split ' ', $text;
	return $words + int((2 * $wide + 4) / 5);
}

my $how = shift;
my ($text, $on) = ('', 0);
while (<STDIN>) {
	if ($how eq 'records') {
		$text .= "$1\n" if /^   - (.*)/;
		next;
	}
	next unless /^ *(\d+) \| ?(.*)$/;
	my ($row, $line) = ($1, $2);
	if ($row == 1 || $row == 23) {
		print words($text), "\n" if $text ne '';
		($text, $on) = ('', 0);
	}
	$on = 1 if $how eq 'card' ? $line =~ s/^(Mind|注意)  // :
	    $line =~ s/^── ! .*//;
	$on = 0 if $how eq 'panel' && $line =~ /^(This page looks|この画面は)/;
	$text .= "$line\n" if $on;
}
print words($text), "\n" if $text ne '' || $how eq 'records';

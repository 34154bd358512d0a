# room.pl SMALL LARGE: of two files with dumps of the same screens, prints what
# stands on a screen of the first and not on that of the second.  Names,
# numbers and words of letters are compared whole, other writing letter by
# letter, for it is broken anywhere.
use strict;
use warnings;
use open qw(:std :utf8);
use utf8;

sub screens {
	my @all;
	open(my $in, '<', $_[0]) or die "$_[0]: $!";
	while (<$in>) {
		next unless /^ *(\d+) \| ?(.*)$/;
		push @all, '' if $1 == 1;
		$all[-1] .= "$2\n";
	}
	return @all;
}

# What goes where there is room, and what only tells of time.
sub left_out {
	my ($text) = @_;
	$text =~ s/next look in \d+ s//g;
	$text =~ s/次の確認まで \d+ 秒//g;
	$text =~ s/\? tells more\.|続きは \? で表示します。//g;
	$text =~ s/more below.*|続きがあります.*//g;
	$text =~ s/\S*\.\.(?=\s)//g;
	return $text;
}

my @small = screens($ARGV[0]);
my @large = screens($ARGV[1]);
my $lost = @small != @large || @small == 0;
print "screens: ", scalar @small, " and ", scalar @large, "\n" if $lost;
for my $i (0 .. $#small) {
	my $there = $large[$i] // '';
	my $joined = $there =~ s/\s+//gr;
	for my $word (left_out($small[$i]) =~
	    /[\x21-\x7e]+|[^\x00-\x7f\x{2500}-\x{257f}\s]/g) {
		next if index($there, $word) >= 0 ||
		    index($joined, $word) >= 0;
		print "screen ", $i + 1, ": $word\n";
		$lost = 1;
	}
}
exit($lost ? 1 : 0);

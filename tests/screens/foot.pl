# foot.pl SMALL TALL: of two files with dumps of the same screens, of one width,
# prints where the two last lines, the keys, are not the same, and each sentence
# of TALL that SMALL begins and does not end, unless SMALL says where more is.
use strict;
use warnings;
use open qw(:std :utf8);
use utf8;

sub screens {
	my @all;
	open(my $in, '<', $_[0]) or die "$_[0]: $!";
	while (<$in>) {
		next unless /^ *(\d+) \| ?(.*?)\s*$/;
		push @all, [] if $1 == 1;
		push @{$all[-1]}, $2;
	}
	return @all;
}

my $more = qr/\? tells more\.|続きは \? で表示します。|
    Enter\ shows|続きは\ Enter\ で|すべて表示します|more\ below|続きがあります/x;

# What stands between the head and the foot of a screen, in one piece.
sub body {
	my @lines = @{$_[0]};
	return join(' ', @lines[3 .. $#lines - 2]) =~ s/\s+/ /gr;
}

sub bare {
	return $_[0] =~ s/\s+//gr;
}

my @small = screens($ARGV[0]);
my @tall = screens($ARGV[1]);
my $bad = @small != @tall || @small == 0;
print "screens: ", scalar @small, " and ", scalar @tall, "\n" if $bad;
for my $i (0 .. $#small) {
	my @s = @{$small[$i]};
	my @t = @{$tall[$i] // []};
	for my $line (-2, -1) {
		next if $s[$line] eq ($t[$line] // '');
		print "screen ", $i + 1, ": $s[$line]\n";
		$bad = 1;
	}
	next if grep { /$more/ } @s;
	my $here = bare(body(\@s));
	for my $sentence (body(\@t) =~ /\S.*?(?:[.:](?=\s)|。)/g) {
		my $bare = bare($sentence);
		next if length $bare < 24 ||
		    index($here, substr($bare, 0, 12)) < 0 ||
		    index($here, $bare) >= 0;
		print "screen ", $i + 1, ": $sentence\n";
		$bad = 1;
	}
}
exit($bad ? 1 : 0);

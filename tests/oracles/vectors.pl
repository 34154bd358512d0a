#!/usr/bin/perl
# tests/oracles/vectors.pl FILE: the YAML of the RFC 7208 test suite, as far as
# it goes there, in lines with tabs between: "zone"; "rr OWNER TYPE DATA"
# (a TXT in hex); "test NAME DOMAIN RESULT...".
use strict;
use warnings;

# A scalar as it stands behind its key; continuation lines are joined already.
sub scalar_of {
	my ($text) = @_;

	$text =~ s/^\s+|\s+$//g;
	if ($text =~ /^"(.*)"$/s) {
		$text = $1;
		$text =~ s/\\(x([0-9A-Fa-f]{2})|.)/
		    defined $2 ? chr hex $2 : $1 eq "n" ? "\n" :
		    $1 eq "t" ? "\t" : $1 eq "0" ? "\0" : $1/gesx;
	} elsif ($text =~ /^'(.*)'$/s) {
		($text = $1) =~ s/''/'/g;
	}
	return $text;
}

sub list_of {
	my ($text) = @_;
	my @list;

	return (scalar_of($text)) unless $text =~ /^\s*\[(.*)\]\s*$/s;
	$text = $1;
	push @list, scalar_of($1) while $text =~ /\s*
	    ("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\s][^,]*)\s*(?:,|$)/gx;
	return @list;
}

my (%test, %rows, @order, @owners, $part, $item);

sub emit {
	print "zone\n";
	for my $owner (@owners) {
		my @rows = @{$rows{$owner}};
		my $text = grep { $_->[0] eq "TXT" } @rows;

		for (@rows) {
			my ($type, @data) = @$_;

			# The suite gives SPF for TXT where no TXT is given.
			$type = "TXT" if $type eq "SPF" && !$text;
			next if $type eq "SPF" ||
			    ($type eq "TXT" && "@data" eq "NONE");
			@data = (unpack "H*", join "", @data)
			    if $type eq "TXT";
			@data = ($data[-1]) if $type eq "MX";
			print join("\t", "rr", $owner, $type, @data), "\n";
		}
	}
	for (@order) {
		my $t = $test{$_};
		my ($from, $helo) = map { scalar_of($t->{$_} // "") }
		    qw(mailfrom helo);
		my $domain = $from eq "" ? $helo : $from;

		$domain =~ s/.*@//;
		print join("\t", "test", $_, $domain, list_of($t->{result})),
		    "\n";
	}
	%test = %rows = ();
	@order = @owners = ();
}

my @lines;
open my $in, "<", $ARGV[0] or die "$ARGV[0]: $!\n";
while (<$in>) {
	chomp;
	next if /^\s*(#|$)/;
	# A deeper line without a key of its own goes on.
	if (@lines && /^ {6,}\S/ && $lines[-1] =~ /^ {4}/ && !/^ {4}- /) {
		s/^\s+/ /;
		$lines[-1] .= $_;
		next;
	}
	push @lines, $_;
}
for (@lines, "---") {
	if (/^---/) {
		emit() if @order;
	} elsif (/^(\w+):/) {
		$part = $1;
	} elsif ($part eq "tests" && /^  ([^ ].*):\s*$/) {
		push @order, $item = scalar_of($1);
	} elsif ($part eq "tests" && /^    (\w+): *(.*)/) {
		$test{$item}{$1} = $2;
	} elsif ($part eq "zonedata" && /^  ([^ ].*):\s*$/) {
		push @owners, $item = scalar_of($1);
		$rows{$item} = [];
	} elsif ($part eq "zonedata" && /^    - *(\w+) *(?:: *(.*))?$/) {
		push @{$rows{$item}}, [$1, defined $2 ? list_of($2) : ()];
	} elsif ($part ne "description" && $part ne "comment") {
		die "not understood: $_\n";
	}
}

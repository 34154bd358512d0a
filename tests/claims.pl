# claims.pl CASE FLAT: the claims in FLAT (see tests/claims) that the rows of
# the case file do not show.  Written from the head of claim.def, and from
# nothing else of the program.
use strict;
use warnings;

my ($case, $flat) = @ARGV;
my (%row, %head, %address, %state, %place, $domain, $zone, $record);

# Names are compared without case and final dot.
sub name {
	my $text = lc shift;
	# A dot behind a backslash is part of a label, but not behind "\\\\".
	$text =~ s/\.$// if $text ne '.' && $text =~ /(?<!\\)(\\\\)*\.$/;
	return $text;
}

# The octets behind \DDD or \X of a zone file.
sub octets {
	my $text = shift;
	$text =~ s/\\(\d{3}|.)/length $1 == 3 ? chr($1 % 256) : $1/ge;
	return $text;
}

# The octets behind \ooo and \\ of a document.
sub shown {
	my $text = shift;
	$text =~ s/\\([0-7]{3}|\\)/$1 eq "\\" ? $1 : chr oct $1/ge;
	return $text;
}

# What a record holds: all strings of a TXT in one, of others the text.
sub held {
	my ($type, $data) = @_;
	return name($data) unless $type eq 'TXT' || $type eq 'SPF';
	return octets(join '', $data =~ /"((?:[^"\\]|\\.)*)"/gs);
}

# --- The case: the rows after the last head ---

open my $in, '<', $case or die "$case: $!\n";
while (<$in>) {
	s/\s+$//;
	if (/^dnsesame case/) {
		(%row, %head) = ();
	} elsif (/^ask (recursive|(?:\S+) (?:\S+)) (\S+) (\S+)( tcp)?$/) {
		my $key = lc("$1 ") . name($2) . " $3";
		push @{$row{$key}}, $record = { AN => [], AU => [], AD => [] };
	} elsif (/^  (AN|AU|AD) (\S+) (\d+) (\S+) ?(.*)$/) {
		push @{$record->{$1}}, { owner => name($2), type => $4,
		    value => held($4, $5), data => $5 };
	} elsif (/^  (answer|silent|no-route|bogus|garbled)\b(.*)/) {
		my $rest = $2;
		$record->{outcome} = $1;
		$record->{aa} = $rest =~ / aa\b/;
		$record->{rcode} = $rest =~ / rcode (\d+)/ ? $1 : 0;
	} elsif (/^([a-z-]+) (.*)$/) {
		push @{$head{$1}}, $2;
	}
}
close $in;

sub rows {
	return @{$row{join ' ', @_} || []};
}

# "An answer" of claim.def, of any address of the server; of a resolver that
# stands in for all servers, none of which was heard, any sound one.
sub answers {
	my ($server, $owner, $type) = @_;
	my @all = stands_in($server) ? map { rows($_, $owner, $type) }
	    "system $server", "also $server",
	    $server eq 'resolver' ? 'recursive' : () :
	    grep { $_->{aa} } map { rows("authority $_", $owner, $type) }
	    @{$address{$server}};
	return grep { $_->{outcome} eq 'answer' &&
	    ($_->{rcode} == 0 || $_->{rcode} == 3) } @all;
}

sub stands_in {
	return !exists $address{$_[0]} && !grep { /^authority / && grep {
	    $_->{outcome} eq 'answer' } @{$row{$_}} } keys %row;
}

# Has one of the answers a row that fits?
sub some {
	my ($fits, @answers) = @_;
	return grep { grep { $fits->($_) } @{$_->{AN}} } @answers;
}

# Holds for each server, of which there is one at least.
sub every {
	my ($at, $holds) = @_;
	return @$at > 0 && !grep { !$holds->($_) } @$at;
}

# --- What is wanted, and what serves as well ---

my $wanted;

# The text that was given; letters of different size are the same in a name.
sub is_given {
	my ($value) = @_;
	my $given = shown($wanted->{expected});
	return $wanted->{type} eq 'TXT' ? $value eq $given :
	    lc $value eq lc $given;
}

sub key {
	my ($text) = @_;
	my ($key) = $text =~ /(?:^|;)\s*p\s*=\s*([^;]*)/s;
	$key =~ s/\s//g if defined $key;
	return $key;
}

# RFC 7208 5.2: what stands before "all" counts; so does an include that leads
# to SES by way of another name.
sub reaches_ses {
	my ($text, $depth) = @_;
	return 0 if $depth > 10 || $text !~ /^v=spf1( |$)/i;
	for my $term (split / +/, $text) {
		return 0 if $term =~ /^[-~?+]?all$/i;
		next unless $term =~ /^\+?include:(\S+)$/i;
		my $name = name($1);
		return 1 if $name eq 'amazonses.com';
		return 1 if grep { reaches_ses($_->{value}, $depth + 1) }
		    grep { $_->{type} eq 'TXT' } map { @{$_->{AN}} }
		    rows('recursive', $name, 'TXT');
	}
	return $text =~ / redirect=(\S+)/i && (name($1) eq 'amazonses.com' ||
	    grep { reaches_ses($_->{value}, $depth + 1) }
	    grep { $_->{type} eq 'TXT' } map { @{$_->{AN}} }
	    rows('recursive', name($1), 'TXT'));
}

sub serves {
	my ($value) = @_;
	my $given = shown($wanted->{expected});
	for ($wanted->{id}) {
		/^dkim-/ and return lc $value eq lc $given;
		/^mail-from-mx$/ and return lc($value =~ s/^\d+ //r) eq
		    lc($given =~ s/^\d+ //r);
		/^mail-from-spf$/ and return reaches_ses($value, 0);
		/^dmarc$/ and return $value =~ /^\s*v\s*=\s*DMARC1\s*(;|$)/i;
		/^byodkim$/ and return defined key($value) &&
		    key($value) eq key($given);
	}
	return $value eq $given;
}

# Amazon's name or our value stands in it, perhaps altered.
sub is_ours {
	my ($value) = @_;
	my ($a, $b) = (lc $value, lc shown($wanted->{expected}));
	s/[^a-z0-9]//g for $a, $b;
	return 1 if index($a, $b) >= 0 || index($b, $a) >= 0;
	my ($token) = $wanted->{expected} =~ /^([a-z2-7]{32})\./;
	return 1 if defined $token && index($a, $token) >= 0;
	# Part of a key, or with a few signs lost.
	my $from = $wanted->{id} eq 'byodkim' ? key($wanted->{expected}) : $b;
	$from = lc $from;
	$from =~ s/[^a-z0-9]//g;
	for (my $i = 0; $i + 16 <= length $from; $i++) {
		return 1 if index($a, substr $from, $i, 16) >= 0;
	}
	return $wanted->{id} eq 'dmarc' && $value =~ /v\s*=\s*dmarc/i;
}

# The name begins with what is our value, and the value with our first label.
sub is_exchanged {
	my ($o, $v) = @_;
	my $given = lc(shown($wanted->{expected}) =~ s/^\d+ //r);
	my ($label) = $wanted->{owner} =~ /^([^.]+)/;
	return index($o, $given) == 0 && index(lc($v =~ s/^\d+ //r),
	    $label) == 0;
}

# --- Each claim, by its name: owner, type, value, servers ---

sub values_of {
	my ($o, $t, $v, $at) = @_;
	return every($at, sub {
		# A question for another type may have brought it, too.
		my @asked = map { answers($_[0], $o, $_) } $t,
		    $wanted->{type}, 'TXT', 'A';
		return scalar some(sub { $_->{owner} eq $o && $_->{type} eq $t &&
		    same($_->{value}, $v, $t) }, @asked);
	}, @_);
}

# Very long values are cut in a document.
sub same {
	my ($seen, $said, $type) = @_;
	my $told = $type eq 'TXT' ? shown($said) : name($said);
	return 1 if $seen eq $told;
	return 1 if octets($seen) eq octets($told) || octets($seen) eq
	    shown($told);
	return length $said >= 1000 &&
	    index($seen, substr $told, 0, length($told) - 4) == 0;
}

# The key behind a name: what our recursion was told, of it or its target.
sub keys_behind {
	my ($o) = @_;
	my @told = grep { $_->{outcome} eq 'answer' }
	    rows('recursive', $o, 'TXT');
	@told = grep { $_->{outcome} eq 'answer' }
	    rows('recursive', name($wanted->{expected}), 'TXT')
	    if !@told || !@{$told[-1]{AN}};
	return @told ? [ map { $_->{value} } grep { $_->{type} eq 'TXT' }
	    @{$told[-1]{AN}} ] : undef;
}

# What our recursion was told of the wanted record, of its newest answer:
# undef where that was none, else whether the record is in it.
sub looked_up {
	my ($o, $t) = @_;
	my @told = rows('recursive', $o, $t);
	return undef unless @told && $told[-1]{outcome} eq 'answer' &&
	    ($told[-1]{rcode} == 0 || $told[-1]{rcode} == 3);
	return scalar some(\&is_wanted, $told[-1]);
}

sub is_wanted {
	my ($rr) = @_;
	return $rr->{owner} eq $wanted->{owner} &&
	    $rr->{type} eq $wanted->{type} &&
	    (is_given($rr->{value}) || serves($rr->{value}));
}

# What servers of other zones answered when they were asked for the domain.
sub parents {
	my ($o) = @_;
	return grep { $_->{outcome} eq 'answer' && ($_->{rcode} == 0 ||
	    $_->{rcode} == 3) } map { @{$row{$_}} }
	    grep { /^(?:authority \S+|recursive) (\S+) (NS|SOA)$/ &&
	    ".$o" =~ /\.\Q$1\E$/ } keys %row;
}

my %proof = (
	'unregistered' => sub {
		my ($o) = @_;
		return $o eq $domain &&
		    grep { $_->{rcode} == 3 } parents($o);
	},
	'undelegated' => sub {
		my ($o) = @_;
		my @all = parents($o);
		return $o eq $domain && @all > 0 && !some(sub { $_->{type} eq 'NS' &&
		    $_->{owner} eq $o }, @all) && !grep { grep {
		    $_->{type} eq 'NS' && $_->{owner} eq $o } @{$_->{AU}} }
		    @all;
	},
	'bogus' => sub {
		my ($o, $t) = @_;
		return scalar grep { $_->{outcome} eq 'bogus' }
		    rows('recursive', $o, $t);
	},
	'held' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub { scalar some(sub { $_->{owner} eq $o &&
		    $_->{type} eq $t && is_given($_->{value}) },
		    answers($_[0], $o, $t)) });
	},
	'serves' => sub {
		my ($o, $t, $v) = @_;
		my $value = $t eq 'TXT' ? shown($v) : $v;
		return values_of(@_) && !is_given($value) && serves($value);
	},
	'unlisted' => sub {
		my ($o, $t, $v, $at) = @_;
		# The registry's list: referrals of servers that are not its own.
		my %listed = map { name($_->{data}) => 1 }
		    grep { $_->{type} eq 'NS' && $_->{owner} eq $zone }
		    map { @{$_->{AU}} } grep { !$_->{aa} } map { @{$row{$_}} }
		    grep { /^authority / } keys %row;
		return %listed && every($at, sub { $address{$_[0]} &&
		    !$listed{name($_[0])} });
	},
	'others' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub { scalar grep {
		    some(sub { $_->{owner} eq $o && $_->{type} eq $t }, $_) &&
		    !some(sub { $_->{owner} eq $o && $_->{type} eq $t &&
		    (is_given($_->{value}) || is_ours($_->{value})) }, $_) }
		    answers($_[0], $o, $t) });
	},
	'silent' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub {
			my ($server) = @_;
			return $address{$server} && !grep { my $key = $_;
			    $key !~ / (SOA|NS)( tcp)?$/i && grep({ index($key, "authority $_ ") == 0 }
			    grep { $_ ne '' } @{$address{$server}}) &&
			    grep { $_->{outcome} eq 'answer' && $_->{aa} &&
			    ($_->{rcode} == 0 || $_->{rcode} == 3) }
			    @{$row{$key}} } keys %row;
		});
	},
	'resolved' => sub {
		my ($o, $t) = @_;
		return $o eq $wanted->{owner} && looked_up($o, $t) && !grep { some(\&is_wanted, @$_) }
		    map { [ grep { $_->{aa} } @{$row{$_}} ] }
		    grep { /^authority \S+ \Q$o\E \Q$t\E$/ } keys %row;
	},
	'unresolved' => sub {
		my ($o, $t) = @_;
		my $is = looked_up($o, $t);
		return $o eq $wanted->{owner} && defined $is && !$is;
	},
	'lookup-failed' => sub {
		my ($o, $t) = @_;
		return $o eq $wanted->{owner} && !defined looked_up($o, $t);
	},
	'remembered' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub { scalar grep {
		    $_->{outcome} eq 'answer' && ($_->{rcode} == 0 ||
		    $_->{rcode} == 3) && !some(\&is_wanted, $_) }
		    map { rows("$_ $at->[0]", $o, $t) } 'system', 'also' });
	},
	'nowhere' => sub {
		my ($o, $t) = @_;
		my ($asked, $else, $alone) = (0, 0, stands_in(''));
		for my $key (keys %row) {
			next unless $key =~ ($alone ?
			    qr/^(?:system \S+|also \S+|recursive) (\S+) (\S+)$/ :
			    qr/^authority \S+ (\S+) (\S+)$/);
			my ($name, $of) = ($1, $2);
			my @told = grep { $_->{outcome} eq 'answer' }
			    @{$row{$key}};
			# The doubled name, or one above that is not there.
			$asked ||= grep { ($name eq "$o.$zone" && $of eq $t) ||
			    ($_->{rcode} == 3 && $name ne $zone &&
			    ".$o.$zone" =~ /\.\Q$name\E$/) } @told;
			$else ||= some(sub { !$place{$_->{owner}} &&
			    $_->{type} eq $t && is_given($_->{value}) &&
			    $_->{owner} =~ /(^|\.)\Q$zone\E$/ },
			    grep { $alone || $_->{aa} } @told);
		}
		return $o eq $wanted->{owner} && $asked && !$else;
	},
	'hidden' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub { scalar grep {
		    $_->{outcome} eq 'answer' && !grep { $_->{type} eq 'CNAME' ||
		    $_->{type} eq 'TXT' } @{$_->{AN}} }
		    map { rows("authority $_", $o, 'TXT') }
		    @{$address{$_[0]}} });
	},
	'absent' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub {
			# Without a row of the type in one of them.
			return scalar grep { !some(sub { $_->{owner} eq $o &&
			    $_->{type} eq $t }, $_) } answers($_[0], $o, $t);
		});
	},
	'referred' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub { scalar grep {
		    $_->{outcome} eq 'answer' && !$_->{aa} && !@{$_->{AN}} &&
		    grep { $_->{type} eq 'NS' && $_->{owner} ne $zone &&
		    ".$o" =~ /\.\Q$_->{owner}\E$/ &&
		    $_->{owner} =~ /\.\Q$zone\E$/ } @{$_->{AU}} }
		    map { rows("authority $_", $o, $t) }
		    @{$address{$_[0]}} });
	},
	'unheard' => sub {
		my ($o, $t, $v, $at) = @_;
		return every($at, sub {
			my ($server) = @_;
			# One of its addresses answers, and not this one.
			return ($state{$server} || '') =~ /\banswers\b/ &&
			    grep { !grep { $_->{outcome} eq 'answer' &&
			    $_->{aa} && ($_->{rcode} == 0 ||
			    $_->{rcode} == 3) } rows("authority $_", $o, $t)
			    } @{$address{$server}};
		});
	},
	'holds' => sub {
		my ($o, $t, $v) = @_;
		return values_of(@_) && $o eq $wanted->{owner} &&
		    ($t ne $wanted->{type} ||
		    !is_given($t eq 'TXT' ? shown($v) : $v));
	},
	'alias' => sub {
		my ($o, $t) = @_;
		return $t eq 'CNAME' && values_of(@_);
	},
	'held-elsewhere' => sub {
		my ($o, $t, $v) = @_;
		return values_of(@_) && $o ne $wanted->{owner} &&
		    (is_ours($t eq 'TXT' ? shown($v) : $v) ||
		    is_exchanged($o, $v));
	},
	'held-above' => sub {
		my ($o, $t, $v) = @_;
		for (my $up = $domain; $up =~ s/^[^.]+\.//;) {
			return 1 if some(sub { $_->{owner} eq $o &&
			    $_->{type} eq $t && same($_->{value}, $v, $t) },
			    rows('recursive', "_dmarc.$up", 'TXT'));
		}
		return 0;
	},
	'address' => sub {
		my ($o, $t) = @_;
		return ($t eq 'A' || $t eq 'AAAA') && values_of(@_);
	},
	'sibling' => sub {
		my ($o, $t) = @_;
		my $guard = ($head{guard} || [''])->[0];
		my $parent = $wanted->{owner} =~ s/^[^.]*\.//r;
		my (%here, %there);
		return 0 if $o ne "$guard.$parent";
		for my $key (keys %row) {
			next unless $key =~ /^authority \S+ (\S+) \S+$/;
			next unless $1 eq $o || $1 eq $wanted->{owner};
			my $to = $1 eq $o ? \%there : \%here;
			$to->{"$_->{type} $_->{value}"} = 1 for map {
			    @{$_->{AN}} } @{$row{$key}};
		}
		return scalar grep { $there{$_} } keys %here;
	},
	'keyless' => sub {
		my ($o) = @_;
		my $keys = keys_behind($o);
		return defined $keys && !grep { defined key($_) } @$keys;
	},
	'revoked' => sub {
		my ($o) = @_;
		my $keys = keys_behind($o);
		return defined $keys && grep({ defined key($_) } @$keys) &&
		    !grep { defined key($_) && key($_) ne '' } @$keys;
	},
	'verified-once' => sub {
		return ($head{status} || [''])->[0] =~
		    /^(verified|temporary-failure)\b/;
	},
	'unchanged' => sub {
		my ($o) = @_;
		my %noted = map { /^-?\d+ \S+ SOA .*?(\d+)$/ ? ($1 => 1) : () }
		    @{$head{noted} || []};
		my @soa = grep { $_->{type} eq 'SOA' && $_->{owner} eq $o }
		    map { @{$_->{AN}} } map { @{$row{$_}} }
		    grep { /^authority \S+ \Q$o\E SOA$/ } keys %row;
		return @soa > 0 && !grep {
		    !$noted{(split ' ', $_->{data})[2]} } @soa;
	},
);

# --- The document ---

# As jq writes it: a tab is the only thing that cannot stand in a field.
sub field {
	my %is = (t => "\t", n => "\n", r => "\r", '\\' => '\\');
	return $_[0] =~ s/\\(.)/$is{$1}/gr;
}

open $in, '<', $flat or die "$flat: $!\n";
while (<$in>) {
	chomp;
	my ($what, @f) = map { field($_) } split /\t/, $_, -1;
	if ($what eq 'server') {
		push @{$address{$f[0]}}, lc $f[1];
		$state{$f[0]} = ($state{$f[0]} || '') . " $f[2]";
	} elsif ($what eq 'domain') {
		($domain, $zone) = @f;
	} elsif ($what eq 'place') {
		$place{name($f[0])} = 1;
	} elsif ($what eq 'record') {
		$wanted = { id => $f[0], owner => name($f[1]), type => $f[2],
		    expected => $f[3], state => $f[4] };
	} elsif ($what eq 'claim') {
		my ($kind, $owner, $type, $value, $at) = @f;
		my $is_true = $proof{$kind};
		print "  $kind of $wanted->{id}: $owner $type $value ($at)\n"
		    unless $is_true && $is_true->(name($owner), $type, $value,
		    [ split ' ', $at ]);
	}
}

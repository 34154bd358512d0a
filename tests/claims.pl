# claims.pl CASE FLAT: the claims in FLAT (see tests/claims) that the rows of
# the case file do not show.  Written from the head of claim.def, and from
# nothing else of the program.
# claims.pl -- CASE FLAT...: of several, those of each stand in FLAT.wrong.
use strict;
use warnings;

my $several = $ARGV[0] eq '--' && shift;
my ($case, $flat) = splice @ARGV, 0, 2;
while ($several) {
	my $child = fork // die "no process: $!\n";
	if ($child == 0) {
		open STDOUT, '>', "$flat.wrong" or die "$flat.wrong: $!\n";
		open STDERR, '>&', \*STDOUT or die "$flat.wrong: $!\n";
		last;
	}
	waitpid $child, 0;
	exit unless @ARGV;
	($case, $flat) = splice @ARGV, 0, 2;
}
use Socket qw(inet_pton AF_INET AF_INET6);

our $wanted;
my (%row, %head, %address, %state, %place, $domain, $zone, $record);
# What the document wants, and the rows of all heads.
my (@wanted, %ever);

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
		my $tcp = $4;
		push @{$row{$key}}, $record = { AN => [], AU => [], AD => [] };
		push @{$ever{$key}}, $record;
		$record->{asked_tcp} = defined $tcp;
	} elsif (/^  (AN|AU|AD) (\S+) (\d+) (\S+) ?(.*)$/) {
		push @{$record->{$1}}, { owner => name($2), type => $4,
		    value => held($4, $5), data => $5 };
	} elsif (/^  (answer|silent|no-route|bogus|garbled)\b(.*)/) {
		my $rest = $2;
		$record->{outcome} = $1;
		$record->{aa} = $rest =~ / aa\b/;
		$record->{unheard} = $rest =~ / unheard\b/;
		$record->{no_edns} = $rest =~ / no-edns\b/;
		$record->{over_tcp} = $rest =~ / tcp\b/;
		$record->{cut} = $rest =~ / cut\b/;
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
	# What a resolver says with aa is its own word.
	my @all = stands_in($server) ? grep { !$_->{aa} } map { rows($_,
	    $owner, $type) } "system $server", "also $server",
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

# What the zone's own servers said, or where none was heard the resolvers of
# this machine.
sub own {
	my ($owner, $type) = @_;
	my $who = stands_in('') ? qr/(?:system|also) \S+|recursive/ :
	    qr/authority \S+/;
	return grep { !$_->{aa} == ($who !~ /authority/) } grep {
	    $_->{outcome} eq 'answer' } map { @{$row{$_}} } grep {
	    /^$who \Q$owner\E \Q$type\E$/i } keys %row;
}

# Has one of the answers a row that fits?
sub some {
	my ($fits, @answers) = @_;
	return grep { grep { $fits->($_) } @{$_->{AN}} } @answers;
}

# Is it an address of one of the servers?
sub belongs {
	my ($v, $at) = @_;
	return grep { my $s = $_; grep { $_ eq lc $v } @{$address{$s} || []} }
	    @$at;
}

sub soa_of {
	my ($address, $o) = @_;
	return grep { $_->{outcome} eq 'answer' }
	    rows("authority $address", $o, 'SOA');
}

# Holds for each server, of which there is one at least.
sub every {
	my ($at, $holds) = @_;
	return @$at > 0 && !grep { !$holds->($_) } @$at;
}

# --- What is wanted, and what serves as well ---


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


# --- What a value says: signs ---

# Letters, digits and signs, as a text is compared that was pasted.
sub core {
	my ($text) = @_;
	$text =~ s/\xef\xbc([\x81-\xbf])/chr(ord($1) - 0x81 + 0x21)/ge;
	$text =~ s/\xef\xbd([\x80-\x9e])/chr(ord($1) - 0x80 + 0x60)/ge;
	$text =~ s/[^\x21-\x7e]|["'\\`]//g;
	$text = lc $text;
	$text =~ s/[.,;\/]+$//;
	$text =~ s/^https?:\/\///;
	return $text;
}

# The octets of a value that stands in some answer, without an MX's number.
sub text_of {
	my ($t, $v) = @_;
	for my $key (keys %row) {
		for my $rr (map { @{$_->{AN}} } @{$row{$key}}) {
			next unless $rr->{type} eq $t &&
			    same($rr->{value}, $v, $t);
			return $rr->{value} if $t eq 'TXT' || $t eq 'SPF';
			return octets(name($rr->{data}) =~ s/^\d+ //r);
		}
	}
	return undef;
}

# What was given, as octets.
sub given {
	my $given = shown($wanted->{expected});
	$given =~ s/^\d+ // if $wanted->{type} eq 'MX';
	return $given;
}

# A claim about one value: V is what stands there, W what was given.
sub sign {
	my ($holds) = @_;
	return sub {
		my ($o, $t, $v, $at, $there, $belongs) = @_;
		return 0 if @$at && !values_of($o, $t, $v, $at);
		my $text = text_of($t, $v);
		return defined $text && $holds->($text, given(), $there,
		    $belongs, $o);
	};
}

# The same to some place, where the one goes on with THERE and the other with
# BELONGS; behind these, if asked for, they agree again.
sub parts {
	my ($v, $w, $there, $belongs, $on) = @_;
	my ($a, $b) = (lc $v, lc $w);
	for (my $i = 0; $i <= length $a && $i <= length $b &&
	    substr($a, 0, $i) eq substr($b, 0, $i); $i++) {
		next unless index(substr($a, $i), lc $there) == 0 &&
		    index(substr($b, $i), lc $belongs) == 0;
		return 1 unless $on;
		my $x = substr $a, $i + length $there;
		my $y = substr $b, $i + length $belongs;
		return 1 if $x eq $y || (length $x >= 3 && length $y >= 3 &&
		    substr($x, 0, 3) eq substr($y, 0, 3));
	}
	return 0;
}

# --- Grammars, from the RFCs ---

my $macro = qr/%(?:\{[slodiphcrtv]\d*r?[-.+,\/_=]*\}|%|_|-)/i;
my $label = qr/(?:[a-z0-9]*[a-z-][a-z0-9-]*)(?<!-)/i;
my $spec = qr/(?!https?:\/\/)(?:[!-\$&-~]|$macro)*(?:\.$label\.?|$macro)/i;

# RFC 7208 section 12; no quotation mark is left inside by any paste.
sub is_spf {
	my ($text) = @_;
	my %once;
	return 0 if $text =~ /[^ -~]|["\\]/ || $text !~ /^v=spf1(?= |$)/i;
	for my $term (split / +/, $text =~ s/^v=spf1 *//ir) {
		if ($term =~ /^[-+~?]?ip([46]):([^\/]+)(?:\/(\d+))?$/i) {
			my ($six, $bits) = ($1 == 6, $3 // 0);
			return 0 unless inet_pton($six ? AF_INET6 : AF_INET,
			    $2) && $bits <= ($six ? 128 : 32);
			next;
		}
		next if $term =~ /^[-+~?]?all$/i;
		next if $term =~ /^[-+~?]?(?:include|exists):$spec$/i;
		next if $term =~ /^[-+~?]?(?:a|mx)(?::$spec)??(?:\/(\d+))?(?:\/\/(\d+))?$/i &&
		    ($1 // 0) <= 32 && ($2 // 0) <= 128;
		next if $term =~ /^[-+~?]?ptr(?::$spec)?$/i;
		if ($term =~ /^(redirect|exp)=(.*)$/i) {
			return 0 if $once{lc $1}++ || $2 !~ /^$spec$/i;
			next;
		}
		next if $term =~ /^[a-z][a-z0-9_.-]*=(?:[!-\$&-~]|$macro)*$/i;
		return 0;
	}
	return 1;
}

my @dmarc = qw(p sp np adkim aspf t psd fo rua ruf pct rf ri);

# The tags of a list, "v=" first: [name, value] each, or undef.
sub tags {
	my ($text) = @_;
	my @tags;
	for my $tag (split /;/, $text) {
		next if $tag =~ /^\s*$/;
		return undef unless $tag =~
		    /^\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/s;
		push @tags, [ $1, $2 ];
	}
	return \@tags;
}

# RFC 9989 section 4.8, and what older receivers want besides.
sub is_dmarc {
	my ($text) = @_;
	my (%has, @bad);
	return 0 if $text =~ /["'\\]|[^\t -~]/;
	return 0 unless $text =~ /^v\s*=\s*DMARC1\s*(?:;|$)/;
	my $tags = tags($text) or return 0;
	my %fits = ((map { $_ => qr/^(?:none|quarantine|reject)$/i }
	    qw(p sp np)), (map { $_ => qr/^[rs]$/i } qw(adkim aspf)),
	    t => qr/^[yn]$/i, psd => qr/^[ynu]$/i,
	    fo => qr/^[01ds](?:\s*:\s*[01ds])*$/i,
	    (map { $_ => qr/^mailto:[^@,\s\/]+@[^@,\s]+(?:\s*,\s*mailto:[^@,\s\/]+@[^@,\s]+)*$/i }
	    qw(rua ruf)));
	for my $tag (@$tags[1 .. $#$tags]) {
		my ($name, $value) = @$tag;
		return 0 if grep { $_ ne $name && $_ eq lc $name } @dmarc;
		return 0 if $has{$name}++ && grep { $_ eq $name } @dmarc;
		return 0 if $fits{$name} && $value !~ $fits{$name};
		return 0 if grep { $value =~ /[\s,:]\Q$_\E\s*=/i } @dmarc;
	}
	return $has{p} || $has{rua};
}

# Is this the given key, as SES and receivers take it?  RFC 6376 3.6.1.
sub is_own_key {
	my ($text) = @_;
	return 0 if $text =~ /["'\\]|[^\t\r\n -~]/;
	my $tags = tags($text) or return 0;
	my %of = map { $_->[0] => $_->[1] } @$tags;
	return 0 if keys %of != @$tags || !defined $of{p};
	return 0 if exists $of{v} && ($tags->[0][0] ne 'v' ||
	    $of{v} ne 'DKIM1');
	return 0 if exists $of{k} && $of{k} !~ /^rsa$/i;
	return 0 if exists $of{h} && $of{h} !~ /sha256/i;
	return 0 if exists $of{s} && $of{s} !~ /\*|email/i;
	return ($of{p} =~ s/\s//gr) eq key(shown($wanted->{expected}));
}

sub spf_texts {
	my ($o) = @_;
	my @told = grep { $_->{outcome} eq 'answer' } rows('recursive', $o,
	    'TXT');
	return @told ? grep { /^v=spf1( |$)/i } map { $_->{value} }
	    grep { $_->{type} eq 'TXT' } @{$told[-1]{AN}} : ();
}

# What a record leads to: its names, whether one comes twice on a way, the
# look-ups that it takes and those that find nothing.
sub leads {
	my ($text, $own, $found, @way) = @_;
	return if @way > 12;
	for my $term (split / +/, $text) {
		next unless $term =~ /^[-+~?]?(include|a|mx|ptr|exists)(?:[:\/](.*))?$/i ||
		    $term =~ /^(redirect)=(.*)$/i;
		my ($word, $name) = (lc $1, $2);
		$name = defined $name && $name =~ /\./ && $term =~ /[:=]/ ?
		    name($name =~ s/\/.*//r) : $own;
		$found->{asks}++;
		$found->{name}{$name} = 1;
		$found->{$word}{$name} = 1;
		if ($word eq 'include' || $word eq 'redirect') {
			if (grep { $_ eq $name } @way) {
				$found->{loop}{$name} = 1;
				next;
			}
			leads($_, $name, $found, @way, $name)
			    for spf_texts($name);
		} elsif ($word eq 'a' || $word eq 'exists' || $word eq 'mx') {
			my @told = grep { $_->{outcome} eq 'answer' } map {
			    rows('recursive', $name, $_) } $word eq 'mx' ?
			    'MX' : ('A', 'AAAA');
			$found->{void}++ if @told && !grep { @{$_->{AN}} }
			    @told;
			$found->{many} = 1 if $word eq 'mx' && grep {
			    @{$_->{AN}} > 10 } @told;
		}
	}
}

# The DMARC tags of a record: name => value, in small letters.
sub dmarc_of {
	my ($text) = @_;
	my $tags = tags($text) || [ map { [ split /\s*=\s*/, $_, 2 ] }
	    grep { /=/ } split /\s*;\s*/, $text ];
	return map { $_->[0] => lc $_->[1] } @$tags;
}

sub address_domains {
	my ($text) = @_;
	my %of = dmarc_of($text);
	return map { /\@([^!,\s]+)/g } grep { defined } @of{qw(rua ruf)};
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

# One of the server's addresses answers, and not this question.
sub unheard {
	my ($server, $o, $t) = @_;
	return !answers($server, $o, $t) if stands_in($server);
	return ($state{$server} || '') =~ /\banswers\b/ &&
	    grep { !grep { $_->{outcome} eq 'answer' && $_->{aa} &&
	    ($_->{rcode} == 0 || $_->{rcode} == 3) }
	    rows("authority $_", $o, $t) } @{$address{$server}};
}

my %proof = (
	'unregistered' => sub {
		my ($o) = @_;
		return ".$domain" =~ /\.\Q$o\E$/ &&
		    grep { $_->{rcode} == 3 } parents($o);
	},
	'undelegated' => sub {
		my ($o) = @_;
		my @all = parents($o);
		return ".$domain" =~ /\.\Q$o\E$/ && @all > 0 && !some(sub { $_->{type} eq 'NS' &&
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
	'unsearched' => sub {
		my ($o, $t, $v, $at) = @_;
		return $o ne $wanted->{owner} && every($at, sub {
		    unheard($_[0], $o, $t) && grep { rows("authority $_", $o,
		    $t) } @{$address{$_[0]}} });
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
		return every($at, sub { unheard($_[0], $o, $t) });
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
	'dname' => sub {
		my ($o, $t, $v, $at) = @_;
		return $t eq 'DNAME' && $wanted->{owner} =~ /\.\Q$o\E$/ &&
		    every($at, sub { scalar some(sub { $_->{owner} eq $o &&
		    $_->{type} eq $t && same($_->{value}, $v, $t) }, map {
		    answers($_[0], $wanted->{owner}, $_) }
		    $wanted->{type}, 'CNAME') });
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

	# Signs.
	'own-name' => sign(sub { my ($v, $w) = @_;
	    core($v) eq core($wanted->{owner}) }),
	'web-address' => sign(sub { $_[0] =~ /^https?:\//i }),
	'foreign-sign' => sign(sub { $_[0] =~ /[\x7f-\xff]/ }),
	'line-break' => sign(sub { $_[0] =~ /[\r\n]/ }),
	'priority-inside' => sign(sub { $wanted->{type} eq 'MX' &&
	    $_[0] =~ /^\d+[ \t]/ }),
	'blank-around' => sign(sub { $_[0] =~ /^[ \t]|[ \t]$/ }),
	'other-case' => sign(sub { $_[0] ne $_[1] && lc $_[0] eq lc $_[1] }),
	'receiving-host' => sign(sub { core($_[0]) =~ /^inbound-smtp/ }),
	'sending-host' => sign(sub { core($_[0]) =~ /^email-smtp/ }),
	'other-service' => sign(sub { core($_[0]) =~ /amazonaws\./ }),
	'percent-signs' => sign(sub { my ($v, $w) = @_; $v ne $w &&
	    lc($v =~ s/%([0-9a-f]{2})/chr hex $1/gier) eq lc $w }),
	'wrapped' => sign(sub { my ($v, $w, $x, $y) = @_;
	    length $x == 1 && length $y == 1 && lc $v eq lc "$x$w$y" }),
	'more-before' => sign(sub { my ($v, $w, $x) = @_;
	    length $x && lc $v eq lc "$x$w" }),
	'more-behind' => sign(sub { my ($v, $w, $x) = @_;
	    $w = key($w) if $wanted->{id} eq 'byodkim';
	    $x =~ s/\.\.\.$//;
	    length $x && index(lc $v, lc "$w$x") >= 0 }),
	'blank-for-plus' => sign(sub { parts(@_[0, 1], ' ', '+') }),
	'turned' => sign(sub { my ($v, $w, $x, $y) = @_;
	    $x eq reverse($y) && length $x == 2 && length $v == length $w &&
	    grep { lc $v eq lc(substr($w, 0, $_) . $x . substr($w, $_ + 2)) }
	    0 .. length($w) - 2 }),
	'other-part' => sign(sub { my ($v, $w, $x, $y) = @_;
	    $x ne $y && length $x && length $y && parts($v, $w, $x, $y) }),
	'part-missing' => sign(sub { my ($v, $w, $x, $y) = @_;
	    length $y && parts($v, $w, '', $y, 1) }),
	'part-added' => sign(sub { my ($v, $w, $x) = @_;
	    length $x && parts($v, $w, $x, '', 1) }),
	'end-missing' => sign(sub { my ($v, $w) = map { core($_) } @_[0, 1];
	    length $v < length $w && index($w, $v) == 0 }),
	'first-missing' => sign(sub { my ($v, $w, $x, $y) = @_;
	    index($w, $y) == 0 && substr($w, length $y) =~ /^ *\Q$v\E$/i }),
	'other-ending' => sign(sub { my ($v, $w) = map { core($_) } @_[0, 1];
	    my ($token) = $w =~ /^([a-z2-7]{32}\.)/;
	    defined $token && index($v, $token) == 0 && $v !~ /\.amazonses\.com$/ }),
	'other-middle' => sign(sub { my ($v, $w) = map { core($_) } @_[0, 1];
	    my ($token) = $w =~ /^([a-z2-7]{32}\.)/;
	    defined $token && $v ne $w && index($v, $token) == 0 && $v =~ /\.amazonses\.com$/ }),
	'region-inside' => sign(sub { my ($v, $w, $x) = map { core($_) }
	    @_[0 .. 2]; $x =~ /^[a-z]+(-[a-z]+)+-\d$/ &&
	    $v =~ /\.\Q$x\E\./ && index($w, $x) < 0 }),
	'no-region' => sign(sub { my ($v, $w) = map { core($_) } @_[0, 1];
	    my ($region) = $w =~ /^feedback-smtp\.([^.]+)\./;
	    $v =~ /^feedback-smtp/ && $v =~ /\.amazonses\.com$/ &&
	    $v !~ /\.\Q$region\E\./ }),
	'key-itself' => sign(sub { core($_[0]) =~ /p=mi|v=dkim1/ }),

	# Policies and keys.
	'ptr' => sign(sub { $_[0] =~ / [-+~?]?ptr\b/i }),
	'behind-all' => sign(sub { $_[0] =~ / [-+~?]?all +[^ ]/i }),
	'redirect-and-all' => sign(sub { $_[0] =~ / redirect=/i &&
	    $_[0] =~ / [-+~?]?all( |$)/i }),
	'odd-part' => sign(sub { $_[0] =~ / (?:include|a|mx|ptr|ip4|ip6|exists)=/i ||
	    $_[0] =~ / v=spf1/i || $_[0] =~ / [^ ]*:[^ ]*:/ }),
	'long-record' => sign(sub { length $_[0] > 450 }),
	'dmarc-tags' => sub {
		my ($o, $t, $v) = @_;
		my $text = text_of($t, $v) // return 0;
		my @names = map { $_->[0] } @{tags($text) || []};
		return !@names || !grep({ $_ eq 'p' } @names) ||
		    $names[1] ne 'p' || grep { my $n = $_; $n ne 'v' &&
		    !grep({ $n eq $_ } @dmarc[0 .. 9]) } @names;
	},
	'strict-dkim' => sub { my ($o, $t, $v) = @_;
	    my %of = dmarc_of(text_of($t, $v) // '');
	    ($of{adkim} // '') eq 's' },
	'stricter-below' => sub {
		my ($o, $t, $v) = @_;
		my %of = dmarc_of(text_of($t, $v) // '');
		my %rank = (none => 0, quarantine => 1, reject => 2);
		return grep { ($rank{$of{$_} // ''} // 0) >
		    ($rank{$of{p} // ''} // 0) } 'sp', 'np';
	},
	'reports-lost' => sub {
		my ($o, $t, $v) = @_;
		my @mx = grep { $_->{outcome} eq 'answer' } rows('recursive',
		    $o, 'MX');
		return grep({ name($_) eq $o } address_domains(text_of($t,
		    $v) // '')) && @mx && !grep { $_->{type} eq 'MX' &&
		    $_->{data} !~ / \.$/ } map { @{$_->{AN}} } @mx;
	},
	'reports-unwanted' => sub {
		my ($o, $t, $v) = @_;
		my @told = map { @{$row{$_}} } grep {
		    /^recursive \S+\._report\._dmarc\.\Q$o\E TXT$/ } keys %row;
		return grep({ name($_) eq $o } address_domains(text_of($t,
		    $v) // '')) && grep({ $_->{outcome} eq 'answer' } @told) &&
		    !grep { $_->{value} =~ /^v\s*=\s*DMARC1/ } map {
		    @{$_->{AN}} } @told;
	},
	'above-unheard' => sub {
		return 0 unless $_[0] eq $wanted->{owner};
		for (my $up = ".$domain"; $up =~ s/^[^.]*\.//;) {
			return 1 if !grep { $_->{outcome} eq 'answer' &&
			    ($_->{rcode} == 0 || $_->{rcode} == 3) }
			    rows('recursive', "_dmarc.$up", 'TXT');
		}
		return 0;
	},
	'key-fault' => sign(sub { !is_own_key($_[0]) }),
	'key-testing' => sign(sub { $_[0] =~ /(?:^|;)\s*t\s*=[^;]*y/i }),
	'key-spaced' => sign(sub { $_[0] =~
	    /(?:^|;)\s*p\s*=\s*[^;\s]+\s+[^;\s]/ }),
	'key-split' => sub {
		my ($o, $t, $v, $at) = @_;
		return 0 unless values_of($o, $t, $v, $at);
		my $key = key(shown($wanted->{expected}));
		my %pieces = map { ($_->{value} =~ s/^.*p\s*=|\s//gr) => 1 }
		    grep { $_->{type} eq 'TXT' && $_->{owner} eq $o }
		    map { @{$_->{AN}} } map { @{$row{$_}} }
		    grep { / \Q$o\E TXT$/ } keys %row;
		return keys %pieces > 1 && !grep { index($key, $_) < 0 }
		    keys %pieces;
	},

	# What findings say in words of their own.
	'doubled' => sub {
		my ($o, $t, $v) = @_;
		my @had = split /\./, $o;
		for my $i (0 .. $#had) {
			for my $j ($i + 1 .. @had) {
				my $rest = join '.', @had[0 .. $i - 1],
				    @had[$j .. $#had];
				my $run = join '.', @had[$i .. $j - 1];
				return values_of(@_) if
				    $rest eq $wanted->{owner} &&
				    ".$rest." =~ /\.\Q$run\E\./;
			}
		}
		return 0;
	},
	'domain-behind' => sign(sub { my ($v, $w) = map { lc } @_[0, 1];
	    my ($behind) = $v =~ /^\Q$w\E\.(.+)$/;
	    defined $behind && ".$wanted->{owner}" =~ /\.\Q$behind\E$/ }),
	'quoted' => sign(sub { $_[0] =~ /["\\]/ }),
	'other-region' => sign(sub { my ($v, $w) = map { lc } @_[0, 1];
	    $v ne $w && ($v =~ /^feedback-smtp\.[a-z]+(-[a-z]+)+-\d\.amazonses\.com$/ ||
	    ($v =~ /^([^.]+)\.dkim(\.[a-z]+(-[a-z]+)+-\d)?\.amazonses\.com$/ &&
	    index($w, "$1.") == 0)) }),
	'other-row' => sub {
		my ($o, $t, $v) = @_;
		return 0 unless values_of(@_);
		return 1 if is_exchanged($o, $v);
		return grep { $_->{owner} ne $wanted->{owner} &&
		    $_->{type} eq $t && lc shown($_->{expected}) eq
		    lc shown($v) } @wanted;
	},
	'several' => sub {
		my ($o, $t, $v, $at) = @_;
		my $is = $wanted->{id} eq 'dmarc' ? qr/^v\s*=\s*DMARC1\s*(;|$)/ :
		    qr/^v=spf1( |$)/i;
		return values_of(@_) && every($at, sub { scalar grep { grep({
		    $_->{type} eq 'TXT' && $_->{value} =~ $is } @{$_->{AN}}) >
		    1 } answers($_[0], $o, 'TXT') });
	},
	'unreadable' => sign(sub { $wanted->{id} eq 'dmarc' ?
	    !is_dmarc($_[0]) : !is_spf($_[0]) }),
	'misses-ses' => sign(sub { !reaches_ses($_[0], 0) }),
	'permits-all' => sign(sub { my ($v) = @_; grep { / \+?all( |$)/i } $v,
	    $v =~ / redirect=(\S+)/i ? spf_texts(name($1)) : () }),
	'leads-astray' => sub {
		my ($o, $t, $v) = @_;
		my $text = text_of($t, $v) // return 0;
		my %found;
		leads($text, $wanted->{owner}, \%found, $wanted->{owner});
		return 0 unless $found{name}{$o} || $o eq $wanted->{owner};
		return 1 if ($found{asks} // 0) > 10 || ($found{void} // 0) > 2
		    || $found{many} || $found{loop}{$o};
		my @there = spf_texts($o);
		return ($found{include}{$o} || $found{redirect}{$o}) &&
		    (@there != 1 || !is_spf($there[0]));
	},
	'unanswered' => sub {
		my ($o, $t, $v) = @_;
		my $text = text_of($t, $v) // return 0;
		my %found;
		leads($text, $wanted->{owner}, \%found, $wanted->{owner});
		return $found{name}{$o} && grep { !grep {
		    $_->{outcome} eq 'answer' && ($_->{rcode} == 0 ||
		    $_->{rcode} == 3) } rows('recursive', $o, $_) }
		    qw(TXT A AAAA MX);
	},
	'asks-refusal' => sub { my ($o, $t, $v) = @_;
	    my %of = dmarc_of(text_of($t, $v) // '');
	    grep { ($of{$_} // '') =~ /^(quarantine|reject)/ } qw(p sp np) },
	'unaligned' => sub {
		my ($o, $t, $v) = @_;
		my $text = text_of($t, $v) // return 0;
		my %of = dmarc_of($text);
		my ($mx) = grep { $_->{id} eq 'mail-from-mx' } @wanted;
		my $at = $o =~ s/^_dmarc\.//r;
		return ($of{aspf} // '') eq 's' || ($mx &&
		    ".$mx->{owner}" !~ /\.\Q$at\E$/);
	},
	'key-unheard' => sub {
		my ($o, $t, $v, $at) = @_;
		return values_of(@_) && every($at, sub { !grep {
		    $_->{outcome} eq 'answer' && grep { $_->{type} eq 'TXT' || $_->{type} eq 'CNAME' }
		    @{$_->{AN}} } map { rows("authority $_", $o, 'TXT') }
		    @{$address{$_[0]}} });
	},
	'kept' => sub {
		my ($o, $t) = @_;
		return $o eq $wanted->{owner} && grep { $_->{aa} &&
		    !some(sub { is_wanted($_[0]) }, $_) && grep {
		    $_->{type} eq 'SOA' && $_->{data} =~ / (\d+)$/ && $1 > 0 }
		    @{$_->{AU}} } map { @{$ever{$_}} }
		    grep { /^authority \S+ \Q$o\E \Q$t\E$/i } keys %ever;
	},
	# Of the domain.
	'mute' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && !grep { my $key = $_;
	    $key =~ /^authority \Q$v\E / && $key !~ /^\S+ \S+ \Q$o\E (SOA|NS)/ &&
	    grep { $_->{outcome} eq 'answer' && $_->{aa} } @{$row{$key}} }
	    keys %row },
	'refuses' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && grep { $_->{rcode} == 5 } soa_of($v, $o) },
	'fails' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && grep { $_->{rcode} != 0 && $_->{rcode} != 3 &&
	    $_->{rcode} != 5 } soa_of($v, $o) },
	'without-authority' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && (grep({ !$_->{aa} || !some(sub {
	    $_[0]{type} eq 'SOA' || $_[0]{type} eq 'CNAME' }, $_) }
	    soa_of($v, $o)) || grep { !$_->{aa} && (@{$_->{AN}} || grep {
	    $_->{type} eq 'SOA' } @{$_->{AU}}) } map { @{$row{$_}} }
	    grep { /^authority \Q$v\E \S+\.\Q$o\E / } keys %row) },
	'addressless' => sub { my ($o, $t, $v, $at) = @_;
	    every($at, sub { my $s = name($_[0]); $address{$_[0]} &&
	    !grep { $_->{owner} eq $s && $_->{type} =~ /^A(AAA)?$/ } map { @{$_->{AN}}, @{$_->{AD}} }
	    map { @$_ } values %row }) },
	'tcp-alone' => sub { my ($o, $t, $v, $at) = @_;
	    my @all = grep { $_->{outcome} eq 'answer' } map { @{$row{$_}} }
	    grep { /^authority \Q$v\E / && !/ tcp$/ } keys %row;
	    belongs($v, $at) && @all && !grep { !$_->{unheard} } @all },
	'udp-alone' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && grep { $_->{asked_tcp} && $_->{outcome} =~
	    /^(silent|garbled)$/ } map { @$_ } @ever{grep {
	    /^authority \Q$v\E / } keys %ever} },
	'without-edns' => sub { my ($o, $t, $v, $at) = @_;
	    my @all = grep { $_->{outcome} eq 'answer' && !$_->{over_tcp} }
	    map { @{$row{$_}} } grep { /^authority \Q$v\E / } keys %row;
	    belongs($v, $at) && @all && !grep { !$_->{no_edns} } @all },
	'inner-address' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && $v =~ /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|192\.0\.[02]|198\.1[89]|198\.51\.100|203\.0\.113|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\.|^(?:::|f[cdef]|fe[89a-f]|2001:db8)/i },
	'server-alias' => sub { my ($o, $t, $v, $at) = @_;
	    belongs($v, $at) && every($at, sub { my $s = name($_[0]);
	    scalar some(sub { $_[0]{type} eq 'CNAME' && $_[0]{owner} eq $s },
	    rows('recursive', $s, 'A')) }) },
	'unsigned-copy' => sub { my ($o, $t, $v, $at) = @_;
	    my $keys = sub { some(sub { $_[0]{type} eq 'DNSKEY' }, @_) };
	    my @mine = grep { $_->{aa} } rows("authority $v", $o, 'DNSKEY');
	    belongs($v, $at) && @mine && !$keys->(@mine) && $keys->(map {
	    @{$row{$_}} } grep { /^authority \S+ \Q$o\E DNSKEY$/i } keys %row) },
	'too-much' => sub {
	    my (%ns, %a, $asked);
	    return 0 unless $_[0] eq $zone;
	    for (map { @$_ } values %row) {
		return 1 if $_->{cut};
		$asked++;
		$ns{name($_->{data})} = 1 for grep { $_->{type} eq 'NS' }
		    @{$_->{AN}}, @{$_->{AU}};
		$a{$_->{data}} = 1 for grep { $_->{type} =~ /^A(AAA)?$/ }
		    @{$_->{AN}}, @{$_->{AD}};
	    }
	    return keys %ns >= 32 || keys %a >= 32 || $asked >= 3000;
	},
	'glue' => sub { my ($o, $t, $v, $at) = @_;
	    grep { $_->{owner} eq $o && $_->{type} eq $t &&
	    lc $_->{data} eq lc $v } map { @{$_->{AD}}, @{$_->{AN}} }
	    map { @$_ } values %row },
	'own-address' => sub { my ($o, $t, $v, $at) = @_;
	    grep { $_->{owner} eq $o && $_->{type} eq $t &&
	    lc $_->{data} eq lc $v } map { @{$_->{AN}}, @{$_->{AD}} }
	    grep { $_->{aa} || @{$_->{AN}} } map { @$_ } values %row },
	'mail-host' => sub { my ($o, $t, $v, $at) = @_;
	    $o eq $domain && $v =~ /^feedback-smtp/i && every($at, sub {
	    scalar some(sub { $_[0]{owner} eq $o && $_[0]{type} eq 'MX' &&
	    name($_[0]{data}) =~ /^\d+ \Q$v\E$/i },
	    answers($_[0], $o, 'MX')) }) },
	'no-other-mx' => sub { my ($o, $t, $v, $at) = @_;
	    $o eq $domain && every($at, sub { answers($_[0], $o, 'MX') }) &&
	    !some(sub { $_[0]{type} eq 'MX' &&
	    name($_[0]{data}) !~ /^\d+ feedback-smtp\./ },
	    map { answers($_, $o, 'MX') } @$at) },
	'top-alias' => sub { my ($o, $t, $v, $at) = @_;
	    $o eq $zone && every($at, sub { scalar some(sub {
	    $_[0]{owner} eq $o && $_[0]{type} eq 'CNAME' &&
	    name($_[0]{data}) eq lc $v }, map { answers($_[0], $o, $_) }
	    'SOA', 'MX') }) },
	'lost' => sub { my ($o, $t, $v) = @_;
	    grep({ /^-?\d+ \Q$o\E \Q$t\E (.*)$/i && name($1 =~ s/"//gr) eq
	    name($v =~ s/"//gr) } @{$head{noted} || []}) &&
	    grep { $_->{outcome} eq 'answer' && !some(sub {
	    $_[0]{owner} eq $o && $_[0]{type} eq $t &&
	    same($_[0]{value}, $v, $t) }, $_) } map { @{$row{$_}} }
	    grep { /^authority \S+ \Q$o\E / } keys %row },
	'moved' => sub { my ($o, $t, $v) = @_;
	    grep({ /^-?\d+ \S+ NS (.*)$/ && name($1) eq name($v) }
	    @{$head{noted} || []}) && !$address{name($v)} },
	'serials' => sub { my ($o, $t, $v, $at) = @_;
	    my %serial = map { (split ' ', $_->{data})[2] => 1 }
	    grep { $_->{type} eq 'SOA' && $_->{owner} eq $o }
	    map { @{$_->{AN}} } map { answers($_, $o, 'SOA') } @$at;
	    @$at && keys %serial > 1 },
	'one-list' => sub { my ($o, $t, $v, $at) = @_;
	    my @lists = grep { %$_ } map { { map { octets(name($_->{data})) => 1
	    } grep { $_->{type} eq 'NS' && $_->{owner} eq $o } @{$_->{AN}},
	    @{$_->{AU}} } } map { @$_ } values %row;
	    every($at, sub { my $s = octets(name($_[0]));
	    grep({ $_->{$s} } @lists) && grep { !$_->{$s} } @lists }) },
	'in-force' => sub { my ($o, $t, $v, $at) = @_;
	    my %ns = map { name($_->{data}) => 1 } grep { $_->{type} eq 'NS' &&
	    ($_->{owner} eq $o || $_->{owner} eq $zone) }
	    map { @{$_->{AN}}, @{$_->{AU}} } map { @$_ } values %row;
	    every($at, sub { $ns{name($_[0])} }) },
	'handed-on' => sub { my ($o, $t, $v, $at) = @_;
	    $o =~ /\.\Q$zone\E$/ && every($at, sub { $address{$_[0]} ||
	    (stands_in($_[0]) && some(sub { $_[0]{type} eq 'NS' },
	    answers($_[0], $o, 'NS'))) }) && grep { $_->{type} eq 'NS' &&
	    $_->{owner} eq $o } map { @{$_->{AN}}, @{$_->{AU}} }
	    map { @$_ } values %row },
	'disowned' => sub { my ($o, $t, $v, $at) = @_;
	    every($at, sub { $address{$_[0]} && !grep { $_->{outcome} eq
	    'answer' && $_->{aa} } map { rows("authority $_", $o, 'SOA') }
	    grep { $_ ne '' } @{$address{$_[0]}} }) },
	'unreached' => sub { $_[0] eq $domain && !grep { /^authority / &&
	    !/ tcp$/ && grep { $_->{outcome} eq 'answer' } @{$row{$_}} }
	    keys %row },
	'diverted' => sub { $_[0] eq $domain && grep {
	    /^authority 192\.0\.2\.53 / && grep { $_->{outcome} eq 'answer' }
	    @{$row{$_}} } keys %row },
	'ipv6-alone' => sub { my ($o, $t, $v, $at) = @_;
	    every($at, sub { $address{$_[0]} && !grep { !/:/ }
	    @{$address{$_[0]}} }) },
	'clock' => sub { $_[0] eq '.' && grep { $_->{outcome} eq 'bogus' }
	    rows('recursive', '.', 'NS') },
	'bogus-below' => sub { my ($o) = @_;
	    grep { /^recursive (\S+) / && ".$1" =~ /\.\Q$o\E$/ && grep {
	    $_->{outcome} eq 'bogus' } @{$row{$_}} } keys %row },
	'made-up' => sub { my ($o, $t, $v) = @_;
	    my @keys = grep { /^(?:system|also) \Q$v\E / } keys %row;
	    $o eq $zone && grep { my $key = $_;
	    my ($name, $type) = $key =~ /^\S+ \S+ (\S+) (\S+)$/;
	    my @other = map { @{$row{$_}} } grep { / \Q$name\E \Q$type\E$/ &&
	    /^(authority|recursive)/ } keys %row;
	    grep { my $said = $_; $said->{outcome} eq 'answer' && grep {
	    $_->{outcome} eq 'answer' && (!@{$_->{AN}} != !@{$said->{AN}}) }
	    @other } @{$row{$key}} } @keys },
	'below-doubled' => sub { my ($o) = @_;
	    my $guard = ($head{guard} || [''])->[0];
	    my $beside = "$guard." . ($o =~ s/^[^.]*\.//r);
	    my @here = own($o, 'TXT');
	    my @there = own($beside, 'TXT');
	    @there && !some(sub { 1 }, @there) && (some(sub {
	    $_[0]{type} eq 'TXT' }, @here) || (grep({ $_->{rcode} == 0 } @here)
	    && grep { $_->{rcode} == 3 } @there)) },
	'lacks' => sub { my ($o, $t, $v, $at) = @_;
	    local $wanted = (grep { $_->{owner} eq $o && $_->{type} eq $t }
	    @wanted)[0] or return 0;
	    every($at, sub { grep({ !some(\&is_wanted, $_) }
	    answers($_[0], $o, $t)) }) && some(\&is_wanted, map { @{$row{$_}} }
	    grep { /^authority \S+ \Q$o\E \Q$t\E$/i } keys %row) },
	'seen-by-aws' => sub { my ($o) = @_;
	    grep({ name($_) eq $o } @{$head{soa} || []}) && !$address{$o} },
	'entered' => sub { $_[0] eq $wanted->{owner} && grep { /^\Q$wanted->{id}\E / }
	    @{$head{entered} || []} },
);

# --- The document ---

# As jq writes it: a tab is the only thing that cannot stand in a field.
sub field {
	my %is = (t => "\t", n => "\n", r => "\r", '\\' => '\\');
	return $_[0] =~ s/\\(.)/$is{$1}/gr;
}

open $in, '<', $flat or die "$flat: $!\n";
my @lines = map { chomp; [ map { field($_) } split /\t/, $_, -1 ] } <$in>;
for (@lines) {
	my ($what, @f) = @$_;
	if ($what eq 'server') {
		push @{$address{$f[0]}}, lc $f[1];
		$state{$f[0]} = ($state{$f[0]} || '') . " $f[2]";
	} elsif ($what eq 'domain') {
		($domain, $zone) = @f;
	} elsif ($what eq 'place') {
		$place{name($f[0])} = 1;
	} elsif ($what eq 'record') {
		push @wanted, { id => $f[0], owner => name($f[1]),
		    type => $f[2], expected => $f[3], state => $f[4] };
	}
}
my @rest = @wanted;
for (@lines) {
	my ($what, @f) = @$_;
	if ($what eq 'record') {
		$wanted = shift @rest;
	} elsif ($what eq 'finding') {
		$wanted = { id => $f[0], owner => '', type => '',
		    expected => '' };
	} elsif ($what eq 'claim') {
		my ($kind, $owner, $type, $value, $at, $there, $belongs) = @f;
		my $is_true = $proof{$kind};
		print "  $kind of $wanted->{id}: $owner $type $value ($at)" .
		    " $there $belongs\n"
		    unless $is_true && $is_true->(name($owner), $type, $value,
		    [ split ' ', $at ], shown($there), shown($belongs));
	}
}

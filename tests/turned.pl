# turned.pl FOLDER CASE...: FOLDER/NAME.turned is NAME.case, for each of these, with
# the rows of each answer the other way round, as servers are free to send them, and the questions, too; answers to
# one question keep their order.
use strict;
use warnings;

my (@head, @order, %asked, $question, @row, $section);

# The rows of the section so far, turned.
sub close_section {
	push @{$asked{$question}}, reverse splice @row if defined $question;
	$section = '';
}

sub flush_questions {
	close_section();
	print @{$asked{$_}} for reverse @order;
	(@order, %asked) = ();
	undef $question;
}

my $folder = shift;
while (<>) {
	if ($. == 1) {
		my ($name) = $ARGV =~ m{([^/]*)\.case$};
		open STDOUT, '>', "$folder/$name.turned" or die "$name: $!\n";
		$section = '';
	}
	if (/^ask (.*)/) {
		close_section();
		$question = $1;
		push @order, $question unless $asked{$question};
		push @{$asked{$question}}, $_;
	} elsif (defined $question && /^  (AN|AU|AD) /) {
		close_section() if $1 ne $section;
		$section = $1;
		push @row, $_;
	} elsif (defined $question && /^  /) {
		close_section();
		push @{$asked{$question}}, $_;
	} else {
		flush_questions() if defined $question;
		print;
	}
} continue {
	if (eof) {
		flush_questions() if defined $question;
		close ARGV;
	}
}

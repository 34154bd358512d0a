# A reader who does what the remedies of a `check --json` say, to the letter,
# in a form that appends the domain to a label.  Input: {doc, rows, zone};
# a row is {foreign, owner, type, rdata}.  Output: the rows afterwards; relabel:
# another MAIL FROM name is to be chosen; wrong: what must not be said.

include "harms";

def field($name): first(.form[] | select(.field == $name) | .value) // "";

def typed_owner($zone): if . == "" then $zone else . + "." + $zone end;

def typed_host: if endswith(".") then . else . + "." end;

# What the form stores; priority as the row has it, else as the form says.
def typed_rdata($type; $priority):
	if $type == "TXT" then "\"" + . + "\""
	elif $type == "MX" then $priority + " " + typed_host
	else typed_host end;

# The whole record, typed anew; where the form is one text, in its own words.
def entered($zone): {
	foreign: false,
	owner: (if field("line") != "" then .owner
	    else field("name") | typed_owner($zone) end),
	type: .type,
	rdata: (. as $r |
	    if field("line") == "" then field("value") |
		typed_rdata($r.type; $r | field("priority"))
	    elif .type == "TXT" then "\"" + .expected + "\""
	    else .expected + "." end)
};

def plain: ascii_downcase | ltrimstr("\"") | rtrimstr("\"") | rtrimstr(".");

# Which row is meant: where it was found, by value if several stand there.
def meant($rows):
	.found[0] as $f |
	[$rows | to_entries[] | select($f != null and
	    (.value.owner | ascii_downcase) == $f.owner and
	    .value.type == $f.type)] as $there |
	[$there[] | select((.value.rdata | plain) == ($f.value | plain))]
	    as $same |
	($same + $there)[0];

def instruction: capture("set (?<label>[「\"].+?[」\"]) to exactly " +
    "(?<value>.+?)(, without any quotation mark,| \\(with the dot at the " +
    "end\\))? and save( \\(| the change)") |
    .label |= .[1:-1];

# Where nothing is to be typed now.
def waits: test("^(Nothing |Wait |Try again|First do what is said at|See the note on |Copy the current rows|Compare it)") or
    test("^Finish the DKIM rows first, .*Leave the DMARC record at") or
    test("Ask who made|What follows p= stays as it is");

def edit($r; $row; $zone):
	($r.remedy | instruction) as $do |
	($r.form[] | select(.label == $do.label)) as $field |
	# A host may be told with the dot at its end, which the card has not.
	if $do.value != $field.value and ($field.field != "value" or
	    $row.type == "TXT" or $do.value != $field.value + ".")
	then error("\($r.id): \($do.label) is not \($do.value)")
	elif $field.field == "name" then
		$row | .owner = ($do.value | typed_owner($zone))
	else
		$row | .rdata = ($do.value | typed_rdata($row.type;
		    $row.rdata | split(" ")[0]))
	end;

def one($r; $zone):
	.rows as $rows |
	($r | meant($rows)) as $at |
	$r.remedy as $say |
	($at != null and $at.value.foreign) as $foreign |
	($say | test("for SES only|Only if nothing of yours")) as $ours_only |
	if $say | harms then
		.wrong += ["\($r.finding): \($say)"]
	elif ($say | test("^Leave|edit this row|" +
	    "to exactly|this line read exactly|give this row the value") |
	    not) or ($foreign and $ours_only) or ($say | test("^Leave")) then
		if $say | test("hoose another MAIL FROM name") then
			.relabel = true
		elif $say | test(" enter .*press the (last button|save button at the end)|" +
		    "add this line: ") then
			.rows += [$r | entered($zone)]
		elif ($foreign and $ours_only) or ($say | waits) then
			.
		else
			.wrong += ["\($r.finding): nobody can follow " +
			    "this: \($say)"]
		end
	elif $at == null then
		.wrong += ["\($r.finding) of \($r.id): which row? \($say)"]
	elif $foreign then
		.wrong += ["\($r.finding) of \($r.id) lays hands on " +
		    "\($at.value | tojson): \($say)"]
	elif $say | test("set .+ to exactly") then
		.rows[$at.key] = edit($r; $at.value; $zone)
	else
		# A line, another type, a proxy switched off, or the value given.
		.rows[$at.key] = ($r | entered($zone))
	end;

def followed: .zone as $zone | .doc as $doc |
reduce ($doc.records[] | select(.finding != "ok")) as $r
    ({rows: .rows, relabel: false, wrong: []}; one($r; $zone));

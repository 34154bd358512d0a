# All looks of a scenario, of each the report (json) and that of its recording
# (again), as lines "FOLDER KIND WORDS" with tabs between: its facts, what claims.pl
# reads (flat), what a case expects (recorded), and whether the recording says
# something else (differs).  One jq for all of them: it takes longer to start
# than to read.
include "facts";
include "claims";

def recorded:
    "expect verdict \(.verdict)",
    "expect provider \(.provider.id)",
    (.ses.note | values | "expect ses \(.)"),
    (.findings[] | "expect domain \(.finding) \(.state)" +
	(if .subject | contains("\\") then "" else " " + .subject end)),
    (.records[] | "expect record \(.id) \(.state) " + .finding +
	(if (.found | length) > 0 and
	(.found[0].owner | contains("\\") | not) then
	" found " + .found[0].owner else "" end));

# Which servers were asked to confirm it may depend on who answered first, and
# how long something is still remembered on when that was asked.
def lasting:
    del(.elapsed_ms, .checked_at, .records[].found[].seen_by,
    .records[].claims[].at, .records[].retry_after_s) |
    walk(if type == "string" then gsub("[0-9]+ s more"; "") else . end);

[inputs | {key: input_filename, value: .}] | from_entries as $all |
$all | to_entries[] | select(.key | endswith("/json")) |
(.key | rtrimstr("/json")) as $folder | $all[$folder + "/again"] as $again |
.value | ((facts | ["facts", .]), (flat | ["flat", @tsv]),
    (recorded | ["recorded", .]),
    (select($again != null and lasting != ($again | lasting)) |
    ["differs", "yes"])) |
.[0] as $kind | .[1] | split("\n")[] | "\($folder)\t\($kind)\t\(.)"

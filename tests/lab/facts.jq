# A report of `check --json` as lines of words, for `expect` to compare.
def facts:
def words: map(. // "-" | tostring | gsub("\n"; " ")) | join(" ");
(["verdict", .verdict] | words),
(["elapsed", .elapsed_ms] | words),
(["domain", .domain] | words),
(["zone", .zone] | words),
(["region", .region] | words),
(["dnssec", .dnssec] | words),
(["provider", .provider.id, .provider.source, .provider.evidence] | words),
(["ses", .ses.status, .ses.note] | words),
(.nameservers[]? | ["server", .name, .state, .serial] | words),
(.findings[]? | .finding as $finding |
    (["finding", .finding, .state] | words),
    (["summary", .finding, .summary] | words),
    (["why", .finding, .explanation] | words),
    (["remedy", .finding, .remedy] | words),
    (.rows[]? | ["lost", $finding, .owner, .type, .value] | words)),
(.records[]? | .id as $id |
    (["record", $id, .state, .finding, .ses_error] | words),
    (.found[]? |
        (["found", $id, .owner, .type, .value] | words),
        (.seen_by[]? | ["seen", $id, .] | words)),
    (.explanation // "" | split("\n")[1:][] | ["note", $id, .] | words),
    (.form[]? | ["form", $id, .field, .value] | words),
    (["summary", $id, .summary] | words),
    (["why", $id, .explanation] | words),
    (["remedy", $id, .remedy] | words),
    (["action", $id, .action.do, .action.at] | words),
    (["asks", $id, if .form == [] then "no" elif .only_if_none then "if-none"
        else "yes" end] | words))
, # Text that could reach a terminal: no control or bidi characters in it.
(.. | strings | select(explode | any(. < 32 and . != 10
    or . >= 127 and . < 160 or . >= 8203 and . <= 8207
    or . >= 8232 and . <= 8238 or . >= 8294 and . <= 8297)) | "raw " + tojson);

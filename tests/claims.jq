# A line of fields for each server, record and claim of a report of
# `check --json`, for claims.pl.
def flat:
    (.nameservers[] | ["server", .name, .address, .state]),
    ["domain", .domain, .zone], (.records[] | ["place", .owner]),
    (.findings[] | ["finding", .finding], (.claims[] | ["claim",
    .claim, .owner, .type, .value // "", (.at | join(" ")), "", ""])),
    (.records[] | ["record", .id, .owner, .type, .expected, .state],
    (.claims[] | ["claim", .claim, .owner, .type, .value // "",
    (.at | join(" ")), .there // "", .belongs // ""]));

# Does a remedy tell to do what must never be told?
def harms:
	test("(?i)\\b(delete|remove|erase)\\b") or
	test("(消し|削除し)てください") or
	test("ネームサーバーを.*(変え|切り替え)てください") or
	(test("(?i)(switch|change|set) (its|the) name ?servers?") and
	    (test("(?i)do not change the name servers") | not));

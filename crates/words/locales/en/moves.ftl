moves = The next moves
moves-note = What brings most for the whole quarter now: every need, every offer and every limit is part of the sum.
moves-hours = Hours this week
moves-plan = Plan
moves-none = There is nothing to bring together at present. New needs and offers take part at once.
moves-units = { $count ->
    [one] { $count } time
   *[other] { $shown } times
}
moves-proven = Worked out over { $needs } open needs and { $pairs } possible pairs; no other plan brings more in all, that was checked. After these, { $later } more pairs wait.
moves-without = Who gets nothing?
moves-without-count = { $count ->
    [one] One need gets nothing in this plan
   *[other] { $shown } needs get nothing in this plan
}
moves-why = Why?
moves-nobody-fits = Nothing speaks enough for anybody. A more exact text helps, or a walk through the streets.
moves-needed-elsewhere = Those who fit are needed more elsewhere, or have promised what they can.

moves-what-if = What if …
moves-without-actor = … this business gave nothing?
moves-without-nobody = Everybody gives
moves-walk = … nobody went farther than so many metres on foot?
moves-as-it-is = Plan without a condition
moves-changes = What changes with that
moves-changes-none = Nothing: the plan stays the same.
moves-changes-served = { $after } needs would get something, without the condition it is { $before }.
moves-changes-less = All in all it fits { $percent }% less well.
moves-others = Who else could fit
moves-changes-needs = Which needs are affected
moves-before = So far
moves-after = Then
moves-nobody = nobody

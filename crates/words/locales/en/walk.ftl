# The walk of the day: which doors next, in which order, and why.

walk-reason-expected = If they join it brings { $value }; the chance is estimated at { $percent }%.
walk-reason-never-visited = No earlier visit is known of.
walk-reason-rested = { $days ->
    [0] Somebody was here today already.
    [one] Somebody was here yesterday: a visit counts { $percent }% today.
   *[other] Somebody was here { $days } days ago: a visit counts { $percent }% today.
}
walk-reason-next-door = Right next door.
walk-reason-walk = { $minutes ->
    [one] One minute on foot ({ $metres } m).
   *[other] { $minutes } minutes on foot ({ $metres } m).
}
walk-reason-wait = { $minutes ->
    [one] Opens one minute after arrival.
   *[other] Opens { $minutes } minutes after arrival.
}
walk-reason-closes = Open until { $time }.

# The page “Today's walk”.
nav-walk = Walk
walk = Today's walk
walk-note = Which doors now, in which order, and what to talk about there.
walk-minutes = Minutes
walk-start = Start
walk-start-hint = An address or somebody of the directory. Empty: the middle of the quarter.
walk-day = Day
walk-time = Leaving at
walk-whom = Whom to visit
walk-whom-new = not taking part yet
walk-whom-all = all shops
walk-end = End
walk-end-back = back at the start
walk-end-open = anywhere
walk-plan = Plan
walk-summary = { $count ->
    [one] one door
   *[other] { $count } doors
}, { $from } to { $to } ({ $minutes } minutes), { $metres } m on foot
walk-begins = { $time }, { $place }
walk-ends = { $time }: done.
walk-ends-back = { $time }: back at the start.
walk-note-answer = Note the answer
walk-asks = What to ask for
walk-percent = { $percent }%
walk-ask-confirmed = { $kind }, said so when asked
walk-on-foot = { $count ->
    [0] Right next door.
    [one] One minute on foot.
   *[other] { $shown } minutes on foot.
}
walk-last = Last visited on { $day }.
walk-again = Call again from { $day }.
walk-joins = Chance to take part: { $percent }%.
walk-map-note = The line joins the doors as the crow flies; the times allow for 30% more.
walk-print = The page fits on one sheet: print it and take it along.
walk-none = No door is worth it in this time. More minutes, another start or another hour often help.
walk-left = Not on the walk
walk-count-declined = { $count ->
    [one] one said no
   *[other] { $shown } said no
}
walk-count-later = { $count ->
    [one] one asked to be called later
   *[other] { $shown } asked to be called later
}
walk-count-just-visited = { $count ->
    [one] one was visited just now
   *[other] { $shown } were visited just now
}
walk-count-nothing-to-ask = { $count ->
    [one] one has nothing that is needed now
   *[other] { $shown } have nothing that is needed now
}
walk-count-closed = { $count ->
    [one] one is closed
   *[other] { $shown } are closed
}
walk-count-too-far = { $count ->
    [one] one is too far away
   *[other] { $shown } are too far away
}
walk-count-no-time = { $count ->
    [one] no time for one
   *[other] no time for { $shown }
}
walk-left-declined = Said no and named no day.
walk-left-later = Asked to be called again from { $day } on.
walk-left-just-visited = Somebody was here just now.
walk-left-nothing-to-ask = Has nothing that is needed now.
walk-left-closed = Is closed during this time.
walk-left-too-far = Is too far away.
walk-left-no-time = Others bring more in this time.
walk-how = How this is worked out
walk-how-text = A door counts for as much as there is to solve at it of open needs (three at most, each with its chance), times the chance that the shop takes part. Whoever was visited recently counts less. Chances come from the branch and from everything that shops here have answered; the own street counts most. A visit takes eight minutes, on foot it is 80 metres a minute. Where opening hours are missing, the door counts as open.

# What a shop answered, on its page.
answers = Visits and answers
answers-none = Nothing noted yet.
answers-note = Note a visit or an answer
answers-kind = What was it about?
answers-typical = Typical of this branch
answers-others = Everything else
answers-on = Day
answers-again = Call again from
answers-said = Answer
answer-taking-part = Taking part at all
answer-yes = Yes
answer-no = No
answer-interested = Is interested
answer-open = Was there, still open
answer-line = On { $day }, { $about }: { $said }
answer-line-again = On { $day }, { $about }: { $said }, call again from { $again }

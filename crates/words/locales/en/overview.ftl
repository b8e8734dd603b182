# The overview: what a coordinator sees in the morning.
overview-kicker = Hello
overview-title = What is going on here?
overview-enter = Enter cards
overview-needs = { $count ->
    [one] open need
   *[other] open needs
}
overview-offers = { $count ->
    [one] open resource
   *[other] open resources
}
overview-ideas = { $count ->
    [one] idea
   *[other] ideas
}
overview-actors = { $count ->
    [one] actor
   *[other] actors
}
first = The first three steps
first-done = done
first-kiez = Bring the neighbourhood in
first-kiez-text = A map of OpenStreetMap, lists of addresses or the table of the last survey: before anything is taken in, you see what would become of it.
first-cards = Enter the first cards
first-cards-text = What is lacking, what there is, what somebody thinks of: one sentence, Enter, next card.
first-project = Say who you are
first-project-text = Area, term, carrier, aims and the colour of the project: they give the public page a face.
overview-new-table = What was new in the last 48 weeks, as a table
overview-from = Four weeks from
overview-waiting = What waits
overview-nothing-waits = Nothing waits: files and entries agree, every recent need has a suggestion, and no business waits for a visit.
overview-differences = { $count ->
    [one] { $shown } difference between a file and an entry
   *[other] { $shown } differences between files and entries
}
overview-differences-text = An import says something else than what somebody entered by hand. You decide which holds.
overview-returning = “Not now” ends this week
overview-returning-from = possible again from { $day }:
overview-alone = { $count ->
    [one] { $shown } need that nobody fits yet
   *[other] { $shown } needs that nobody fits yet
}
overview-alone-text = { $count ->
    [one] One open need was looked at.
   *[other] The { $shown } newest open needs were looked at.
}
overview-interested = { $count ->
    [one] { $shown } business wants to know more
   *[other] { $shown } businesses want to know more
}
overview-unvisited = { $count ->
    [one] { $shown } business was not visited yet
   *[other] { $shown } businesses were not visited yet
}
overview-and-more = and { $shown } more
overview-recent = Changed last
overview-recent-none = Nothing entered yet.
overview-to-list = To the list
recent-line = { $what } { $act }
recent-created = entered
recent-updated = changed
recent-removed = removed
recent-need = { $count ->
    [one] Need
   *[other] { $shown } needs
}
recent-offer = { $count ->
    [one] Resource
   *[other] { $shown } resources
}
recent-idea = { $count ->
    [one] Idea
   *[other] { $shown } ideas
}
recent-actor = { $count ->
    [one] Actor
   *[other] { $shown } actors
}
recent-premises = { $count ->
    [one] Premises
   *[other] { $shown } premises
}
recent-verdict = { $count ->
    [one] Verdict on a suggestion
   *[other] { $shown } verdicts on suggestions
}
overview-streets = Street by street
overview-streets-summary = Behind { $doors } doors there were { $businesses } businesses, { $visited } of them visited; { $part } take part. { $seen } doors were looked at.
overview-streets-last = Last on { $day }.
overview-streets-more = The other streets
overview-part-of = { $part } of { $all }
overview-visited = Businesses visited
overview-seen = Doors looked at
overview-key-part = taking part
overview-key-visited = visited
overview-key-rest = not visited yet
overview-far = How far we are
overview-how-many = Count
overview-way = From the doorbell to taking part
overview-way-text = How many businesses are known, were visited, wanted to know more and take part. Whoever has left is not counted.
overview-way-what = Came as far as
overview-way-known = known
overview-way-visited = visited
overview-way-interested = wanted to know more
overview-way-part = take part
overview-uses = What is behind the doors
overview-uses-text = How the ground floors are used, as they were seen last.
overview-uses-what = Use
overview-on-map = All doors on the map
own-title = What do you need right now?
own-line = One sentence is enough
own-line-how = For example: “Somebody to bake with twelve children”. Write about groups, never about one person.
own-needs = Your needs
own-none = Nothing entered yet. Write above in one sentence what is missing: then you see here who might fit.
own-suggested = { $count ->
    [one] One suggestion: have a look
   *[other] { $shown } suggestions: have a look
}
own-alone = Nobody fits yet. The coordination sees this and helps to look.
own-proposed = The question has been asked, the answer is yet to come.
own-agreed = Agreed. Has it happened? Then note it down.
own-met = { $count ->
    [one] One need has been met
   *[other] { $shown } needs have been met
}
own-ask = Your coordination
own-ask-text = It brings you together, asks again, and helps when something is stuck.

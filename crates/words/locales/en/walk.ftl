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

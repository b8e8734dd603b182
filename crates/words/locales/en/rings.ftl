rings = In turn and in one go
rings-note = Who could help each other in a ring, although no two fit both ways. And what one visit or one trip can do together.
rings-circles = In turn
rings-circles-note = Everybody gives something and gets something: asking becomes an exchange in which nobody is a petitioner.
rings-title = { $count ->
    [2] Two who could help each other
    [3] Three who could help each other
    [4] Four who could help each other
   *[other] { $shown } who could help each other
}
rings-helps = { $giver } helps { $taker }
rings-gives = Gives
rings-for = Wanted
rings-best = { $found } rings are possible among { $both } actors who need and give. No other choice in which nobody stands twice holds better; that was checked.
rings-good = Many rings are possible ({ $found } were looked at) among { $both } actors who need and give. This is a good choice; whether there is a better one was not checked.
rings-none = No ring closes at present.
rings-none-why = It takes actors who both need and give. At present { $both } do. Ask the institutions at the next gathering what they can give, and the businesses what they lack.
rings-add-offer = Enter offers
rings-add-need = Enter needs
rings-bundles = One way, several wishes
rings-bundles-note = What can be done together. Saved are estimated minutes: { $visit } for each visit that is not needed, for trips the whole trip less the detour.
rings-more = More visits
rings-visits = Visits
rings-trips = Trips
rings-visit = One visit to { $giver }
rings-trip = One trip: { $kind }
rings-saves = { $count ->
    [one] saves one minute
   *[other] saves { $shown } minutes
}
rings-driver = { $driver } could drive.
rings-driver-none = Nobody drives yet. Whoever has a van helps several at once here.
rings-bundles-none = Nothing goes together at present. As soon as an offer fits several needs and can be given more often, it stands here; trips take needs with an address.
rings-bundles-good = This choice is good; whether another saves more was not checked.
rings-also = Who could help each other in turn, and what can be done in one go

# Why a suggestion is made, and what stands in its way.
reason-same-kind = Both are about { $kind }.
reason-same-kind-need = Wanted: { $kind }, told by { $need }.
reason-same-kind-offer = Both are about { $kind }: offered { $offer }.
reason-same-kind-both = Both are about { $kind }: wanted { $need }, offered { $offer }.
reason-near-kind = Wanted: { $need }. { $offer } comes close and can help.
reason-shared-words = Words in common: { $words }.
reason-likely-by-branch = { $branch } and { $kind }: an estimated { $percent } in 100 can give it.
reason-likely-heard = { $branch } and { $kind }: { $yes } of { $asked } who were asked here said yes (estimate { $percent }%).
reason-likely-heard-street = { $branch } and { $kind }: { $yes } of { $asked } who were asked here said yes, { $yes-here } of { $asked-here } in this street (estimate { $percent }%).
reason-trade-wanted = Somebody of the trade is wanted, { $word }. This one is: { $branch }.
reason-confirmed = Said in a talk that { $kind } is possible.
reason-shared-language = Both speak a common language ({ $language }).
reason-little-effort = Costs the giver little: about { $minutes } minutes.
reason-unanswered = Not answered yet: { $words }.
obstacle-too-far = Too far: { $metres } m on foot, at most { $limit } m are wanted.
obstacle-no-shared-hour = No hour of the week in common.
obstacle-no-shared-language = No language in common.
obstacle-no-capacity = The giver has nothing free at present.
obstacle-own-offer = Need and resource belong to the same place.
obstacle-nothing-in-common = Neither kind nor words nor branch speak for it.
obstacle-outranked = Others fit better: this one comes in place { $rank }.
reason-walk = { $minutes ->
    [one] One minute on foot ({ $metres } m).
   *[other] { $minutes } minutes on foot ({ $metres } m).
}
reason-shared-hours = { $hours ->
    [one] One hour of the week in common.
   *[other] { $hours } hours of the week in common.
}

same-name = And { $count } more of this name.

reason-same-house = Both are found at the same address.
reason-same-carrier = Both belong to { $carrier }.
reason-common-partner = { $partner } is put first with both.

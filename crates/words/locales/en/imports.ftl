# Taking lists and files in, taking them back, settling differences.
nav-imports = Imports
imports-total = { $count ->
    [one] { $shown } import
   *[other] { $shown } imports
}
imports-none = No file has been taken in yet. Begin with a list of the shops, or with the cards of the round table.
import-one = An import
import-new = Take a file in
import-new-button = Take a file in
import-new-how = You choose a file, and the program first shows what it would bring. It is taken in when you say yes. Nothing becomes public by that.
import-new-rejected = Not accepted yet: please look at the marked field and choose the file once more. Nothing has been saved.
import-look = See what it brings
import-preview = What the file would bring
import-preview-note = Nothing is saved yet. The file waits until { $until } and is thrown away then.
import-preview-nothing = The file brings nothing new.
import-preview-differences = Here the file disagrees
import-preview-differences-note = What somebody has set by hand stays. You can settle it after taking the file in.
import-take = Take it in
import-discard = Throw it away
import-when = When
import-what = What
import-by = By
import-by-shell = command line
import-did = What happened
import-read = read
import-new-rows = new
import-changed = changed
import-unchanged = unchanged
import-duplicates = perhaps twice
import-differences = disputed
import-refused = faults
import-file = File
import-line = Line
import-reason = Reason
import-faults = Left out
import-faults-note = { $count ->
    [one] One fault; its row was left out, the rest arrived.
   *[other] { $shown } faults; their rows were left out, the rest arrived.
}
import-faults-preview = { $count ->
    [one] One fault: its row would be left out, the rest arrives.
   *[other] { $shown } faults: their rows would be left out, the rest arrives.
}
import-faults-file = Download as a table
import-undo = Take it back
import-undo-until = Until { $until } this import can be taken back as a whole.
import-undo-button = Take it back …
import-undo-explained = What the import made goes; what it changed gets its earlier values. What somebody has edited by hand since, or what something else refers to, stays. Where needs and offers stand is not touched.
import-undo-yes = Yes, take it back
import-stays-reverted = This import has been taken back.
import-stays-old = More than 30 days have passed since this import: it can no longer be taken back.
import-stays-quarter = Quarters are not taken back but drawn anew: everything else lies in them.
import-reverted = Taken back.
import-removed = { $count ->
    [0] Nothing was removed.
    [one] One entry was removed.
   *[other] { $shown } entries were removed.
}
import-restored = { $count ->
    [0] { "" }
    [one] One has its earlier values back.
   *[other] { $shown } have their earlier values back.
}
import-kept = { $count ->
    [0] { "" }
    [one] One stayed because it was edited or needed since.
   *[other] { $shown } stayed because they were edited or needed since.
}
import-state-done = taken in
import-state-reverted = taken back
import-kind-actors = Actors
import-kind-cards = Cards
import-kind-premises = Premises
import-kind-quarter = Quarters
import-kind-osm = Map of OpenStreetMap
import-holds-actors = Actors: shops, institutions, initiatives
import-holds-cards = Cards: needs, offers, ideas
import-holds-premises = Premises of a survey
import-holds-quarter = Outlines of quarters (GeoJSON)
import-too-large = The file is too large: up to { $shown } MB can come through the browser. Larger ones are taken in by “kiez import” on the machine on which the program runs.
hint-import-file = CSV, XLSX or GeoJSON, at most { $shown } MB. The program recognises headings in German and English by itself.
field-kind = What does the file hold?
field-used_as = Use
field-observed_on = Seen on
field-gone = On the map
differences-title = Settle differences
differences-open = { $count ->
    [one] A file and a person disagree about one field.
   *[other] Files and people disagree about { $shown } fields.
}
differences-look = Look and settle
differences-total = { $count ->
    [one] { $shown } open difference
   *[other] { $shown } open differences
}
differences-none = All settled: no file says anything else than the people here.
differences-how = Both stand side by side: what holds here, and what the file says. The program decides none of it.
difference-about = What it is about
difference-ours = With us
difference-theirs = In the file
difference-choice = What shall hold?
difference-keep = Keep ours
difference-take = Take the file's
difference-gone = is no longer on the map
difference-gone-ours = is in the directory
difference-gone-element = On the older map it was { $element }.
difference-still-there = Is still there
difference-still-there-text = Everything stays as it is, and this question is settled. Maps sometimes lack what is there.
difference-closed = Has closed
difference-closed-text = The entry is marked “gone”: it leaves public pages and suggestions, and its history stays.
difference-stale = Somebody has changed this entry in the meantime. Please look once more: what holds now stands below.
difference-noun-actor = Actor
difference-noun-premises = Premises
difference-noun-need = Need
difference-noun-offer = Offer
difference-noun-idea = Idea

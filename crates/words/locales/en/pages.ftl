# Pages of the program.
skip = Skip to content
languages = Languages
navigation = Workspace
sign-in = Sign in
sign-out = Sign out
foot = Kiezgrößen brings together what a neighbourhood needs and what it can give.
demo-note = This is a demonstration with invented names.
to-start = To the start page
pages = Pages
previous = Previous
next = Next
save = Save
cancel = Cancel
change = Change
nav-overview = Overview
nav-cards = Enter cards
nav-needs = Needs
nav-offers = Resources
nav-ideas = Ideas
nav-actors = Directory
error-not-found-title = There is nothing here
error-not-found-text = This page does not exist, or it is not shared with you.
error-invalid-title = This cannot be saved as it is
error-invalid-text = Something is missing or cannot be read. Please go back; what you typed is still there.
error-stale-title = Changed in the meantime
error-stale-text = Somebody else has just changed this. Please open the page again and try once more.
error-not-possible-title = This step is not possible now
error-not-possible-text = The state has changed. Please open the page again: it shows the steps that are possible now.
error-too-large-title = That is too much at once
error-too-large-text = A form takes texts of up to about 20,000 characters. Nothing was saved: please go back and shorten the text.
error-unreadable-title = The form could not be read
error-unreadable-text = Nothing was saved. Please go back, load the page again and send it once more.
error-foreign-title = Sent from another site
error-foreign-text = This form did not come from Kiezgrößen and was not accepted. Please open the page here and enter it there.
error-wrong-method-title = This address cannot be opened like that
error-wrong-method-text = The address belongs to a form. Please go back and use the button there.
error-broken-title = Something is broken
error-broken-text = The fault is ours, not yours. Nothing was saved half. Please try again in a moment.
sign-in-how = You sign in with a link that your coordination gives you. Open the link and press “Sign in” there.
sign-in-no-link = No link at hand, or the old one is used up? Ask your coordination for a new one.
link-hello = Hello, { $name }
link-explained = The link works once. The button signs you in on this device.
link-spent-title = This link no longer works
link-spent-text = It was used before or has expired. Ask your coordination for a new one.
start-title = Start
start-poster = What is missing here? And who can do it?
start-lead = Nurseries, youth clubs and senior centres say what they need. Shops, workshops and offices say what they can give. Kiezgrößen shows where the two meet, and stays with it until it lasts.
start-projects = Projects
start-no-project = No project yet. Whoever runs the program adds the first with “kiez project add”.
street-picture = Drawing: a street with four houses and a shop
project-facts = Fact sheet
project-area = Area
project-term = Term
project-carrier = Carrier
project-client = Client
project-funding = Funding
project-actors = Who takes part
open-data = This list as a file:
project-no-actors = Nobody is published yet. Only those who agreed are published.
overview-kicker = Hello
overview-title = What is going on here?
overview-enter = Enter cards
overview-coordinator = Cards are the fastest way: type, Enter, next. Suggestions stand beside each need right away.
overview-institution = Here are your needs and who might meet them. Enter something new in one sentence.
choose-title = Choose a project
choose-none = You do not belong to a project yet. Please ask your coordination.
filter-text = Text contains
filter-name = Name or street
filter-any = all
filter-apply = Filter
form-rejected = Not saved yet: please look at the marked fields. Everything else is still there.
form-stale = Somebody else has saved in the meantime. Your version stands below; it counts if you save now.
form-stale-look = Look at the saved version
versions = What differs
version-field = Field
version-saved = Saved
version-own = Your version
version-empty = empty
field-text = Text
field-language = Language of the text
card-same = A card with these words is already on the wall. Yours has been entered all the same.
card-same-look = Look at the other card
ask-birthday = Is this a date of birth? Please leave out details about individual people.
ask-health = Is this about one person's health? Please leave out details about individual people.
ask-person = Is this somebody's name? Please leave out details about individual people.
ask-change = Change the text
field-name = Name
field-branch = Branch
field-address = Address
field-side = Side
field-stage = Stage
field-state = State
field-quarter = Quarter
field-kinds = Kind of resource
field-actor = Who
field-said_by = Name on the card
field-note = Note
field-units = Number
field-radius_m = Walking distance in metres
field-times = Times
field-languages = Languages
field-lat = Latitude
field-lon = Longitude
field-capacity = How much
field-per = How often
field-effort_min = Effort in minutes
field-street = Street
field-house_number = No.
field-postcode = Postal code
field-city = Town
field-carrier = Carrier
field-opening_hours = Opening hours
hint-units = A whole number, such as 2. Empty means 1.
hint-radius_m = For example 800. Empty means: anywhere.
hint-times = For example: Mo 09:00-12:00, Th-Fr 14:00-18:00
hint-languages = Tags with commas: de, tr, ar
hint-said_by = Only when nobody in the list fits: the name that stands on the card.
hint-kinds = Leave empty: the program finds the kind in the text. Otherwise type and choose from the list.
hint-opening_hours = For example Mo-Fr 08:00-18:30; Sa 09:00-13:00. Other words will do, too.
hint-lat = For example 52.4937
hint-lon = For example 13.4145
hint-capacity = A whole number, such as 2. Zero means: not at present.
hint-effort_min = What it costs the giver each time, such as 60.
hint-note = For coordinators only. Nothing about residents or clients.
hint-need-text = In your own words. About groups, never about a single person.
hint-offer-text = In your own words: what, how much, how often.
need-new = Enter a need
need-change = Change the need
need-text = What is needed?
need-about = About the need
needs-none = No need fits here yet. “Enter cards” is the fastest way.
offer-new = Enter a resource
offer-change = Change the resource
offer-text = What is given?
offer-about = About the resource
offers-none = No resource fits here yet. “Enter cards” is the fastest way.
kinds-none = No kind found. You can set it by hand under “Change”.
kinds-because = told by
actor-new = Enter an actor
actor-change = Change the actor
place-nearest = No place on the map yet: it does not know this house number, the nearest it knows is { $address }.
place-several = No place on the map yet: the address exists more than once ({ $addresses }). A postal code would tell.
place-unknown = No place on the map yet: it does not know this address. Is the spelling right? Otherwise latitude and longitude help.
place-take-nearest = Take this place
actor-about = At a glance
actor-people = Contact persons
actor-competences = Competencies
actor-no-needs = No need noted.
actor-no-offers = No resource noted.
actor-unknown = without a name yet
actors-none = Nobody fits this filter. Import a list with “kiez import actors”, or enter somebody.
side-by-branch = by branch
branch-unknown = not known yet
cards-title = Enter cards
cards-how = Type, Enter, next card. Kind and name stay as they are.
card-text = What is on the card?
card-what = The card is
card-next = Enter
card-entered = Entered: { $what }. Next one, please.
cards-last = Entered last
cards-none = No card yet. The first will stand here.
idea-new = Note an idea
ideas-none = No idea yet. Note what is said at the door or at the round table.
suggestions = Who might fit?
suggestions-more = More suggestions
suggestions-note = Suggestions, not decisions. Each says why it is here.
suggestions-none-for-need = Nothing speaks clearly enough for anybody. A more precise text, or a kind set by hand, helps.
suggestions-none-for-offer = Nobody seems to need this at present. New needs are checked at once.
suggestion-fit = fit
suggestion-confirmed = No resource entered yet, but said in a talk.
suggestion-likely = Not asked yet: a guess by branch.
why-not = Why not?
why-not-search = Find a resource
why-not-choose = please choose
why-not-ask = Ask
why-not-nothing = Nothing speaks against it: this suggestion is possible.
why-not-score = Fit without the obstacles: { $percent }
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
needs-total = { $count ->
    [one] { $shown } need
   *[other] { $shown } needs
}
offers-total = { $count ->
    [one] { $shown } resource
   *[other] { $shown } resources
}
ideas-total = { $count ->
    [one] { $shown } idea
   *[other] { $shown } ideas
}
actors-total = { $count ->
    [one] { $shown } actor
   *[other] { $shown } actors
}
start-step-need = Say what is missing
start-step-need-text = An institution writes in one sentence what it needs: offcuts, a room, somebody who repairs bicycles.
start-step-match = See who can do it
start-step-match-text = The program shows who in the neighbourhood fits, and says why with every suggestion.
start-step-last = Keep what carries
start-step-last-text = A first time becomes a cooperation that one day goes on without anybody in between.
project-aims = What we want to reach
project-no-facts = The fact sheet is still empty.
project-map = The neighbourhood on the map
ground-picture = Plan of streets, houses, water and green
project-map-open = Open the map
project-needs = What is needed now
project-offers = What is on offer now
project-others = Further projects
project-businesses = { $count ->
    [one] business takes part in public
   *[other] businesses take part in public
}
project-others-count = { $count ->
    [one] institution and others
   *[other] institutions and others
}

# Who is still to be told, and the letter to them (Art. 14 GDPR).
notices-title = To be informed
notices-total = { $count ->
    [0] Everybody has been informed.
    [one] One person is still to be informed.
   *[other] { $shown } people are still to be informed.
}
notices-text = People whose data did not come from themselves are told within a month what is kept here and why (Art. 14 GDPR). The letter is ready; whoever hands it over ticks it off here. Where an address is known it can go by mail: that needs no consent, and ticks off as well. If the mail does not leave, the person stands here again.
notices-none = Nobody is waiting: everybody who stands here as a contact person knows.
notice-person = Person
notice-noted = Noted on
notice-due = At the latest on
notice-late = overdue
notice-letter = Letter
notice-letter-pdf = Letter as PDF
notice-done = Informed
notice-on = on
notice-way = how
notice-way-letter = by the letter
notice-way-mail = by mail
notice-way-talk = in a talk
notice-record = Tick off
notice-save = Note it
notice-told = Noted: this person has been informed.
notice-mail-open = By e-mail
notice-mail = Send by mail
notice-mailed = The letter goes out by mail, the person is ticked off. If the mail does not leave, they stand here again.
notices-open = { $count ->
    [0] All contact persons have been informed (Art. 14 GDPR).
    [one] One person is still to be informed (Art. 14 GDPR).
   *[other] { $shown } people are still to be informed (Art. 14 GDPR).
}

letter-title = What we have noted about you
letter-greeting = Dear { $name },
letter-why = the project “{ $project }” brings together what social institutions of the neighbourhood need and what businesses and neighbours can do. For this we have noted you as a contact person.
    Responsible for your data: { $carrier }
letter-stored = What we keep
letter-name = Name
letter-function = Function
letter-actor = At
letter-noted = Noted on
letter-use = What for, on which basis and for how long
letter-activity = What for: { $why }. Basis: { $basis }. Time: { $until }.
letter-who = Only the project’s coordinators and you yourself see this, as long as you allow nothing else. It comes from your business or institution, from public directories or from a talk. Nothing goes to countries outside the EU, and nothing is decided automatically.
letter-rights = What you can ask for
letter-right-1 = Access: everything that is stored about you, with its sources and recipients.
letter-right-2 = Correction: that what is wrong is changed.
letter-right-3 = Erasure: that it disappears, from copies as well.
letter-right-4 = Restriction: that it stays and is not used.
letter-right-5 = Complaint to the data protection authority of your state.
letter-object = You can object to any use at any time without giving reasons. A call, a mail or a sentence at the door is enough. If you like we give you a link to your page: there you see, change and take back yourself, for good and without an account.
letter-close = Kind regards
    { $project }, { $carrier }

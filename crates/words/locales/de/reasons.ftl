# Warum ein Vorschlag gemacht wird, und was ihm im Weg steht.
reason-same-kind = Beide Seiten meinen { $kind }.
reason-same-kind-need = Gesucht: { $kind }, erkannt an { $need }.
reason-same-kind-offer = Beide Seiten meinen { $kind }: geboten { $offer }.
reason-same-kind-both = Beide Seiten meinen { $kind }: gesucht { $need }, geboten { $offer }.
reason-near-kind = Gesucht: { $need }. { $offer } liegt nahe daran und kann weiterhelfen.
reason-shared-words = Gemeinsame Wörter: { $words }.
reason-likely-by-branch = { $branch } und { $kind }: Geschätzt können das { $percent } von 100 geben.
reason-likely-heard = { $branch } und { $kind }: Hier haben { $yes } von { $asked } Gefragten ja gesagt (Einschätzung { $percent } %).
reason-likely-heard-street = { $branch } und { $kind }: Hier haben { $yes } von { $asked } Gefragten ja gesagt, in dieser Straße { $yes-here } von { $asked-here } (Einschätzung { $percent } %).
reason-trade-wanted = Gesucht ist jemand vom Fach, { $word }. Hier ist es das: { $branch }.
reason-confirmed = Hat im Gespräch gesagt: { $kind } ist möglich.
reason-shared-language = Beide sprechen eine gemeinsame Sprache ({ $language }).
reason-little-effort = Kostet die gebende Seite wenig: etwa { $minutes } Minuten.
reason-unanswered = Noch ohne Antwort: { $words }.
obstacle-too-far = Zu weit: { $metres } m zu Fuß, gewünscht sind höchstens { $limit } m.
obstacle-no-shared-hour = Keine gemeinsame Stunde in der Woche.
obstacle-no-shared-language = Keine gemeinsame Sprache.
obstacle-no-capacity = Die gebende Seite hat gerade nichts frei.
obstacle-own-offer = Bedarf und Ressource gehören derselben Stelle.
obstacle-nothing-in-common = Weder Art noch Wörter noch Branche sprechen dafür.
obstacle-outranked = Andere passen besser: Dieser Vorschlag steht auf Platz { $rank }.
reason-walk = { $minutes ->
    [one] Eine Minute zu Fuß ({ $metres } m).
   *[other] { $minutes } Minuten zu Fuß ({ $metres } m).
}
reason-shared-hours = { $hours ->
    [one] Eine gemeinsame Stunde in der Woche.
   *[other] { $hours } gemeinsame Stunden in der Woche.
}

same-name = Und noch { $count } mit diesem Namen.

reason-same-house = Beide sind unter derselben Adresse zu finden.
reason-same-carrier = Beide gehören zu { $carrier }.
reason-common-partner = Bei beiden steht { $partner } obenan.

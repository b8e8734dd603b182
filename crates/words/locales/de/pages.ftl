# Seiten des Programms.
skip = Zum Inhalt
languages = Sprachen
navigation = Arbeitsbereich
sign-in = Anmelden
sign-out = Abmelden
foot = Kiezgrößen bringt zusammen, was im Kiez gebraucht wird und was er kann.
demo-note = Dies ist eine Vorführung mit erfundenen Namen.
to-start = Zur Startseite
pages = Seiten
previous = Zurück
next = Weiter
save = Speichern
cancel = Abbrechen
change = Ändern
nav-overview = Überblick
nav-cards = Karten eingeben
nav-needs = Bedarfe
nav-offers = Ressourcen
nav-ideas = Ideen
nav-actors = Verzeichnis
error-not-found-title = Hier ist nichts
error-not-found-text = Diese Seite gibt es nicht, oder sie ist nicht für Sie freigegeben.
error-invalid-title = Das lässt sich so nicht speichern
error-invalid-text = Eine Angabe fehlt oder ist nicht lesbar. Bitte gehen Sie zurück; Ihre Eingaben stehen noch dort.
error-stale-title = Inzwischen geändert
error-stale-text = Jemand anderes hat dies gerade geändert. Bitte öffnen Sie die Seite neu und versuchen Sie es noch einmal.
error-not-possible-title = Dieser Schritt geht gerade nicht
error-not-possible-text = Der Stand hat sich geändert. Bitte öffnen Sie die Seite neu: Dort stehen die Schritte, die jetzt möglich sind.
error-too-large-title = Das ist zu viel auf einmal
error-too-large-text = Ein Formular nimmt Texte bis etwa 20.000 Zeichen an. Gespeichert wurde nichts: Bitte gehen Sie zurück und kürzen Sie den Text.
error-unreadable-title = Das Formular kam nicht lesbar an
error-unreadable-text = Gespeichert wurde nichts. Bitte gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal.
error-foreign-title = Von einer fremden Seite gesendet
error-foreign-text = Dieses Formular kam nicht von Kiezgrößen und wurde nicht angenommen. Bitte öffnen Sie die Seite hier und tragen Sie es dort ein.
error-wrong-method-title = So lässt sich diese Adresse nicht öffnen
error-wrong-method-text = Die Adresse gehört zu einem Formular. Bitte gehen Sie zurück und benutzen Sie dort den Knopf.
error-broken-title = Da ist etwas kaputt
error-broken-text = Der Fehler liegt beim Programm, nicht bei Ihnen. Nichts wurde halb gespeichert. Bitte versuchen Sie es gleich noch einmal.
sign-in-how = Sie melden sich mit einem Link an, den Ihnen die Koordination gibt. Öffnen Sie den Link und drücken Sie dort auf „Anmelden“.
sign-in-no-link = Kein Link zur Hand oder der alte ist verbraucht? Bitten Sie die Koordination um einen neuen.
link-hello = Guten Tag, { $name }
link-explained = Der Link gilt einmal. Mit dem Knopf melden Sie sich auf diesem Gerät an.
link-spent-title = Dieser Link gilt nicht mehr
link-spent-text = Er wurde schon benutzt oder ist abgelaufen. Bitten Sie die Koordination um einen neuen.
start-title = Start
start-poster = Was fehlt hier? Und wer kann das?
start-lead = Kitas, Jugendclubs und Seniorentreffs sagen, was sie brauchen. Läden, Werkstätten und Büros sagen, was sie können. Kiezgrößen zeigt, wo beides zusammenkommt, und begleitet daraus, was bleibt.
start-projects = Projekte
start-no-project = Noch kein Projekt. Wer das Programm betreibt, legt mit „kiez project add“ das erste an.
street-picture = Zeichnung: eine Straße mit vier Häusern und einem Laden
project-facts = Steckbrief
project-area = Gebiet
project-term = Laufzeit
project-carrier = Projektträger
project-client = Auftraggeber
project-funding = Förderung
project-actors = Wer hier mitmacht
open-data = Diese Liste als Datei:
project-no-actors = Noch niemand ist veröffentlicht. Veröffentlicht wird nur, wer zugestimmt hat.
overview-kicker = Guten Tag
overview-title = Was ist los im Kiez?
overview-enter = Karten eingeben
overview-coordinator = Am schnellsten geht es mit den Karten: tippen, Eingabetaste, nächste. Vorschläge stehen gleich danach bei jedem Bedarf.
overview-institution = Hier stehen Ihre Bedarfe und wer dazu passen könnte. Neues tragen Sie in einem Satz ein.
choose-title = Projekt wählen
choose-none = Sie gehören noch zu keinem Projekt. Bitte wenden Sie sich an die Koordination.
filter-text = Text enthält
filter-name = Name oder Straße
filter-any = alle
filter-apply = Filtern
form-rejected = Noch nicht gespeichert: Bitte die markierten Felder ansehen. Alles andere steht noch da.
form-stale = Jemand anderes hat inzwischen gespeichert. Ihre Fassung steht unten; wenn Sie jetzt speichern, gilt sie.
form-stale-look = Die gespeicherte Fassung ansehen
versions = Was sich unterscheidet
version-field = Feld
version-saved = Gespeichert ist
version-own = Ihre Fassung
version-empty = leer
field-text = Text
field-language = Sprache des Textes
card-same = Mit diesen Worten steht schon eine Karte an der Wand. Eingetragen ist Ihre trotzdem.
card-same-look = Die andere Karte ansehen
ask-birthday = Steht hier ein Geburtsdatum? Bitte ohne Angaben zu einzelnen Personen.
ask-health = Geht es hier um die Gesundheit eines einzelnen Menschen? Bitte ohne Angaben zu einzelnen Personen.
ask-person = Steht hier der Name eines Menschen? Bitte ohne Angaben zu einzelnen Personen.
ask-change = Text ändern
field-name = Name
field-branch = Branche
field-address = Adresse
field-side = Seite
field-stage = Stand
field-state = Stand
field-quarter = Quartier
field-kinds = Art der Ressource
field-actor = Wer
field-said_by = Name auf der Karte
field-note = Notiz
field-units = Anzahl
field-radius_m = Umkreis zu Fuß in Metern
field-times = Zeiten
field-languages = Sprachen
field-lat = Breitengrad
field-lon = Längengrad
field-capacity = Wie viel
field-per = Wie oft
field-effort_min = Aufwand in Minuten
field-street = Straße
field-house_number = Nr.
field-postcode = Postleitzahl
field-city = Ort
field-carrier = Träger
field-opening_hours = Öffnungszeiten
hint-units = Ganze Zahl, zum Beispiel 2. Leer heißt 1.
hint-radius_m = Zum Beispiel 800. Leer heißt: egal.
hint-times = Zum Beispiel: Mo 09:00-12:00, Do-Fr 14:00-18:00
hint-languages = Kürzel mit Komma: de, tr, ar
hint-said_by = Nur wenn niemand aus der Liste passt: was als Name auf der Karte steht.
hint-kinds = Leer lassen: Das Programm erkennt die Art aus dem Text. Sonst tippen und aus der Liste wählen.
hint-opening_hours = Zum Beispiel Mo-Fr 08:00-18:30; Sa 09:00-13:00. Andere Worte gehen auch.
hint-lat = Zum Beispiel 52.4937
hint-lon = Zum Beispiel 13.4145
hint-capacity = Ganze Zahl, zum Beispiel 2. Null heißt: gerade nicht.
hint-effort_min = Was es die gebende Seite jedes Mal kostet, zum Beispiel 60.
hint-note = Nur für die Koordination. Nichts über Bewohner:innen oder Klient:innen.
hint-need-text = In eigenen Worten. Über Gruppen, nie über eine einzelne Person.
hint-offer-text = In eigenen Worten: was, wie viel, wie oft.
need-new = Bedarf eintragen
need-change = Bedarf ändern
need-text = Was wird gebraucht?
need-about = Zum Bedarf
needs-none = Noch kein Bedarf, der hierzu passt. Am schnellsten geht es über „Karten eingeben“.
offer-new = Ressource eintragen
offer-change = Ressource ändern
offer-text = Was wird gegeben?
offer-about = Zur Ressource
offers-none = Noch keine Ressource, die hierzu passt. Am schnellsten geht es über „Karten eingeben“.
kinds-none = Keine Art erkannt. Sie können sie unter „Ändern“ von Hand setzen.
kinds-because = erkannt an
actor-new = Akteur:in eintragen
actor-change = Akteur:in ändern
place-nearest = Noch ohne Stelle auf der Karte: diese Hausnummer kennt sie nicht, die nächste bekannte ist { $address }.
place-several = Noch ohne Stelle auf der Karte: die Adresse gibt es mehrmals ({ $addresses }). Die Postleitzahl hilft weiter.
place-unknown = Noch ohne Stelle auf der Karte: sie kennt diese Adresse nicht. Stimmt die Schreibweise? Sonst helfen Breiten- und Längengrad.
place-take-nearest = Diese Stelle eintragen
actor-about = Auf einen Blick
actor-people = Ansprechpersonen
actor-competences = Kompetenzen
actor-no-needs = Kein Bedarf vermerkt.
actor-no-offers = Keine Ressource vermerkt.
actor-unknown = noch ohne Namen
actors-none = Niemand passt zu diesem Filter. Importieren Sie eine Liste mit „kiez import actors“ oder tragen Sie jemanden ein.
side-by-branch = nach Branche
branch-unknown = noch offen
cards-title = Karten eingeben
cards-how = Tippen, Eingabetaste, nächste Karte. Art und Name bleiben stehen.
card-text = Was steht auf der Karte?
card-what = Die Karte ist
card-next = Eintragen
card-entered = Eingetragen: { $what }. Die nächste bitte.
cards-last = Zuletzt eingetragen
cards-none = Noch keine Karte. Die erste steht gleich hier.
idea-new = Idee notieren
ideas-none = Noch keine Idee. Notieren Sie, was an der Tür oder am runden Tisch gesagt wird.
suggestions = Wer könnte passen?
suggestions-more = Weitere Vorschläge
suggestions-note = Vorschläge, keine Entscheidungen. Jeder sagt, warum er hier steht.
suggestions-none-for-need = Gerade spricht für niemanden genug. Ein genauerer Text oder eine von Hand gesetzte Art hilft.
suggestions-none-for-offer = Gerade braucht das niemand erkennbar. Neue Bedarfe werden sofort geprüft.
suggestion-fit = Übereinstimmung
suggestion-confirmed = Noch keine Ressource eingetragen, aber im Gespräch zugesagt.
suggestion-likely = Noch nicht gefragt: eine Vermutung nach der Branche.
why-not = Warum nicht?
why-not-search = Ressource suchen
why-not-choose = bitte wählen
why-not-ask = Nachfragen
why-not-nothing = Nichts spricht dagegen: Dieser Vorschlag ist möglich.
why-not-score = Übereinstimmung ohne die Hindernisse: { $percent }
overview-needs = { $count ->
    [one] offener Bedarf
   *[other] offene Bedarfe
}
overview-offers = { $count ->
    [one] offene Ressource
   *[other] offene Ressourcen
}
overview-ideas = { $count ->
    [one] Idee
   *[other] Ideen
}
overview-actors = { $count ->
    [one] Akteur:in
   *[other] Akteur:innen
}
needs-total = { $count ->
    [one] { $shown } Bedarf
   *[other] { $shown } Bedarfe
}
offers-total = { $count ->
    [one] { $shown } Ressource
   *[other] { $shown } Ressourcen
}
ideas-total = { $count ->
    [one] { $shown } Idee
   *[other] { $shown } Ideen
}
actors-total = { $count ->
    [one] { $shown } Akteur:in
   *[other] { $shown } Akteur:innen
}
start-step-need = Sagen, was fehlt
start-step-need-text = Eine Einrichtung schreibt in einem Satz, was sie braucht: Holzreste, ein Raum, jemand, der Fahrräder repariert.
start-step-match = Sehen, wer es kann
start-step-match-text = Das Programm zeigt, wer im Kiez dazu passt, und sagt bei jedem Vorschlag, warum.
start-step-last = Bleiben, was trägt
start-step-last-text = Aus einem ersten Mal wird eine Zusammenarbeit, die eines Tages ohne Vermittlung weitergeht.
project-aims = Was wir erreichen wollen
project-no-facts = Der Steckbrief ist noch leer.
project-map = Der Kiez auf der Karte
ground-picture = Plan der Straßen, Häuser, Wasser und Grünflächen
project-map-open = Karte öffnen
project-needs = Was gerade gebraucht wird
project-offers = Was gerade zu haben ist
project-others = Weitere Projekte
project-businesses = { $count ->
    [one] Betrieb macht öffentlich mit
   *[other] Betriebe machen öffentlich mit
}
project-others-count = { $count ->
    [one] Einrichtung und andere
   *[other] Einrichtungen und andere
}

# Listen und Dateien übernehmen, zurücknehmen, Unterschiede klären.
nav-imports = Importe
imports-total = { $count ->
    [one] { $shown } Import
   *[other] { $shown } Importe
}
imports-none = Noch keine Datei übernommen. Beginnen Sie mit einer Liste der Läden oder mit den Karten der Trägerrunde.
import-one = Ein Import
import-new = Datei übernehmen
import-new-button = Datei übernehmen
import-new-how = Sie wählen eine Datei, das Programm zeigt erst einmal, was sie bringen würde. Übernommen wird sie, wenn Sie Ja sagen. Öffentlich wird dadurch nichts.
import-new-rejected = Noch nicht angenommen: Bitte das markierte Feld ansehen und die Datei noch einmal wählen. Gespeichert wurde nichts.
import-look = Ansehen, was sie bringt
import-preview = Was die Datei bringen würde
import-preview-note = Noch ist nichts gespeichert. Die Datei wartet bis { $until } und wird dann verworfen.
import-preview-nothing = Die Datei bringt nichts Neues.
import-preview-differences = Hier ist die Datei anderer Meinung
import-preview-differences-note = Was jemand von Hand gesetzt hat, bleibt. Klären können Sie es nach dem Übernehmen.
import-take = Übernehmen
import-discard = Verwerfen
import-when = Wann
import-what = Was
import-by = Von
import-by-shell = Kommandozeile
import-did = Was geschah
import-read = gelesen
import-new-rows = neu
import-changed = geändert
import-unchanged = unverändert
import-duplicates = vielleicht doppelt
import-differences = strittig
import-refused = Fehler
import-file = Datei
import-line = Zeile
import-reason = Grund
import-faults = Ausgelassen
import-faults-note = { $count ->
    [one] Ein Fehler; die Zeile wurde ausgelassen, der Rest kam an.
   *[other] { $shown } Fehler; ihre Zeilen wurden ausgelassen, der Rest kam an.
}
import-faults-preview = { $count ->
    [one] Ein Fehler: Die Zeile würde ausgelassen, der Rest kommt an.
   *[other] { $shown } Fehler: Ihre Zeilen würden ausgelassen, der Rest kommt an.
}
import-faults-file = Als Tabelle herunterladen
import-undo = Zurücknehmen
import-undo-until = Bis { $until } lässt sich dieser Import als Ganzes zurücknehmen.
import-undo-button = Zurücknehmen …
import-undo-explained = Was der Import angelegt hat, verschwindet; was er geändert hat, bekommt seine früheren Werte. Was seither jemand von Hand bearbeitet hat oder worauf etwas anderes verweist, bleibt stehen. Der Stand von Bedarfen und Ressourcen wird nicht angetastet.
import-undo-yes = Ja, zurücknehmen
import-stays-reverted = Dieser Import ist zurückgenommen.
import-stays-old = Seit diesem Import sind mehr als 30 Tage vergangen: Er lässt sich nicht mehr zurücknehmen.
import-stays-quarter = Quartiere werden nicht zurückgenommen, sondern neu gezeichnet: Alles andere liegt in ihnen.
import-reverted = Zurückgenommen.
import-removed = { $count ->
    [0] Nichts wurde entfernt.
    [one] Ein Eintrag wurde entfernt.
   *[other] { $shown } Einträge wurden entfernt.
}
import-restored = { $count ->
    [0] { "" }
    [one] Einer hat seine früheren Werte wieder.
   *[other] { $shown } haben ihre früheren Werte wieder.
}
import-kept = { $count ->
    [0] { "" }
    [one] Einer blieb, weil er seither bearbeitet oder gebraucht wurde.
   *[other] { $shown } blieben, weil sie seither bearbeitet oder gebraucht wurden.
}
import-state-done = übernommen
import-state-reverted = zurückgenommen
import-kind-actors = Akteur:innen
import-kind-cards = Karten
import-kind-premises = Ladenlokale
import-kind-quarter = Quartiere
import-kind-osm = Karte von OpenStreetMap
import-holds-actors = Akteur:innen: Läden, Einrichtungen, Initiativen
import-holds-cards = Karten: Bedarfe, Ressourcen, Ideen
import-holds-premises = Ladenlokale einer Kartierung
import-holds-quarter = Grenzen von Quartieren (GeoJSON)
import-too-large = Die Datei ist zu groß: bis { $shown } MB nimmt der Browserweg an. Größere übernimmt „kiez import“ auf dem Rechner, auf dem das Programm läuft.
hint-import-file = CSV, XLSX oder GeoJSON, höchstens { $shown } MB. Überschriften auf Deutsch oder Englisch erkennt das Programm selbst.
field-kind = Was steht in der Datei?
field-used_as = Nutzung
field-observed_on = Gesehen am
field-gone = In der Karte
differences-title = Unterschiede klären
differences-open = { $count ->
    [one] Eine Datei und ein Mensch sind sich bei einem Feld nicht einig.
   *[other] Dateien und Menschen sind sich bei { $shown } Feldern nicht einig.
}
differences-look = Ansehen und klären
differences-total = { $count ->
    [one] { $shown } offener Unterschied
   *[other] { $shown } offene Unterschiede
}
differences-none = Alles geklärt: Keine Datei sagt etwas anderes als die Menschen hier.
differences-how = Beides steht nebeneinander: was hier gilt und was die Datei sagt. Das Programm entscheidet nichts davon.
difference-about = Worum es geht
difference-ours = Bei uns
difference-theirs = In der Datei
difference-choice = Was soll gelten?
difference-keep = Unseres behalten
difference-take = Aus der Datei nehmen
difference-gone = steht nicht mehr in der Karte
difference-gone-ours = steht im Verzeichnis
difference-gone-element = In der älteren Karte war es { $element }.
difference-still-there = Gibt es noch
difference-still-there-text = Alles bleibt, wie es ist, und diese Frage ist erledigt. In Karten fehlt manchmal etwas, das es gibt.
difference-closed = Hat geschlossen
difference-closed-text = Der Eintrag bekommt den Stand „nicht mehr da“: Auf öffentlichen Seiten und in Vorschlägen steht er nicht mehr, seine Geschichte bleibt.
difference-stale = Inzwischen hat jemand diesen Eintrag geändert. Bitte sehen Sie noch einmal hin: Unten steht, was jetzt gilt.
difference-noun-actor = Akteur:in
difference-noun-premises = Ladenlokal
difference-noun-need = Bedarf
difference-noun-offer = Ressource
difference-noun-idea = Idee

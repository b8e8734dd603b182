# Die Karte und ihre Liste.
nav-map = Karte
map-title = Karte
map-total = { $count ->
    [0] Nichts zu zeigen
    [one] Ein Ort
   *[other] { $shown } Orte
}
map-more = Es gibt noch mehr; bitte grenzen Sie die Auswahl ein.
map-layers = Was die Karte zeigt
map-layer-actors = Akteur:innen
map-layer-needs = Bedarfe
map-layer-offers = Ressourcen
map-layer-doors = Ladenlokale
map-search = Name, Text oder Straße
map-open = Bewegliche Karte öffnen
map-skip = Karte überspringen, zur Liste
map-picture = Gezeichnete Karte. Die Nummern stehen auch in der Liste daneben.
map-trouble = Die bewegliche Karte lässt sich auf diesem Gerät gerade nicht zeigen. Die gezeichnete Karte und die Liste zeigen dasselbe.
map-none = Hier ist nichts, das einen Ort auf der Karte hat. Ändern Sie die Auswahl, oder tragen Sie Adressen nach.
map-unseen = noch nicht angesehen
map-control-title = Karte
map-control-zoom-in = Näher heran
map-control-zoom-out = Weiter weg
map-control-sources = Quellen zeigen
map-control-close = Schließen
map-control-two-fingers = Mit zwei Fingern bewegen Sie die Karte
map-control-scroll = Mit Strg und Mausrad ändern Sie den Ausschnitt
map-groundless = Noch ohne Straßen und Häuser. Eine Datei von OpenStreetMap bringt sie auf die Karte:

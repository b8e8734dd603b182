# Was alle von einem Projekt sehen: Verzeichnis, eine:r daraus, Bedarfe und Ressourcen.
public-pages = Seiten des Projekts
public-about = Das Projekt
public-on-map = Auf der Karte
public-search = Wer, was oder wo?
public-search-cards = In den Karten suchen
public-find = Suchen
public-everybody = Alle zeigen
public-actors-none = Niemand passt dazu. Vielleicht mit weniger Worten oder ohne Branche?
public-cards-none = Auf keiner Karte steht das gerade.
public-all-cards = Alle Karten zeigen
public-all-needs = { $count ->
    [one] Den Bedarf ansehen
   *[other] Alle { $shown } Bedarfe ansehen
}
public-all-offers = { $count ->
    [one] Die Ressource ansehen
   *[other] Alle { $shown } Ressourcen ansehen
}
public-all-actors = { $count ->
    [one] Zum Verzeichnis
   *[other] Alle { $shown } im Verzeichnis
}
public-wall-need = Was gerade gebraucht wird
public-wall-offer = Was gerade zu haben ist
public-none-need = Gerade ist kein Bedarf veröffentlicht. Veröffentlicht wird nur, wozu jemand Ja gesagt hat.
public-none-offer = Gerade ist keine Ressource veröffentlicht. Veröffentlicht wird nur, wozu jemand Ja gesagt hat.
public-units = { $count ->
    [one] einmal gesucht
   *[other] { $shown } gesucht
}
public-gives = { $count ->
    [one] gibt eine Ressource
   *[other] gibt { $shown } Ressourcen
}
public-seeks = { $count ->
    [one] hat einen Bedarf
   *[other] hat { $shown } Bedarfe
}
public-what-it-gives = Was zu haben ist
public-what-it-seeks = Was gebraucht wird
public-no-cards = Gerade steht hier keine Karte für alle. Dabei sein heißt trotzdem: Nachfragen ist willkommen.
public-together = Sie möchten etwas geben oder brauchen etwas? { $carrier } bringt Sie zusammen.

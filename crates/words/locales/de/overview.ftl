# Der Überblick: was die Koordination morgens sieht.
overview-kicker = Guten Tag
overview-title = Was ist los im Kiez?
overview-enter = Karten eingeben
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
first = Die ersten drei Schritte
first-done = erledigt
first-kiez = Den Kiez hineinholen
first-kiez-text = Eine Karte von OpenStreetMap, Adresslisten oder die Tabelle der letzten Kartierung: Vor dem Übernehmen sehen Sie, was daraus wird.
first-cards = Die ersten Karten eingeben
first-cards-text = Was fehlt, was es gibt, was jemandem einfällt: ein Satz, Eingabetaste, nächste Karte.
first-project = Sagen, wer Sie sind
first-project-text = Gebiet, Laufzeit, Träger, Ziele und die Farbe des Projekts: Damit hat die öffentliche Seite ein Gesicht.
overview-new-table = Was in den letzten 48 Wochen neu war, als Tabelle
overview-from = Vier Wochen ab
overview-waiting = Was wartet
overview-nothing-waits = Nichts wartet: Dateien und Einträge stimmen überein, zu jedem neueren Bedarf gibt es einen Vorschlag, und kein Betrieb wartet auf einen Besuch.
overview-differences = { $count ->
    [one] { $shown } Unterschied zwischen Datei und Eintrag
   *[other] { $shown } Unterschiede zwischen Datei und Eintrag
}
overview-differences-text = Ein Import sagt etwas anderes als das, was jemand von Hand eingetragen hat. Sie entscheiden, was gilt.
overview-returning = „Jetzt nicht“ endet diese Woche
overview-returning-from = ab { $day } wieder möglich:
overview-alone = { $count ->
    [one] { $shown } Bedarf, zu dem noch niemand passt
   *[other] { $shown } Bedarfe, zu denen noch niemand passt
}
overview-alone-text = { $count ->
    [one] Ein offener Bedarf wurde angesehen.
   *[other] Angesehen wurden die { $shown } neuesten offenen Bedarfe.
}
overview-interested = { $count ->
    [one] { $shown } Betrieb will mehr wissen
   *[other] { $shown } Betriebe wollen mehr wissen
}
overview-unvisited = { $count ->
    [one] { $shown } Betrieb wurde noch nicht besucht
   *[other] { $shown } Betriebe wurden noch nicht besucht
}
overview-and-more = und { $shown } weitere
overview-recent = Zuletzt geändert
overview-recent-none = Noch nichts eingetragen.
overview-to-list = Zur Liste
recent-line = { $what } { $act }
recent-created = eingetragen
recent-updated = geändert
recent-removed = entfernt
recent-need = { $count ->
    [one] Bedarf
   *[other] { $shown } Bedarfe
}
recent-offer = { $count ->
    [one] Ressource
   *[other] { $shown } Ressourcen
}
recent-idea = { $count ->
    [one] Idee
   *[other] { $shown } Ideen
}
recent-actor = { $count ->
    [one] Akteur:in
   *[other] { $shown } Akteur:innen
}
recent-premises = { $count ->
    [one] Ladenlokal
   *[other] { $shown } Ladenlokale
}
recent-verdict = { $count ->
    [one] Entscheid über einen Vorschlag
   *[other] { $shown } Entscheide über Vorschläge
}
overview-streets = Straße für Straße
overview-streets-summary = Hinter { $doors } Türen wurden { $businesses } Betriebe gefunden, { $visited } davon besucht; { $part } machen mit. Angesehen wurden { $seen } Türen.
overview-streets-last = Zuletzt am { $day }.
overview-streets-more = Die übrigen Straßen
overview-part-of = { $part } von { $all }
overview-visited = Betriebe besucht
overview-seen = Türen angesehen
overview-key-part = machen mit
overview-key-visited = besucht
overview-key-rest = noch nicht besucht
overview-far = Wie weit wir sind
overview-how-many = Anzahl
overview-way = Vom Klingeln zum Mitmachen
overview-way-text = Wie viele Betriebe bekannt sind, besucht wurden, mehr wissen wollten und mitmachen. Wer nicht mehr da ist, zählt nicht.
overview-way-what = Bis hierher gekommen
overview-way-known = bekannt
overview-way-visited = besucht
overview-way-interested = wollten mehr wissen
overview-way-part = machen mit
overview-uses = Was hinter den Türen ist
overview-uses-text = Wie die Erdgeschosse genutzt werden, nach dem letzten Blick durch die Tür.
overview-uses-what = Nutzung
overview-on-map = Alle Türen auf der Karte
own-title = Was brauchen Sie gerade?
own-line = Ein Satz genügt
own-line-how = Zum Beispiel: „Jemand, der mit zwölf Kindern backt“. Schreiben Sie über Gruppen, nie über einzelne Menschen.
own-needs = Ihre Bedarfe
own-none = Noch nichts eingetragen. Schreiben Sie oben in einem Satz, was fehlt: Danach steht hier, wer dazu passen könnte.
own-suggested = { $count ->
    [one] Ein Vorschlag: ansehen
   *[other] { $shown } Vorschläge: ansehen
}
own-alone = Noch passt niemand. Die Koordination sieht das und sucht mit.
own-proposed = Die Frage ist gestellt, die Antwort steht noch aus.
own-agreed = Verabredet. Ist es geschehen? Dann vermerken Sie es.
own-met = { $count ->
    [one] Ein Bedarf ist erfüllt
   *[other] { $shown } Bedarfe sind erfüllt
}
own-ask = Ihre Koordination
own-ask-text = Sie stellt den Kontakt her, fragt nach und hilft, wenn etwas hakt.

rings = Reihum und in einem Gang
rings-note = Wer einander im Kreis helfen könnte, auch wenn keine zwei zueinander passen. Und was ein Besuch oder eine Fahrt zusammen erledigt.
rings-circles = Reihum
rings-circles-note = Jede:r gibt etwas und bekommt etwas: So wird aus Bitten ein Tausch, bei dem niemand Bittsteller:in ist.
rings-title = { $count ->
    [2] Zwei, die einander helfen könnten
    [3] Drei, die einander helfen könnten
    [4] Vier, die einander helfen könnten
   *[other] { $shown }, die einander helfen könnten
}
rings-helps = { $giver } hilft { $taker }
rings-gives = Gibt
rings-for = Gesucht
rings-best = Möglich sind { $found } Kreise unter { $both } Akteur:innen, die suchen und geben. Keine andere Auswahl, in der niemand zweimal vorkommt, hält besser zusammen; das ist nachgerechnet.
rings-good = Möglich sind viele Kreise ({ $found } sind angesehen) unter { $both } Akteur:innen, die suchen und geben. Das ist eine gute Auswahl; ob es eine bessere gibt, ist nicht nachgerechnet.
rings-none = Gerade schließt sich kein Kreis.
rings-none-why = Dafür müssen dieselben Akteur:innen etwas suchen und etwas geben. Zurzeit tun das { $both }. Fragen Sie die Einrichtungen beim nächsten Treffen, was sie geben können, und die Betriebe, was ihnen fehlt.
rings-add-offer = Ressourcen eintragen
rings-add-need = Bedarfe eintragen
rings-bundles = Ein Weg, mehrere Wünsche
rings-bundles-note = Was zusammen erledigt werden kann. Gespart sind geschätzte Minuten: { $visit } für jeden Besuch, der nicht nötig ist, bei Fahrten die ganze Fahrt ohne den Umweg.
rings-more = Weitere Besuche
rings-visits = Besuche
rings-trips = Fahrten
rings-visit = Ein Besuch bei { $giver }
rings-trip = Eine Fahrt: { $kind }
rings-saves = { $count ->
    [one] spart eine Minute
   *[other] spart { $shown } Minuten
}
rings-driver = Fahren könnte { $driver }.
rings-driver-none = Noch fährt niemand. Wer einen Wagen hat, hilft hier mehreren auf einmal.
rings-bundles-none = Gerade lässt sich nichts zusammenlegen. Sobald eine Ressource zu mehreren Bedarfen passt und öfter gegeben werden kann, steht sie hier; Fahrten brauchen Bedarfe mit Adresse.
rings-bundles-good = Diese Auswahl ist gut; ob eine andere mehr spart, ist nicht nachgerechnet.
rings-also = Wer einander reihum helfen könnte, und was sich in einem Gang erledigen lässt

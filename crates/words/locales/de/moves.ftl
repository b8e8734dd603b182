moves = Die nächsten Züge
moves-note = Was jetzt für das ganze Quartier am meisten bringt: Jeder Bedarf, jede Ressource und jede Grenze ist dabei mitgerechnet.
moves-hours = Stunden in dieser Woche
moves-plan = Planen
moves-none = Gerade gibt es nichts zusammenzubringen. Neue Bedarfe und Ressourcen werden sofort mitgerechnet.
moves-units = { $count ->
    [one] { $count } Mal
   *[other] { $shown } Mal
}
moves-proven = Gerechnet über { $needs } offene Bedarfe und { $pairs } mögliche Paare; kein anderer Plan bringt zusammen mehr, das ist nachgerechnet. Danach warten noch { $later } weitere Paare.
moves-without = Wer geht leer aus?
moves-without-count = { $count ->
    [one] Ein Bedarf bekommt in diesem Plan nichts
   *[other] { $shown } Bedarfe bekommen in diesem Plan nichts
}
moves-why = Warum?
moves-nobody-fits = Für niemanden spricht genug. Ein genauerer Text hilft, oder ein Gang durch die Straßen.
moves-needed-elsewhere = Wer passt, wird anderswo mehr gebraucht oder hat schon zugesagt, was geht.

moves-what-if = Was wäre, wenn …
moves-without-actor = … dieser Betrieb nichts gäbe?
moves-without-nobody = Alle geben
moves-walk = … niemand weiter ginge als so viele Meter zu Fuß?
moves-as-it-is = Ohne Bedingung planen
moves-changes = Was sich damit ändert
moves-changes-none = Nichts: Der Plan bleibt derselbe.
moves-changes-served = Etwas bekämen { $after } Bedarfe, ohne die Bedingung sind es { $before }.
moves-changes-less = Alles zusammen passt um { $percent } % weniger gut.
moves-others = Wer sonst noch passen könnte
moves-changes-needs = Welche Bedarfe es trifft
moves-before = Bisher
moves-after = Dann
moves-nobody = niemand

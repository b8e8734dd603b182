# Rundgang des Tages: welche Türen als Nächstes, in welcher Reihenfolge, und warum.

walk-reason-expected = Machen sie mit, bringt es { $value }; die Chance wird auf { $percent } % geschätzt.
walk-reason-never-visited = Von einem früheren Besuch ist nichts bekannt.
walk-reason-rested = { $days ->
    [0] Heute war schon jemand da.
    [one] Gestern war jemand da: Ein Besuch zählt heute { $percent } %.
   *[other] Vor { $days } Tagen war jemand da: Ein Besuch zählt heute { $percent } %.
}
walk-reason-next-door = Gleich nebenan.
walk-reason-walk = { $minutes ->
    [one] Eine Minute zu Fuß ({ $metres } m).
   *[other] { $minutes } Minuten zu Fuß ({ $metres } m).
}
walk-reason-wait = { $minutes ->
    [one] Öffnet eine Minute nach der Ankunft.
   *[other] Öffnet { $minutes } Minuten nach der Ankunft.
}
walk-reason-closes = Offen bis { $time } Uhr.

# Die Seite „Der Rundgang heute“.
nav-walk = Rundgang
walk = Der Rundgang heute
walk-note = Welche Türen jetzt, in welcher Reihenfolge, und worum es dort gehen kann.
walk-minutes = Minuten
walk-start = Start
walk-start-hint = Eine Adresse oder jemand aus dem Verzeichnis. Leer: die Mitte des Quartiers.
walk-day = Tag
walk-time = Los um
walk-whom = Wen besuchen
walk-whom-new = noch nicht dabei
walk-whom-all = alle Läden
walk-end = Ende
walk-end-back = wieder am Start
walk-end-open = irgendwo
walk-plan = Planen
walk-summary = { $count ->
    [one] eine Tür
   *[other] { $count } Türen
}, { $from } bis { $to } Uhr ({ $minutes } Minuten), { $metres } m zu Fuß
walk-begins = { $time } Uhr, { $place }
walk-ends = { $time } Uhr: geschafft.
walk-ends-back = { $time } Uhr: wieder am Start.
walk-note-answer = Antwort notieren
walk-asks = Wonach zu fragen ist
walk-percent = { $percent } %
walk-ask-confirmed = { $kind }, hat im Gespräch zugesagt
walk-on-foot = { $count ->
    [0] Gleich nebenan.
    [one] Eine Minute zu Fuß.
   *[other] { $shown } Minuten zu Fuß.
}
walk-last = Zuletzt besucht am { $day }.
walk-again = Wiedervorlage ab { $day }.
walk-joins = Chance mitzumachen: { $percent } %.
walk-map-note = Die Linie verbindet die Türen auf geradem Weg; gerechnet ist mit 30 % Umweg.
walk-print = Die Seite passt auf ein Blatt: drucken und mitnehmen.
walk-none = In dieser Zeit lohnt sich keine Tür. Mehr Minuten, ein anderer Start oder eine andere Uhrzeit helfen oft.
walk-left = Nicht dabei
walk-count-declined = { $count ->
    [one] eine hat Nein gesagt
   *[other] { $shown } haben Nein gesagt
}
walk-count-later = { $count ->
    [one] eine möchte erst später
   *[other] { $shown } möchten erst später
}
walk-count-just-visited = { $count ->
    [one] eine wurde gerade besucht
   *[other] { $shown } wurden gerade besucht
}
walk-count-nothing-to-ask = { $count ->
    [one] eine, die gerade nichts Gesuchtes hat
   *[other] { $shown }, die gerade nichts Gesuchtes haben
}
walk-count-closed = { $count ->
    [one] eine hat zu
   *[other] { $shown } haben zu
}
walk-count-too-far = { $count ->
    [one] eine liegt zu weit weg
   *[other] { $shown } liegen zu weit weg
}
walk-count-no-time = { $count ->
    [one] für eine reicht die Zeit nicht
   *[other] für { $shown } reicht die Zeit nicht
}
walk-left-declined = Hat Nein gesagt und keinen Tag genannt.
walk-left-later = Möchte erst ab { $day } wieder Besuch.
walk-left-just-visited = Gerade war jemand da.
walk-left-nothing-to-ask = Hat gerade nichts, was gesucht wird.
walk-left-closed = Hat in dieser Zeit zu.
walk-left-too-far = Liegt zu weit weg.
walk-left-no-time = Andere bringen in dieser Zeit mehr.
walk-how = So wird gerechnet
walk-how-text = Eine Tür zählt so viel, wie dort an offenen Bedarfen zu lösen ist (höchstens drei, jeder mit seiner Chance), mal der Chance, dass der Laden mitmacht. Wer erst vor Kurzem besucht wurde, zählt weniger. Chancen kommen aus der Branche und aus allem, was Läden hier geantwortet haben; die eigene Straße zählt am meisten. Ein Besuch dauert acht Minuten, zu Fuß sind es 80 Meter in der Minute. Wo Öffnungszeiten fehlen, gilt die Tür als offen.

# Was ein Laden auf eine Frage geantwortet hat, auf seiner Seite.
answers = Besuche und Antworten
answers-none = Noch nichts notiert.
answers-note = Besuch oder Antwort notieren
answers-kind = Worum ging es?
answers-typical = Typisch für diese Branche
answers-others = Alles andere
answers-on = Tag
answers-again = Wiedervorlage ab
answers-said = Antwort
answer-taking-part = Mitmachen überhaupt
answer-yes = Ja
answer-no = Nein
answer-interested = Hat Interesse
answer-open = War da, noch offen
answer-line = Am { $day }, { $about }: { $said }
answer-line-again = Am { $day }, { $about }: { $said }, Wiedervorlage ab { $again }

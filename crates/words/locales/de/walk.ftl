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

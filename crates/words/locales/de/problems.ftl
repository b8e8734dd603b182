# Was mit einem Feld nicht stimmt.
problem-missing = Bitte ausfüllen.
problem-too-long = Zu lang: { $length } Zeichen, höchstens { $limit } passen.
problem-too-many = Zu viele: { $count }, höchstens { $limit } passen.
problem-too-short = Zu kurz: { $length } Zeichen, mindestens { $least } müssen es sein.
problem-guessable = Das ist leicht zu erraten. Nehmen Sie etwas Längeres, das nichts mit Ihnen zu tun hat, zum Beispiel vier Wörter.
problem-no-fit = Das passt nicht. Bitte noch einmal nachsehen und neu eingeben.
problem-control-character = Enthält ein unsichtbares Steuerzeichen ({ $code }). Bitte den Text neu eintippen.
problem-unreadable = „{ $given }“ ist nicht lesbar. Erwartet: { $expected }.
problem-out-of-range = { $given } liegt außerhalb: erlaubt ist { $least } bis { $most }.
problem-objected = Hier liegt ein Widerspruch vor. Wer dahinter steht, wird nicht aufgenommen und nicht angeschrieben, außer auf eigenen Wunsch.
problem-no-basis = An diese Adresse darf keine Mail gehen: Es liegt keine Einwilligung in eine erste E-Mail vor, und niemand hat darum gebeten. Notieren Sie die Einwilligung, oder kreuzen Sie an, dass die Person darum gebeten hat.
problem-taken = Gibt es schon: { $what }.
problem-unknown = Nicht gefunden: { $what }.

# Welche Form ein Wert haben soll; steht in problem-unreadable.
expected-amount = ein Betrag wie 1.234,56
expected-colour = Rot, Grün und Blau in sechs Ziffern wie #b3290f
expected-day = ein Tag wie 2026-03-31 oder 31.03.2026
expected-degrees = Grad wie 52.4937
expected-hours = Tage und Stunden wie „Mo 09:00-12:00, Mi-Fr 14:00-18:00“
expected-id = eine Kennung wie 0198c0de-0000-7000-8000-000000000001
expected-import-of-rows = ein Import von Akteur:innen, Karten oder Ladenlokalen; Quartiere werden neu gezeichnet
expected-kind = eine Art von Ressource wie room_event
expected-language = das Kürzel einer Sprache wie de, tr oder pt-BR
expected-number = eine Zahl wie 2,5
expected-ring = ein Umriss, dessen letzte Ecke die erste wiederholt
expected-slug = kleine Buchstaben a–z, Ziffern und Bindestriche, etwa graefe-kiez
expected-whole-number = eine ganze Zahl wie 2
expected-state = ein Stand von „{ $noun }“
expected-step = ein Schritt von „{ $noun }“
expected-one-of = eines von { $words }

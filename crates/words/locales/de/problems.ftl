# Was mit einem Feld nicht stimmt.
problem-missing = Bitte ausfüllen.
problem-too-long = Zu lang: { $length } Zeichen, höchstens { $limit } passen.
problem-control-character = Enthält ein unsichtbares Steuerzeichen ({ $code }). Bitte den Text neu eintippen.
problem-unreadable = „{ $given }“ ist nicht lesbar. Ein gültiges Beispiel steht beim Feld.
problem-out-of-range = { $given } liegt außerhalb: erlaubt ist { $least } bis { $most }.
problem-taken = Gibt es schon: { $what }.
problem-unknown = Nicht gefunden: { $what }.

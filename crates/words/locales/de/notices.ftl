# Wer noch zu informieren ist, und der Brief dazu (Art. 14 DSGVO).
notices-title = Zu informieren
notices-total = { $count ->
    [0] Alle sind informiert.
    [one] Eine Person ist noch zu informieren.
   *[other] { $shown } Personen sind noch zu informieren.
}
notices-text = Wer seine Daten nicht selbst genannt hat, erfährt innerhalb eines Monats, was hier steht und wozu (Art. 14 DSGVO). Der Brief ist fertig; wer ihn übergibt, hakt hier ab. Wessen Adresse bekannt ist, kann ihn per E-Mail bekommen: Dafür braucht es keine Einwilligung, und abgehakt ist damit auch. Kommt die Mail nicht hinaus, steht die Person wieder hier.
notices-none = Niemand wartet: Alle, die hier als Ansprechperson stehen, wissen es.
notice-person = Person
notice-noted = Notiert am
notice-due = Spätestens am
notice-late = überfällig
notice-letter = Brief
notice-letter-pdf = Brief als PDF
notice-done = Informiert
notice-on = am
notice-way = wie
notice-way-letter = mit dem Brief
notice-way-mail = per E-Mail
notice-way-talk = im Gespräch
notice-record = Abhaken
notice-save = Notieren
notice-told = Notiert: Die Person ist informiert.
notice-mail-open = Per E-Mail
notice-mail = Per E-Mail schicken
notice-mailed = Der Brief geht per E-Mail hinaus, die Person ist abgehakt. Kommt die Mail nicht hinaus, steht sie wieder hier.
notices-open = { $count ->
    [0] Alle Ansprechpersonen sind informiert (Art. 14 DSGVO).
    [one] Eine Person ist noch zu informieren (Art. 14 DSGVO).
   *[other] { $shown } Personen sind noch zu informieren (Art. 14 DSGVO).
}

letter-title = Was wir über Sie notiert haben
letter-greeting = Guten Tag { $name },
letter-why = im Projekt „{ $project }“ bringen wir zusammen, was Einrichtungen im Quartier brauchen und was Betriebe und Nachbar:innen können. Dafür haben wir Sie als Ansprechperson notiert.
    Verantwortlich: { $carrier }
letter-stored = Das steht bei uns
letter-name = Name
letter-function = Aufgabe
letter-actor = Bei
letter-noted = Notiert am
letter-use = Wozu, auf welcher Grundlage und wie lange
letter-activity = Wozu: { $why }. Grundlage: { $basis }. Dauer: { $until }.
letter-who = Es sehen nur die Koordination des Projekts und Sie selbst, solange Sie nichts anderes erlauben. Die Angaben kommen von Ihrem Betrieb oder Ihrer Einrichtung, aus öffentlichen Verzeichnissen oder aus einem Gespräch. Wir geben nichts in Länder außerhalb der EU und lassen nichts automatisch entscheiden.
letter-rights = Was Sie verlangen können
letter-right-1 = Auskunft: alles, was über Sie gespeichert ist, mit Herkunft und Empfängern.
letter-right-2 = Berichtigung: dass Falsches geändert wird.
letter-right-3 = Löschung: dass es verschwindet, auch aus Kopien.
letter-right-4 = Einschränkung: dass es bleibt, aber nicht verwendet wird.
letter-right-5 = Beschwerde bei der Datenschutzaufsicht Ihres Bundeslandes.
letter-object = Sie können der Verwendung jederzeit widersprechen, ohne Gründe zu nennen. Ein Anruf, eine E-Mail oder ein Satz an der Tür genügt. Auf Wunsch geben wir Ihnen einen Link zu Ihrer Seite: Dort sehen, ändern und widerrufen Sie selbst, auf Dauer und ohne Konto.
letter-close = Mit freundlichen Grüßen
    { $project }, { $carrier }

# Mails, die das Programm verschickt, und die Seiten darüber.
mail-subject-invitation = Ihr Zugang zu { $project }
mail-body-invitation =
    Guten Tag { $name },

    Sie sind bei „{ $project }“ dabei. Mit diesem Link melden Sie sich an:

    { $link }

    Er gilt einmal und eine Woche lang. Das Öffnen allein ändert nichts, erst der Knopf auf der Seite meldet Sie an.

    Sie haben damit nicht gerechnet? Dann löschen Sie diese Mail einfach.

    Kiezgrößen
    { $house }
mail-subject-sign_in_link = Ihr Link zum Anmelden
mail-body-sign_in_link =
    Guten Tag { $name },

    jemand hat unter Ihrer Adresse einen Link zum Anmelden angefordert. Das waren wohl Sie:

    { $link }

    Er gilt einmal und eine Stunde lang. Wenn Sie einen zweiten Faktor eingerichtet haben, wird danach gefragt.

    Waren Sie es nicht? Dann löschen Sie diese Mail. Ohne den Link kommt niemand hinein.

    Kiezgrößen
    { $house }
mail-subject-new_device = Anmeldung mit einem neuen Gerät
mail-body-new_device =
    Guten Tag { $name },

    am { $at } hat sich jemand in Ihrem Namen mit einem Gerät angemeldet, das hier noch nicht bekannt war: { $device }.

    Waren Sie das? Dann ist nichts zu tun.

    Waren Sie es nicht? Melden Sie das Gerät ab und ändern Sie Ihr Passwort: { $house }/account

    Kiezgrößen
    { $house }
mail-device-unknown = ein Gerät ohne Namen
mail-subject-access_changed = Ihr Zugang wurde geändert
mail-body-access_changed =
    Guten Tag { $name },

    am { $at } hat sich an Ihrem Zugang etwas geändert: { $change }

    Waren Sie das? Dann ist nichts zu tun.

    Waren Sie es nicht? Sehen Sie gleich nach: { $house }/account
    Kommen Sie nicht mehr hinein, hilft die Koordination Ihres Projekts oder wer das Programm betreibt.

    Kiezgrößen
    { $house }
mail-subject-coordinator_named = { $who } soll { $project } mitkoordinieren
mail-body-coordinator_named =
    Guten Tag { $name },

    { $who } wurde als Koordination von { $project } benannt und hat in einem Tag alle Rechte dort.
    Eine andere Koordinatorin oder ein anderer Koordinator kann das schon vorher bestätigen.

    Ist das nicht abgesprochen? Sagen Sie es gleich einer Koordinatorin oder einem Koordinator, die Sie kennen:
    Bis dahin lässt es sich unter „Mitglieder“ zurücknehmen.

    Kiezgrößen
    { $house }
mail-change-password = Ein neues Passwort gilt.
mail-change-codes = Eine App mit Codes ist eingerichtet.
mail-change-codes_removed = Die App mit Codes gilt nicht mehr.
mail-change-passkey = Ein Passkey ist dazugekommen.
mail-change-passkey_removed = Ein Passkey wurde entfernt.
mail-change-recovery_codes = Neue Notfallcodes gelten, die alten nicht mehr.
mail-subject-own_page = Ihre Seite bei „{ $project }“
mail-body-own_page =
    Guten Tag { $name },

    hier ist der Link zu Ihrer Seite bei „{ $project }“:

    { $link }

    Dort sehen Sie, was über Sie gespeichert und was davon öffentlich ist. Sie können zustimmen, zurücknehmen, uns schreiben oder ganz widersprechen. Ein Konto brauchen Sie nicht.

    Der Link gilt 90 Tage. Heben Sie ihn trotzdem auf: Ist er abgelaufen, öffnen Sie ihn einfach und lassen sich einen neuen an diese Adresse schicken.

    Sie haben nicht mit uns gerechnet? Dann löschen Sie diese Mail. Oder Sie widersprechen auf Ihrer Seite, dann schreiben wir Ihnen nicht wieder.

    Herzliche Grüße
    { $project }
    { $house }
mail-subject-notice = { $project }: was wir über Sie notiert haben
mail-body-notice =
    Guten Tag { $name },

    { $notice }

    Alles auf einer Seite, zum Ansehen, Ändern und Zurücknehmen:

    { $link }

    Der Link gilt 90 Tage. Heben Sie ihn trotzdem auf: Ist er abgelaufen, öffnen Sie ihn einfach und lassen sich einen neuen an diese Adresse schicken.

    Herzliche Grüße
    { $project }
    { $house }

# Eine Mail mit einem Link anfordern.
sign-in-mail-title = Link per Mail
sign-in-mail-text = Sie bekommen einen Link, der einmal gilt. Ihr zweiter Faktor bleibt, wie er ist.
sign-in-mail-button = Link anfordern
sign-in-mail-asked-title = Sehen Sie in Ihr Postfach
sign-in-mail-asked-text = Gehört zu dieser Adresse ein Zugang, ist gleich eine Mail mit einem Link unterwegs. Er gilt eine Stunde lang.
sign-in-mail-asked-hint = Es kommt nichts? Sehen Sie im Spam-Ordner nach. Sonst gibt Ihnen einen Link, wer Ihr Projekt koordiniert.
sign-in-mail-wait = { $count ->
    [one] Das wurde gerade schon angefordert. Bitte warten Sie eine Sekunde.
   *[other] Das wurde gerade schon angefordert. Bitte warten Sie { $shown } Sekunden.
}

# Einladen per Mail.
member-send-mail = Auch eine Mail mit einem eigenen Link schicken
member-send-mail-hint = Nur mit Adresse. Der Link auf dieser Seite gilt trotzdem: Mail kommt nicht immer an.
member-language = Sprache der Mails
member-mail-link = Link per Mail schicken
member-mail-queued = Eine Mail mit einem eigenen Link ist unterwegs.
member-mail-again = Eine solche Mail ist gerade erst auf den Weg gegangen. Eine zweite geht frühestens in einer Viertelstunde.
member-mail-look = Verschickte Mails ansehen

# Was verschickt wurde.
mail-title = Mails
mail-text = Was das Programm wem geschrieben hat, und warum. Den Text bewahrt es nicht auf.
mail-house-text = Alle Mails dieser Installation. Den Text bewahrt das Programm nicht auf.
mail-none = Noch ist keine Mail verschickt worden. Sie entstehen, wenn Sie jemanden einladen, einen Link schicken, jemanden informieren oder sich an einem Zugang etwas ändert.
mail-total = { $count ->
    [one] Eine Mail.
   *[other] { $shown } Mails.
}
mail-when = Wann
mail-to = An
mail-to-contact = Kontakt eines Projekts
mail-what = Worum es geht
mail-why = Warum
mail-kind-invitation = Einladung
mail-kind-sign_in_link = Link zum Anmelden
mail-kind-new_device = Neues Gerät
mail-kind-access_changed = Zugang geändert
mail-kind-coordinator_named = Koordination benannt
mail-kind-own_page = Link zu „Ihre Seite“
mail-kind-notice = Datenschutzhinweis
mail-basis-membership = gehört zum Zugang
mail-basis-reply = selbst angefordert
mail-basis-cooperation = gehört zu einer laufenden Kooperation
mail-basis-consent = mit Einwilligung
mail-basis-legal_duty = weil das Gesetz es verlangt
mail-state-queued = wartet
mail-state-failed = wird wiederholt
mail-state-held = angehalten
mail-state-sent = verschickt
mail-state-refused = nicht verschickt
mail-state-given_up = aufgegeben
mail-reason-account_removed = Den Zugang gibt es nicht mehr.
mail-reason-not_a_member = Die Mitgliedschaft ist beendet.
mail-reason-no_address = Es gibt keine Mailadresse.
mail-reason-bad_address = An diese Adresse lässt sich keine Mail schicken.
mail-reason-no_consent = Die Einwilligung fehlt.
mail-reason-objected = Unter dieser Adresse liegt ein Widerspruch vor.
mail-reason-too_late = Sie wäre zu spät gekommen.
mail-reason-rejected = Der Mailserver nimmt sie nicht an. Stimmt die Adresse?
mail-reason-later = Der Mailserver bittet um einen späteren Versuch.
mail-reason-unreachable = Der Mailserver antwortet nicht.
mail-reason-folder = Der Ordner für Mails lässt sich nicht beschreiben.
mail-reason-stopped = Jemand hat sie angehalten.
mail-next = Nächster Versuch { $at }
mail-attempts = { $count ->
    [one] ein Versuch
   *[other] { $shown } Versuche
}
mail-send-now = Jetzt schicken
mail-give-up = Nicht schicken
mail-released = Die Mail geht gleich auf den Weg.
mail-given-up = Die Mail wird nicht verschickt.
mail-held = Diese Kopie hält Mails zurück. Es geht keine hinaus, bis jemand sie freigibt.
mail-held-by-house = Freigeben kann, wer das Programm betreibt.
mail-hold = Mails anhalten
mail-hold-text = Nichts geht hinaus, bis Sie es wieder freigeben. Was entsteht, wartet.
mail-release = Mails freigeben
mail-release-text = Diese Kopie verschickt ab jetzt. Was länger als drei Tage gewartet hat, bleibt angehalten, bis Sie es einzeln freigeben.
mail-not-sending = Hier ist niemand, der Mails verschickt.
mail-into-folder = Es ist kein Mailserver eingetragen. Mails liegen als Dateien im Ordner „mail“ der Daten.
mail-house-link = Mails dieser Installation

# Veröffentlichen und zurücknehmen.
publish-is = Öffentlich.
publish-not = Nicht öffentlich.
publish-until-need = Alle sehen den Bedarf, solange er offen ist und die Einrichtung selbst öffentlich ist.
publish-until-offer = Alle sehen die Ressource, solange sie offen ist und wer sie gibt selbst öffentlich ist.
publish-until-actor = Alle sehen Name, Branche, Adresse und Öffnungszeiten. Notizen und Ansprechpersonen sieht niemand.
publish-look = Ansehen
publish-take-back = Nicht mehr zeigen
publish-consent-need = Zeigen Sie ihn nur, wenn die Einrichtung einverstanden ist.
publish-consent-offer = Zeigen Sie sie nur, wenn einverstanden ist, wer sie gibt.
publish-by-consent = Öffentlich wird der Eintrag mit der Einwilligung für Webseiten und Karte, unten auf dieser Seite.
publish-do = Öffentlich zeigen

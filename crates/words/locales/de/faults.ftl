# Was mit einer Datei oder einer ihrer Zeilen nicht stimmt.
# Werte namens „detail“ (was eine Bibliothek oder das Betriebssystem auf Englisch sagt) stehen hier mit Absicht nicht.

# Wo: hinter dem Namen der Datei.
fault-at-line = Zeile { $line }
fault-at-column = Zeile { $line }, Spalte { $column }

# Felder, die in der Datei keinen eigenen Namen haben.
field-row = Zeile als Ganzes
field-geometry = Geometrie
field-feature = Feature

# Eine Zeile, die ausgelassen wird.
row-fault-field-count = Die Zeile hat { $found } Felder, die Überschrift hat { $expected }: Wahrscheinlich steht ein Zeilenumbruch oder ein Trennzeichen ohne Anführungszeichen darin.
row-fault-empty = Leer: Bitte ausfüllen.
row-fault-nameless = Leer, und nichts in der Zeile sagt, worum es geht: Bitte den Namen oder die Branche ausfüllen.
row-fault-too-long = Zu lang: { $length } Zeichen, höchstens { $limit } werden gelesen. Fehlt vielleicht ein Anführungszeichen?
row-fault-control-character = Enthält ein unsichtbares Steuerzeichen ({ $code }): Bitte den Text neu eintippen.
row-fault-lost-character = Enthält ein Zeichen, das beim Speichern verloren ging: Bitte die Datei als UTF-8 speichern und noch einmal versuchen.
row-fault-shortened = „{ $given }“ hat Excel gekürzt, die hinteren Ziffern sind verloren: Bitte die Spalte als Text formatieren und neu exportieren.
row-fault-not-a-number = „{ $given }“ ist keine Zahl. Erwartet: Grad wie 52.4937 oder 52,4937.
row-fault-half-a-place = Leer, obwohl die andere Koordinate dasteht: Bitte beide ausfüllen oder keine.
row-fault-null-island = 0/0 liegt im Meer vor Afrika und heißt meist „unbekannt“: Bitte beide Felder leer lassen.
row-fault-swapped = Die Koordinaten sind wohl vertauscht: Breite { $latitude } und Länge { $longitude } ergeben andersherum Sinn.
row-fault-outside-area = Breite { $latitude }, Länge { $longitude } liegt außerhalb des erwarteten Gebiets (Breite { $south } bis { $north }, Länge { $west } bis { $east }).
row-fault-not-projectable = Die Koordinaten { $x } { $y } lassen sich nicht umrechnen: Bitte das Koordinatensystem der Datei prüfen.
row-fault-not-a-feature = Das ist kein Feature, wie es in GeoJSON stehen muss: Bitte den Eintrag prüfen oder entfernen.
row-fault-wrong-geometry = Die Geometrie passt nicht. Gefunden: { $geometry }. Erwartet: { $wanted }.
row-fault-duplicate-id = „{ $id }“ steht schon in Zeile { $first_line }: Eine Kennung darf in einer Datei nur einmal stehen.
row-fault-unknown-word = „{ $given }“ ist nicht bekannt. Erwartet: { $known }.
row-fault-not-a-date = „{ $given }“ ist kein Datum. Erwartet: 2026-03-02 oder 02.03.2026.
row-fault-open-ring = Der Umriss ist nicht geschlossen: Er beginnt bei { $first } und endet bei { $last }. Die letzte Ecke muss die erste wiederholen.
row-fault-too-few-corners = Zu wenige Ecken im Umriss: { $found }. Nötig sind mindestens vier (die letzte wiederholt die erste).
row-fault-too-many-corners = Der Umriss hat { $found } Ecken, höchstens { $limit } werden gelesen: Bitte vereinfachen.
row-fault-self-crossing = Der Umriss kreuzt sich selbst bei { $place }: Bitte ohne die Kreuzung neu zeichnen.
geometry-missing = keine
geometry-empty = eine leere
geometry-empty-of = eine leere vom Typ { $kind }
geometry-without-coordinates = eine ohne Koordinaten
geometry-without-type = eine ohne Typ
geometry-other = eine vom Typ { $kind }
geometry-short-line = eine Linie, Zahl der Orte: { $places }
wanted-point = ein Punkt aus zwei Zahlen
wanted-two-places = mindestens zwei Orte
wanted-area = Polygon oder MultiPolygon
wanted-shape = Point, LineString, Polygon oder MultiPolygon
known-card-kinds = Bedarf, Ressource oder Idee
known-uses = Wohnen, Gastronomie, Einzelhandel, Lokale Ökonomie, Soziales, Leerstand, Sonstiges oder unbekannt

# Eine Datei, von der nichts übernommen wird.
file-fault-not-found = Diese Datei gibt es nicht: Bitte den Pfad prüfen.
file-fault-folder = Das ist ein Ordner, keine Datei: Bitte die Dateien darin nennen, zum Beispiel { $folder }/*.csv.
file-fault-no-permission = Dieses Konto darf die Datei nicht lesen: Bitte die Rechte der Datei prüfen.
file-fault-unreadable = Die Datei lässt sich nicht lesen: Bitte neu speichern und noch einmal versuchen.
file-fault-too-large = Die Datei ist zu groß: Höchstens { $limit_megabytes } MB werden gelesen. Bitte in mehrere Dateien teilen.
file-fault-empty = Die Datei ist leer: Es gibt nichts darin zu lesen.
file-fault-no-records = Die Datei hat keine Einträge: Unter der Überschrift steht nichts.
file-fault-wrong-format = Das sieht nach etwas anderem aus: { $looks }. Gebraucht wird: { $needed }.
file-fault-wrong-ending = Die Datei heißt .{ $ending }, sieht aber nach etwas anderem aus: { $looks }. Bitte die passende Endung geben oder neu exportieren.
file-fault-wrong-encoding = Das ist kein Text in UTF-8, UTF-16 oder Windows-1252 ({ $clue }): Bitte als UTF-8 speichern.
file-fault-unclosed-quote = Ein Anführungszeichen, das hier beginnt, wird nie geschlossen; alles darunter wäre ein einziges Feld: Bitte schließen oder entfernen.
file-fault-missing-column = Die Spalte „{ $wanted }“ fehlt. Erkannte Überschriften: { $known }. Gefunden: { $headings }.
file-fault-duplicate-column = Die Überschrift „{ $heading }“ steht zweimal da: Bitte eine der Spalten umbenennen.
file-fault-too-much = Die Datei hat zu viel: { $found } { $counted }, höchstens { $limit } werden gelesen. Bitte in mehrere Dateien teilen.
file-fault-truncated-json = Die Datei hört mittendrin auf: Wahrscheinlich wurde sie beim Speichern oder Laden abgeschnitten.
file-fault-broken-json = Das ist kein gültiges JSON: Bitte die genannte Stelle prüfen oder neu exportieren.
file-fault-not-geo-json = Das ist JSON, aber kein GeoJSON: Oben muss eine FeatureCollection, ein Feature oder eine Geometrie stehen. Gefunden: { $top }.
file-fault-unknown-coordinate-system = Das Koordinatensystem { $system } ist nicht bekannt: Bitte als EPSG:4326 (WGS 84) oder EPSG:25833 exportieren.
file-fault-no-such-quarter = In der Datei gibt es kein Quartier mit der Kennung oder dem Namen „{ $wanted }“.
file-fault-attribution = Wer neben der Karte zu nennen ist („attribution“), lässt sich nicht lesen. { $problem }
file-fault-spreadsheet = Die Tabelle wird nicht gelesen. { $sheet }
file-fault-broken-map = Die Karte ist beschädigt (bei Byte { $at }). Nichts davon wird übernommen: Bitte von dort neu laden, wo sie herkam.
file-fault-map-too-large = Die Karte hat mehr als { $limit } Punkte, Wege und Relationen, mehr als ein Quartier oder eine Stadt. Ist es die Karte eines Landes? Bitte das Gebiet mit --around BREITE,LÄNGE,METER oder --quarter NAME nennen oder die Grenze mit --limit-elements ZAHL heben.
file-fault-nothing-there = Im gewünschten Gebiet hat die Karte nichts: Ist es die Karte eines anderen Ortes?
file-fault-mapping = Die Zuordnung der Überschriften lässt sich nicht verwenden: Bitte die Datei dazu prüfen.
looks-csv = Text mit Spalten (CSV)
looks-json = JSON
looks-zip = ein ZIP-Archiv oder eine Tabelle (XLSX)
looks-pdf = ein PDF
looks-png = ein Bild (PNG)
looks-jpeg = ein Bild (JPEG)
looks-gif = ein Bild (GIF)
looks-old-office = eine alte Datei von Excel oder Word (.xls, .doc)
looks-gzip = eine gepackte Datei (gzip)
looks-database = eine Datenbank
looks-web-page = eine Webseite
looks-xml = XML
looks-something-else = unbekannt
needed-table = CSV, XLSX oder GeoJSON
needed-csv = CSV oder TSV
needed-geo-json = GeoJSON
needed-open-street-map = eine Karte von OpenStreetMap (.osm.pbf, etwa von download.geofabrik.de)
clue-nul-byte = ein NUL-Byte an Stelle { $position }
clue-damaged = beschädigtes { $encoding }
clue-control-characters = Steuerzeichen: { $count }
clue-undefined = Byte { $byte }
headings-all = { $list }
headings-first = { $list } und { $more } weitere
counted-columns = Spalten
counted-records = Einträge
counted-cells = Zellen
top-no-type = kein „type“
top-type = „type“: „{ $kind }“

# Eine Tabelle (XLSX), die sich nicht öffnen lässt.
sheet-no-reader = Auf diesem Rechner ist kein Programm dafür eingerichtet: Bitte als CSV speichern.
sheet-reader-not-started = Das Programm { $program }, das sie lesen soll, startet nicht.
sheet-reader-unheard = Das Programm, das sie liest, ist nicht zu hören: Bitte als CSV speichern.
sheet-reader-stopped = Das Programm, das sie liest, hat mitten in einer Zeile aufgehört: Bitte als CSV speichern.
sheet-reader-limited = Sie braucht zu viel Speicher oder Zeit und wurde angehalten: Bitte als CSV speichern.
sheet-reader-unlimited = Das Programm, das sie liest, kann sich keine Grenzen setzen und beginnt deshalb nicht.
sheet-reader-mute = Das Programm, das sie liest, kann nicht antworten: Bitte als CSV speichern.
sheet-too-slow = Es dauert länger als { $seconds } Sekunden: Bitte als CSV speichern.
sheet-unreadable = Sie lässt sich nicht lesen: Bitte neu speichern und noch einmal versuchen.
sheet-too-large = Sie ist größer als { $limit_megabytes } MB: Bitte als CSV speichern.
sheet-unpacks-too-large = Entpackt hat sie { $found_megabytes } MB, höchstens { $limit_megabytes } MB werden gelesen: Bitte als CSV speichern.
sheet-nothing-in-it = Auf keinem ihrer Blätter steht etwas.
sheet-stray-cell = Auf dem Blatt „{ $sheet }“ ist eine Zelle in Zeile { $row }, Spalte { $column } gefüllt; gelesen werden höchstens { $row_limit } Zeilen und { $column_limit } Spalten: Bitte die verirrte Zelle löschen oder als CSV speichern.
sheet-too-many-cells = Auf dem Blatt „{ $sheet }“ sind mehr als { $limit } Zellen gefüllt: Bitte als CSV speichern.
sheet-damaged = Sie ist beschädigt oder kein XLSX: Bitte öffnen und neu speichern.

# What is wrong with a file or one of its rows. The sentences are those of the terminal; a test holds them together.
# Values called “detail” (what a library or the operating system says) are left out on purpose.

# Where: behind the name of the file.
fault-at-line = line { $line }
fault-at-column = line { $line }, column { $column }

# Fields that have no name of their own in the file.
field-row = the whole row
field-geometry = geometry
field-feature = feature

# A row that is left out.
row-fault-field-count = The row has { $found } fields, the heading has { $expected }: a line break or a delimiter without quotation marks is probably in it.
row-fault-empty = Is empty: fill it in.
row-fault-nameless = Is empty, and nothing in the row says what it does: fill in the name or the branch.
row-fault-too-long = Is too long: { $length } characters, at most { $limit } are read; is a quotation mark missing?
row-fault-control-character = Contains a control character ({ $code }): type the text again.
row-fault-lost-character = Contains a character that got lost in a wrong encoding: save the file as UTF-8 and try again.
row-fault-shortened = “{ $given }” is a number shortened by Excel, the digits behind it are lost: format the column as text and export again.
row-fault-not-a-number = “{ $given }” is not a number: expected degrees such as 52.4937 or 52,4937.
row-fault-half-a-place = Is empty while the other coordinate is given: fill in both or neither.
row-fault-null-island = 0/0 lies in the sea off Africa and usually stands for “unknown”: leave both fields empty.
row-fault-swapped = The coordinates look swapped: latitude { $latitude } and longitude { $longitude } make sense the other way round.
row-fault-outside-area = Latitude { $latitude }, longitude { $longitude } lies outside the expected area (latitude { $south } to { $north }, longitude { $west } to { $east }).
row-fault-not-projectable = The coordinates { $x } { $y } cannot be projected: check the coordinate system of the file.
row-fault-not-a-feature = Is no feature as GeoJSON wants it: check the entry or remove it.
row-fault-wrong-geometry = The geometry is { $geometry }, expected { $wanted }.
row-fault-duplicate-id = “{ $id }” stands already in line { $first_line }: an id may stand only once in a file.
row-fault-unknown-word = “{ $given }” is not known: expected { $known }.
row-fault-not-a-date = “{ $given }” is not a date: expected 2026-03-02 or 02.03.2026.
row-fault-open-ring = The ring is not closed: it begins at { $first } and ends at { $last }; the last corner must repeat the first.
row-fault-too-few-corners = The ring has { $found } corners, at least four are needed (the last repeats the first).
row-fault-too-many-corners = The ring has { $found } corners, at most { $limit } are read: simplify the outline.
row-fault-self-crossing = The outline crosses itself near { $place }: draw it again without the crossing.
geometry-missing = missing
geometry-empty = empty
geometry-empty-of = an empty { $kind }
geometry-without-coordinates = without coordinates
geometry-without-type = without a type
geometry-other = a { $kind }
geometry-short-line = a line of { $places } places
wanted-point = a point with two numbers
wanted-two-places = at least two
wanted-area = a Polygon or MultiPolygon
wanted-shape = a Point, LineString, Polygon or MultiPolygon
known-card-kinds = need, offer or idea (Bedarf, Ressource, Idee)
known-uses = dwelling, gastronomy, retail, local economy, social, vacant, other or unknown (Wohnen, Gastronomie, Einzelhandel, Lokale Ökonomie, Soziales, Leerstand)

# A file of which nothing is taken in.
file-fault-not-found = There is no such file: check the path.
file-fault-folder = Is a folder, not a file: name the files in it, for example { $folder }/*.csv.
file-fault-no-permission = May not be read by this account: check the rights of the file.
file-fault-unreadable = Cannot be read: save it again and try once more.
file-fault-too-large = Is too large: at most { $limit_megabytes } MB are read: split it into several files.
file-fault-empty = Is empty: there is nothing to read in it.
file-fault-no-records = Holds no records: there is nothing below its heading.
file-fault-wrong-format = Looks like { $looks }, but { $needed } is needed.
file-fault-wrong-ending = Is called .{ $ending } but looks like { $looks }: give it the ending that fits, or export it again.
file-fault-wrong-encoding = Is not text in UTF-8, UTF-16 or Windows-1252 ({ $clue }): save it as UTF-8.
file-fault-unclosed-quote = A quotation mark opened here is never closed, so everything below would be one field: close it or remove it.
file-fault-missing-column = The column “{ $wanted }” is missing; recognised headings: { $known }; found: { $headings }.
file-fault-duplicate-column = The heading “{ $heading }” stands there twice: rename one of the columns.
file-fault-too-much = Has { $found } { $counted }, at most { $limit } are read: split it into several files.
file-fault-truncated-json = The file ends in the middle: it was probably cut off while it was saved or loaded.
file-fault-broken-json = Is not valid JSON: check the place that is named, or export it again.
file-fault-not-geo-json = Is JSON but not GeoJSON: expected a FeatureCollection, a Feature or a geometry at the top, found { $top }.
file-fault-unknown-coordinate-system = Uses the coordinate system { $system }: export it as EPSG:4326 (WGS 84) or EPSG:25833.
file-fault-no-such-quarter = Cannot be read: it holds no quarter with the code or name “{ $wanted }”.
file-fault-attribution = Who must be named beside the map (“attribution”) cannot be read. { $problem }
file-fault-spreadsheet = The spreadsheet is not read: { $sheet }.
file-fault-broken-map = The map is damaged at byte { $at }; nothing of it is taken: load it again from where it came.
file-fault-map-too-large = Holds more than { $limit } nodes, ways and relations, more than a quarter or a city has. Is it the map of a country? Take the region you need with --around LAT,LON,METRES or --quarter NAME, or raise the limit with --limit-elements NUMBER.
file-fault-nothing-there = Has nothing in the region you asked for: is it the map of another place?
file-fault-mapping = The mapping file cannot be used: check it.
looks-csv = text with columns (CSV)
looks-json = JSON
looks-zip = a ZIP archive or spreadsheet (XLSX)
looks-pdf = a PDF
looks-png = a picture (PNG)
looks-jpeg = a picture (JPEG)
looks-gif = a picture (GIF)
looks-old-office = an old Excel or Word file (.xls, .doc)
looks-gzip = a packed file (gzip)
looks-database = a database
looks-web-page = a web page
looks-xml = XML
looks-something-else = something else
needed-table = CSV, XLSX or GeoJSON
needed-csv = CSV or TSV
needed-geo-json = GeoJSON
needed-open-street-map = a map of OpenStreetMap (.osm.pbf, as from download.geofabrik.de)
clue-nul-byte = a NUL byte at position { $position }
clue-damaged = damaged { $encoding }
clue-control-characters = { $count } control characters
clue-undefined = byte { $byte }
headings-all = { $list }
headings-first = { $list } and { $more } more
counted-columns = columns
counted-records = records
counted-cells = cells
top-no-type = no “type”
top-type = “type”: “{ $kind }”

# A spreadsheet (XLSX) that cannot be opened.
sheet-no-reader = no program is set that may read it; save the sheet as CSV
sheet-reader-not-started = its reader { $program } does not start
sheet-reader-unheard = its reader cannot be heard; save the sheet as CSV
sheet-reader-stopped = its reader stopped in the middle of a row; save the sheet as CSV
sheet-reader-limited = its reader was stopped because the sheet needs too much memory or time; save it as CSV
sheet-reader-unlimited = the limits of its reader cannot be set
sheet-reader-mute = its reader cannot answer; save the sheet as CSV
sheet-too-slow = it takes longer than { $seconds } seconds; save the sheet as CSV
sheet-unreadable = it cannot be read; save it again and try once more
sheet-too-large = it is larger than { $limit_megabytes } MB; save the sheet as CSV
sheet-unpacks-too-large = unpacked it has { $found_megabytes } MB, at most { $limit_megabytes } MB are read; save the sheet as CSV
sheet-nothing-in-it = no sheet in it has anything in it
sheet-stray-cell = the sheet “{ $sheet }” has a filled cell in row { $row }, column { $column }; at most { $row_limit } rows and { $column_limit } columns are read: delete the stray cell or save the sheet as CSV
sheet-too-many-cells = the sheet “{ $sheet }” has more than { $limit } filled cells; save it as CSV
sheet-damaged = it is damaged or no XLSX; open and save it again

# The map and its list.
nav-map = Map
map-title = Map
map-total = { $count ->
    [0] Nothing to show
    [one] One place
   *[other] { $shown } places
}
map-more = There are more; please narrow the choice.
map-layers = What the map shows
map-layer-actors = Actors
map-layer-needs = Needs
map-layer-offers = Resources
map-layer-doors = Premises
map-search = Name, text or street
map-open = Open the moving map
map-skip = Skip the map, go to the list
map-picture = Drawn map. The numbers stand in the list beside it, too.
map-trouble = The moving map cannot be shown on this device just now. The drawn map and the list show the same.
map-none = Nothing here has a place on the map. Change the choice, or add addresses.
map-unseen = not looked at yet
map-control-title = Map
map-control-zoom-in = Zoom in
map-control-zoom-out = Zoom out
map-control-sources = Show sources
map-control-close = Close
map-control-two-fingers = Move the map with two fingers
map-control-scroll = Change the zoom with Ctrl and the wheel
map-groundless = No streets and houses yet. A file of OpenStreetMap brings them onto the map:

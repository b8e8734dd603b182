# What everybody sees of a project: the directory, one of it, needs and resources.
public-pages = Pages of the project
public-about = The project
public-on-map = On the map
public-search = Who, what or where?
public-search-cards = Search the cards
public-find = Search
public-everybody = Show everybody
public-actors-none = Nobody fits. Perhaps with fewer words, or without the branch?
public-cards-none = No card says so at the moment.
public-all-cards = Show all cards
public-all-needs = { $count ->
    [one] See the need
   *[other] See all { $shown } needs
}
public-all-offers = { $count ->
    [one] See the resource
   *[other] See all { $shown } resources
}
public-all-actors = { $count ->
    [one] To the directory
   *[other] All { $shown } in the directory
}
public-wall-need = What is needed right now
public-wall-offer = What is there to be had
public-none-need = No need is public at the moment. Only what somebody said yes to is.
public-none-offer = No resource is public at the moment. Only what somebody said yes to is.
public-units = { $count ->
    [one] one wanted
   *[other] { $shown } wanted
}
public-gives = { $count ->
    [one] gives one resource
   *[other] gives { $shown } resources
}
public-seeks = { $count ->
    [one] has one need
   *[other] has { $shown } needs
}
public-what-it-gives = What is to be had
public-what-it-seeks = What is needed
public-no-cards = No card for everybody here at the moment. Being part of it means: asking is welcome all the same.
public-together = Would you like to give something, or do you need something? { $carrier } brings you together.

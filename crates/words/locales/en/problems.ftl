# What is wrong with a field.
problem-missing = Please fill this in.
problem-too-long = Too long: { $length } characters, at most { $limit } fit.
problem-too-many = Too many: { $count }, at most { $limit } fit.
problem-too-short = Too short: { $length } characters, at least { $least } are needed.
problem-guessable = That is easy to guess. Take something longer that has nothing to do with you, four words for example.
problem-no-fit = That does not fit. Please look again and type it once more.
problem-control-character = Contains an invisible control character ({ $code }). Please type the text again.
problem-unreadable = “{ $given }” cannot be read: expected { $expected }.
problem-out-of-range = { $given } is out of range: { $least } to { $most } is allowed.
problem-objected = Has objected: whoever is behind it is not taken in and not written to, unless they ask for it themselves.
problem-no-basis = No mail may go to this address: no consent to a first mail stands, and nobody has asked for it. Note the consent, or tick that the person has asked.
problem-taken = Exists already: { $what }.
problem-unknown = Not found: { $what }.

# The form that a value should have; stands in problem-unreadable.
expected-amount = an amount such as 1.234,56
expected-colour = red, green and blue in six digits, such as #b3290f
expected-day = a day such as 2026-03-31 or 31.03.2026
expected-degrees = degrees such as 52.4937
expected-hours = days and hours such as “Mo 09:00-12:00, We-Fr 14:00-18:00”
expected-id = an id such as 0198c0de-0000-7000-8000-000000000001
expected-import-of-rows = an import of actors, cards or premises: quarters are drawn anew instead
expected-kind = a kind of resource such as room_event
expected-language = a language tag such as de, tr or pt-BR
expected-number = a number such as 2.5
expected-ring = a ring whose last corner equals its first
expected-slug = small letters a–z, digits and hyphens, such as graefe-kiez
expected-whole-number = a whole number such as 2
expected-state = a state of “{ $noun }”
expected-step = a step of “{ $noun }”
expected-one-of = one of { $words }

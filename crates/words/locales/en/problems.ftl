# What is wrong with a field.
problem-missing = Please fill this in.
problem-too-long = Too long: { $length } characters, at most { $limit } fit.
problem-control-character = Contains an invisible control character ({ $code }). Please type the text again.
problem-unreadable = “{ $given }” cannot be read. A valid example stands at the field.
problem-out-of-range = { $given } is out of range: { $least } to { $most } is allowed.
problem-taken = Exists already: { $what }.
problem-unknown = Not found: { $what }.
